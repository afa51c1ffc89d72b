import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env, needed } from "@/lib/env";

/** Over https the browser keeps the cookie to secure connections, and its name says so. */
export const isSecure = env.AUTH_URL?.startsWith("https://") ?? false;
export const SESSION_COOKIE = isSecure ? "__Secure-next-auth.session-token" : "next-auth.session-token";
/** Seconds. */
export const SESSION_AGE = 7 * 24 * 60 * 60;

/**
 * What a session says of itself: whose it is, which of the person's session versions, its own id, and when it ends whatever becomes of its
 * cookie. Nothing of it is a permission.
 */
export type Claims = { person: number; version: number; session: string; until: Date };

const claims = z.object({
  sub: z.string().regex(/^[1-9][0-9]{0,8}$/).transform(Number),
  version: z.number().int().positive(),
  session: z.uuid(),
  /** Seconds since 1970. */
  until: z.number().int().positive(),
}).transform(({ sub, version, session, until }): Claims => ({ person: sub, version, session, until: new Date(until * 1000) }));

/** What sign-in seals: a session of its own, which a fresh seal does not make longer. */
export function newSession(person: string, version: number) {
  return { sub: person, version, session: crypto.randomUUID(), until: Math.floor(Date.now() / 1000) + SESSION_AGE };
}

/** The claims in an unsealed session; null when they are out of date or not ours. */
export function claimsIn(unsealed: unknown): Claims | null {
  const found = claims.safeParse(unsealed);
  return found.success && found.data.until > new Date() ? found.data : null;
}

/** The claims in a session cookie; null when it is absent, forged, out of date or not ours. Whether it was signed out of, the database knows. */
export async function readSession(cookie: string | undefined): Promise<Claims | null> {
  if (!cookie) return null;
  try {
    return claimsIn(await decode({ token: cookie, secret: needed("AUTH_SECRET") }));
  } catch {
    return null;
  }
}

/** The cookie that sign-in would set, for tests and for nothing else. */
export async function sealSession({ person, version }: Pick<Claims, "person" | "version">): Promise<string> {
  return encode({ token: newSession(String(person), version), secret: needed("AUTH_SECRET"), maxAge: SESSION_AGE });
}
