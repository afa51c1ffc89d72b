import { findingAfter } from "@/app/api/v1/finding-after";
import { amend } from "@/lib/commands/findings/amend";
import { inOwnWords, onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.amendDecision, async (asked) => findingAfter(asked, await amend(asked.actor, { ...inOwnWords(asked.body), ...onFinding(asked) })));
