import { jsonOf } from "@/lib/doors/session-json";
import { pinsOf } from "@/lib/queries/desk";

/** The pinned views of whoever asks, counted as things stand now. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), pinsOf);
}
