import { findingAfter } from "@/app/api/v1/finding-after";
import { tag } from "@/lib/commands/findings/tag";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.tagFinding, async (asked) => findingAfter(asked, await tag(asked.actor, { ...asked.body, ...onFinding(asked) })));
