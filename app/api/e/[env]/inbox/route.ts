import { jsonOf } from "@/lib/doors/session-json";
import { unreadCount } from "@/lib/queries/notices";

/** How many messages whoever asks has not read. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), unreadCount);
}
