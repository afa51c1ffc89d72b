import { findingAfter } from "@/app/api/v1/finding-after";
import { respond } from "@/lib/commands/findings/respond";
import { inOwnWords, onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.respondToFinding, async (asked) => findingAfter(asked, await respond(asked.actor, { ...inOwnWords(asked.body), ...onFinding(asked) })));
