import { jsonOf } from "@/lib/doors/session-json";
import { viewNames } from "@/lib/queries/views";

/** The views that whoever asks may open, for the palette. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), viewNames);
}
