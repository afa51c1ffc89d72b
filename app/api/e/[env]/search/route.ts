import { jsonOf } from "@/lib/doors/session-json";
import { searchFindings } from "@/lib/queries/finding-search";

/** Where the palette and pickers search while somebody types; a newer question gives up the one before. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), searchFindings);
}
