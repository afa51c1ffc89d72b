import { version } from "@/lib/env";
import { health } from "@/lib/queries/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const found = await health();
  return Response.json({ ...found, version }, { status: found.status === "ok" ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
