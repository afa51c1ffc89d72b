import { bodyPath } from "@/lib/domain/finding/input";
import { refuse, type Refusal, type RefusalCode } from "@/lib/domain/refusal";

/** Refusal to status: the one place that knows. */
export const STATUS_OF = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  stale: 409,
  illegal: 409,
  conflict: 409,
  limited: 429,
  too_large: 413,
  unavailable: 503,
} as const satisfies Record<RefusalCode, number>;

export const PROBLEM_TITLES = {
  invalid: "Invalid input",
  unauthenticated: "Nobody is signed in",
  forbidden: "Not allowed",
  missing: "Not found",
  stale: "Decided on an older version",
  illegal: "No such step from here",
  conflict: "In conflict with what is there",
  limited: "Too many calls",
  too_large: "Too large",
  unavailable: "Not available now",
} as const satisfies Record<RefusalCode, string>;

/** Where a fault is in the words of whoever sent it: filters are parameters of the address. */
function outsidePath(path: string): string {
  return bodyPath(path.replace(/^filter\./, ""));
}

/** The problem details of RFC 9457 for a refusal; `allowed_transitions`, `changes` and `next` say what would work instead. */
export function problemDetails(refusal: Refusal) {
  return {
    type: `urn:docket:problem:${refusal.code}`,
    title: PROBLEM_TITLES[refusal.code],
    status: STATUS_OF[refusal.code],
    detail: refusal.message,
    ...(refusal.next === undefined ? {} : { next: refusal.next }),
    ...(refusal.errors ? { errors: refusal.errors.map(({ path, ...fault }) => ({ path: outsidePath(path), ...fault })) } : {}),
    ...(refusal.allowed ? { allowed_transitions: refusal.allowed } : {}),
    ...(refusal.changes === undefined ? {} : { changes: refusal.changes }),
  };
}

/** A refusal as a response. `also` are headers of the call, such as its limits. */
export function problem(refusal: Refusal, also: Record<string, string> = {}): Response {
  const headers = new Headers({ ...also, "Content-Type": "application/problem+json", "Cache-Control": "no-store" });
  if (refusal.code === "unauthenticated") headers.set("WWW-Authenticate", 'Bearer realm="docket"');
  if (refusal.retryAfter !== undefined) headers.set("Retry-After", String(refusal.retryAfter));
  return new Response(JSON.stringify(problemDetails(refusal)), { status: STATUS_OF[refusal.code], headers });
}

/** A surprise: what happened stands in the server's own output under this number, and nothing of it in the answer. */
export function surprise(requestId: string): Response {
  const details = { type: "urn:docket:problem:surprise", title: "Our fault", status: 500, detail: "Something went wrong on our side.", next: `Look whether it was done before you ask again; the operator finds it by the request id ${requestId}.` };
  return new Response(JSON.stringify(details), { status: 500, headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" } });
}

/** The database is away for a moment: it comes back by itself, and so may the caller. */
export const AWAY = refuse("unavailable", "The database does not answer right now.", { next: "Ask again in a moment; of a change look first whether it was done.", retryAfter: 2 });

/** An address below /api/v1 that is none of its calls. */
export const NO_CALL = refuse("missing", "There is no such call.", { next: "GET /api/v1/openapi.json describes them all." });

/** Nobody is asking, or with a token that does not hold. */
export const NOBODY = refuse("unauthenticated", "Send a valid token: Authorization: Bearer dkt_…");
