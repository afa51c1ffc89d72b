import { findingAfter } from "@/app/api/v1/finding-after";
import { keepDecision } from "@/lib/commands/findings/keep-decision";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.keepDecision, async (asked) => findingAfter(asked, await keepDecision(asked.actor, { ...asked.body, ...onFinding(asked) })));
