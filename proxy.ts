import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { contentPolicy } from "@/lib/doors/content-policy";
import { isSecure, readSession, SESSION_COOKIE } from "@/lib/doors/session-cookie";
import { LAST_ENVIRONMENT_COOKIE, PATH_HEADER } from "@/lib/doors/visit-words";

/** Seconds. */
const YEAR = 365 * 24 * 60 * 60;

/** The way in, with the way back. */
function toSignIn({ nextUrl, url }: NextRequest): NextResponse {
  const target = new URL("/login", url);
  target.searchParams.set("callbackUrl", `${nextUrl.pathname}${nextUrl.search}`);
  return NextResponse.redirect(target, 307);
}

/**
 * Before a page is begun: without a session it answers 307 to sign-in, so that nothing has been streamed.
 * Whether the person may still come in, and see this, the page asks the database. It is told its own address,
 * and its scripts run by a nonce of this one answer.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const isOpen = pathname === "/login";
  if (!isOpen && !(await readSession(request.cookies.get(SESSION_COOKIE)?.value))) return toSignIn(request);

  const policy = contentPolicy(randomBytes(16).toString("base64"));
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set(PATH_HEADER, `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (!isOpen) response.headers.set("Cache-Control", "private, no-store");
  const environment = /^\/e\/([1-9]\d{0,8})(?:\/|$)/.exec(pathname)?.[1];
  // Only where it changes: an action that comes back with a cookie makes Next read the whole page anew, and the queue would lose its place.
  const isNew = request.method === "GET" && request.cookies.get(LAST_ENVIRONMENT_COOKIE)?.value !== environment;
  if (environment !== undefined && isNew) response.cookies.set(LAST_ENVIRONMENT_COOKIE, environment, { path: "/", httpOnly: true, sameSite: "lax", secure: isSecure, maxAge: YEAR });
  return response;
}

/** Pages alone: not the interfaces (a report must never pass through here), not what the build serves, not files. */
export const config = { matcher: ["/((?!api/|_next/|icon\\.svg|favicon\\.ico|robots\\.txt).*)"] };
