import { jsonOf } from "@/lib/doors/session-json";
import { queueChanges } from "@/lib/queries/changes";

/** What has become of a queue since a screen read it. A question, sent as a body since it names what the screen shows. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), queueChanges);
}
