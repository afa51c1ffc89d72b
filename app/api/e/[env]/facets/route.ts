import { jsonOf } from "@/lib/doors/session-json";
import { queueFacets } from "@/lib/queries/facets";

/** What the menus of the filter bar offer, counted anew after something was decided. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), queueFacets);
}
