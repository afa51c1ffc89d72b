import { jsonOf } from "@/lib/doors/session-json";
import { tabsOfFilter } from "@/lib/queries/modules";

/** What a filter leaves in each tab, counted anew after something was decided. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), tabsOfFilter);
}
