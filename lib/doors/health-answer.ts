import { version } from "@/lib/env";

/** Health as machines ask for it: 200 only where people can work, 503 with what is down. */
export function healthAnswer(found: { status: "ok" | "down" }): Response {
  return Response.json({ ...found, version }, { status: found.status === "ok" ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
