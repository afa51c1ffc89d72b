import { findingAfter } from "@/app/api/v1/finding-after";
import { approveAcceptance } from "@/lib/commands/acceptances/approve";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.approveAcceptance, async (asked) => findingAfter(asked, await approveAcceptance(asked.actor, { ...asked.body, ...onFinding(asked) })));
