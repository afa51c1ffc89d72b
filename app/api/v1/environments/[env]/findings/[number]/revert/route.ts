import { findingAfter } from "@/app/api/v1/finding-after";
import { revert } from "@/lib/commands/findings/revert";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.revertFinding, async (asked) => findingAfter(asked, await revert(asked.actor, { ...asked.body, ...onFinding(asked) })));
