import { z } from "zod";
import * as decisions from "@/lib/actions/decisions";
import { jsonOf } from "@/lib/doors/session-json";
import { refuse } from "@/lib/domain/refusal";

const VERBS = {
  decide: decisions.decide, keep: decisions.keepAll, amend: decisions.amendAll, assign: decisions.assignAll, tag: decisions.tagAll, state: decisions.setStateOfAll, route: decisions.routeAll,
  revert: decisions.revertAll, approve: decisions.approveAll, refuse: decisions.refuseAll,
} as const;

const envelope = z.object({ verb: z.enum(["decide", "keep", "amend", "assign", "tag", "state", "route", "revert", "approve", "refuse"]) }).loose();

/**
 * Where the queue sends decisions. Unlike a server action a request holds up nothing else of the page, and can be given up and
 * sent again under its key. The answer is a Result, as the action gives it.
 */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), async (actor, raw) => {
    const read = envelope.safeParse(raw);
    if (!read.success) return refuse("invalid", "Name what is to be done.");
    const { verb, ...asked } = read.data;
    return VERBS[verb](actor, asked);
  });
}
