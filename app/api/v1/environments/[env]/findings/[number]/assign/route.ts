import { findingAfter } from "@/app/api/v1/finding-after";
import { assign } from "@/lib/commands/findings/assign";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.assignFinding, async (asked) => findingAfter(asked, await assign(asked.actor, { ...asked.body, ...onFinding(asked) })));
