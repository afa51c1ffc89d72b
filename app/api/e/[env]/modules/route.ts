import { jsonOf } from "@/lib/doors/session-json";
import { modulesView } from "@/lib/queries/modules";

/** Which modules hold findings, and the tabs of one, counted anew after something was decided. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), modulesView);
}
