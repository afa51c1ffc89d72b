import { findingAfter } from "@/app/api/v1/finding-after";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { onFinding } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";

export const POST = endpoint(findings.calibrateFinding, async (asked) => findingAfter(asked, await calibrate(asked.actor, { ...asked.body, ...onFinding(asked) })));
