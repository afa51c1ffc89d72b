import { isDatabaseAway } from "@/lib/db/away";
import { refuse, type Result } from "@/lib/domain/refusal";
import { parseJson, readText } from "@/lib/doors/json-body";
import { AWAY, STATUS_OF } from "@/lib/doors/problem";
import { isSameOrigin } from "@/lib/doors/same-origin";

/** A call that a page of ours makes: who asks is for `run` to say by the session. The answer is the Result itself, for the page to read. */
export async function sessionCall(run: () => Promise<Result<unknown>>): Promise<Response> {
  const result = await run().catch((error: unknown): Result<unknown> => {
    if (isDatabaseAway(error)) return AWAY;
    throw error;
  });
  return Response.json(result, { status: result.ok ? 200 : STATUS_OF[result.refusal.code], headers: { "Cache-Control": "no-store" } });
}

/** The JSON that a changing call of our own pages carries; from another site it is refused unread. */
export async function sentByPage(request: Request): Promise<Result<unknown>> {
  if (!isSameOrigin(request.headers)) return refuse("forbidden", "This request comes from another site.");
  const text = await readText(request);
  return text.ok ? parseJson(text.value) : text;
}
