import { z } from "zod";
import { approveAcceptances, assignFindings, decideFindings, refuseAcceptances, revertAction, setFindingState, tagFindings } from "@/lib/actions/findings";
import { sentByPage, sessionCall } from "@/lib/doors/session-call";
import { refuse } from "@/lib/domain/refusal";

const VERBS = { decide: decideFindings, assign: assignFindings, tag: tagFindings, state: setFindingState, revert: revertAction, approve: approveAcceptances, refuse: refuseAcceptances } as const;

const envelope = z.object({ verb: z.enum(["decide", "assign", "tag", "state", "revert", "approve", "refuse"]) }).loose();

/**
 * Where the queue sends decisions. Unlike a server action a request holds up nothing else of the page, and can be given up and
 * sent again under its key. The answer is a Result, as the action gives it.
 */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const environment = Number((await context.params).env);
  return sessionCall(async () => {
    const sent = await sentByPage(request);
    if (!sent.ok) return sent;
    const read = envelope.safeParse(sent.value);
    if (!read.success) return refuse("invalid", "Name what is to be done.");
    const { verb, ...asked } = read.data;
    return VERBS[verb]({ ...asked, environment });
  });
}
