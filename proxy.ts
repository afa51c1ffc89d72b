import { NextResponse, type NextRequest } from "next/server";
import { LAST_ENVIRONMENT_COOKIE, PATH_HEADER } from "@/lib/doors/visit-words";

/** Tells a page its own address, so that sign-in can lead back to it, and remembers the environment. Reports never come this way: they go to /api. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  const response = NextResponse.next({ request: { headers } });
  const environment = /^\/e\/(\d{1,9})(?:\/|$)/.exec(pathname)?.[1];
  if (environment) response.cookies.set(LAST_ENVIRONMENT_COOKIE, environment, { path: "/", sameSite: "lax", httpOnly: true, maxAge: 31_536_000 });
  return response;
}

export const config = { matcher: "/e/:path*" };
