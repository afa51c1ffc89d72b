import { eventStream } from "@/lib/doors/events/stream";

export const dynamic = "force-dynamic";

/** What happens in the environment, told to a signed-in person while it happens. */
export async function GET(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  return eventStream(request, Number((await context.params).env));
}
