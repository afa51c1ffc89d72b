import { jsonOf } from "@/lib/doors/session-json";
import { viewRows } from "@/lib/queries/views";

/** The views that whoever asks may open, for the palette, and for a queue whose views were changed while it is looked at. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), viewRows);
}
