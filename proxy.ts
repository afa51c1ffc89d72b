import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { readSession, SESSION_COOKIE } from "@/lib/doors/session-cookie";
import { env } from "@/lib/env";

const isDevelopment = env.NODE_ENV === "development";

/** Scripts only with this answer's nonce. Reloading while developing evaluates code and opens a socket. */
function policy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Before a page is begun: without a session it answers 307 to sign-in, so that nothing has been streamed.
 * Whether the person may still sign in, and see this, the page asks the database.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const isOpen = pathname === "/login";
  if (!isOpen && !(await readSession(request.cookies.get(SESSION_COOKIE)?.value))) {
    const target = new URL("/login", request.url);
    target.searchParams.set("callbackUrl", `${pathname}${search}`);
    return NextResponse.redirect(target, 307);
  }

  const nonce = randomBytes(16).toString("base64");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("Content-Security-Policy", policy(nonce));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy(nonce));
  if (!isOpen) response.headers.set("Cache-Control", "private, no-store");
  return response;
}

/** Pages alone: not the interfaces (an upload must not pass through here), not what the build serves, not files. */
export const config = { matcher: ["/((?!api/|_next/|icon\\.svg|favicon\\.ico|robots\\.txt).*)"] };
