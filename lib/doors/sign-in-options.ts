import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { needed } from "@/lib/env";
import { addressOf } from "./caller-address";
import { isSecure, newSession, SESSION_AGE, SESSION_COOKIE } from "./session-cookie";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

/** What the sign-in page reads in `error`: too many attempts; anything else is a wrong e-mail or password. */
export const LIMITED = "limited";

/** Only addresses of our own: a link that signs people in must not lead them elsewhere. */
function ownAddress(url: string): string {
  const home = needed("AUTH_URL");
  const target = URL.canParse(url, home) ? new URL(url, home) : new URL(home);
  return target.origin === new URL(home).origin ? target.href : home;
}

/** Sign-in by e-mail and password, sessions in a sealed cookie. Read at each request, since a build has no secrets. */
export function signInOptions(): NextAuthOptions {
  return {
    secret: needed("AUTH_SECRET"),
    useSecureCookies: isSecure,
    session: { strategy: "jwt", maxAge: SESSION_AGE },
    cookies: { sessionToken: { name: SESSION_COOKIE, options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure } } },
    pages: { signIn: "/login", error: "/login" },
    providers: [
      Credentials({
        name: "E-mail and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (given, { headers }) => {
          const signed = await signIn(given, addressOf(headers?.["x-forwarded-for"]));
          if (signed.ok) return { ...signed.value, id: String(signed.value.id) };
          if (signed.refusal.code === "limited") throw new Error(LIMITED);
          return null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...newSession(user.id, user.version), name: user.name, email: user.email } : token),
      redirect: ({ url }) => ownAddress(url),
    },
    events: { signOut: ({ token }) => signOut(token) },
  };
}
