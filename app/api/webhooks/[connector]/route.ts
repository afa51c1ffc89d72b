import { storeHook } from "@/lib/commands/hooks/store";
import { problem } from "@/lib/doors/problem";
import { authentic } from "@/lib/doors/webhook";

/** Where a tracker tells what changed: known by the signature over its bytes alone, kept at once, and read by a job. */
export async function POST(request: Request, context: { params: Promise<{ connector: string }> }): Promise<Response> {
  const known = await authentic(request, (await context.params).connector);
  const stored = known.ok ? await storeHook(known.value.actor, known.value.raw) : known;
  return stored.ok ? new Response(null, { status: stored.value.isNew ? 202 : 200 }) : problem(stored.refusal);
}
