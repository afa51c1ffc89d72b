import { findingAfter } from "@/app/api/v1/finding-after";
import { route } from "@/lib/commands/findings/route";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.routeFinding, async (asked) => findingAfter(asked, await route(asked.actor, { ...asked.body, ...onFinding(asked) })));
