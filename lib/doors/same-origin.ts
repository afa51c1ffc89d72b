import { env } from "@/lib/env";

/**
 * Does a changing request of a signed-in browser come from our own pages? A browser always says where it comes from;
 * a request that says neither is refused, since only the cookie would speak for it.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  if (!URL.canParse(origin)) return false;
  if (env.AUTH_URL !== undefined && origin === new URL(env.AUTH_URL).origin) return true;
  return new URL(origin).host === headers.get("host");
}
