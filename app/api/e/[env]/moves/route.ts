import { jsonOf } from "@/lib/doors/session-json";
import { movesOf } from "@/lib/queries/moves";

/** Who did what to findings since a screen saw them; it asks when a decision of its own came too late. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), movesOf);
}
