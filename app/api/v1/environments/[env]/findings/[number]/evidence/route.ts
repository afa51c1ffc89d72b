import { findingAfter } from "@/app/api/v1/finding-after";
import { addEvidence } from "@/lib/commands/findings/add-evidence";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.addEvidence, async (asked) => findingAfter(asked, await addEvidence(asked.actor, { evidence: [asked.body], ...onFinding(asked) })));
