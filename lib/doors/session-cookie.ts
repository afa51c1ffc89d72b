import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env, needed } from "@/lib/env";

/** Over https the browser keeps the cookie to secure connections, and its name says so. */
export const isSecure = env.AUTH_URL?.startsWith("https://") ?? false;
export const SESSION_COOKIE = isSecure ? "__Secure-next-auth.session-token" : "next-auth.session-token";
/** Seconds. */
export const SESSION_AGE = 7 * 24 * 60 * 60;

/** What a session says of itself: whose it is, and which of the person's session versions. Nothing of it is a permission. */
export type Claims = { person: number; version: number };

const claims = z.object({ sub: z.string().regex(/^[1-9][0-9]{0,8}$/).transform(Number), version: z.number().int().positive() });

/** The claims in a session cookie; null when it is absent, forged, out of date or not ours. */
export async function readSession(cookie: string | undefined): Promise<Claims | null> {
  if (!cookie) return null;
  try {
    const found = claims.safeParse(await decode({ token: cookie, secret: needed("AUTH_SECRET") }));
    return found.success ? { person: found.data.sub, version: found.data.version } : null;
  } catch {
    return null;
  }
}

/** The cookie that sign-in would set, for tests and for nothing else. */
export async function sealSession({ person, version }: Claims): Promise<string> {
  return encode({ token: { sub: String(person), version }, secret: needed("AUTH_SECRET"), maxAge: SESSION_AGE });
}
