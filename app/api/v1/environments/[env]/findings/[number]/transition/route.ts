import { findingAfter } from "@/app/api/v1/finding-after";
import { transition } from "@/lib/commands/findings/transition";
import { inOwnWords, onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.transitionFinding, async (asked) => findingAfter(asked, await transition(asked.actor, { ...inOwnWords(asked.body), ...onFinding(asked) })));
