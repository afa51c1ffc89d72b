import { look } from "@/lib/commands/presence/look";
import { jsonOf } from "@/lib/doors/session-json";

/** Where a tab says which finding it has open. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), look);
}
