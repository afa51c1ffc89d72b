import { jsonOf } from "@/lib/doors/session-json";
import { peopleHere } from "@/lib/queries/people";

/** Everybody whom a finding of this environment may be shown. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return jsonOf(request, Number((await context.params).env), peopleHere);
}
