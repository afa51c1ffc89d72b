import { keepDesk } from "@/lib/commands/views/keep-desk";
import { jsonOf } from "@/lib/doors/session-json";

/** Where a queue says what it shows, so that the next visit begins there. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), keepDesk);
}
