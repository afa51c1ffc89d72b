import { findingAfter } from "@/app/api/v1/finding-after";
import { refuseAcceptance } from "@/lib/commands/acceptances/refuse";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.refuseAcceptance, async (asked) => findingAfter(asked, await refuseAcceptance(asked.actor, { ...asked.body, ...onFinding(asked) })));
