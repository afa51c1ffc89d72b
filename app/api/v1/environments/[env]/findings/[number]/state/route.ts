import { findingAfter } from "@/app/api/v1/finding-after";
import { setState } from "@/lib/commands/findings/set-state";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.setFindingState, async (asked) => findingAfter(asked, await setState(asked.actor, { ...asked.body, ...onFinding(asked) })));
