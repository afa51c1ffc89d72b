/** A request as it would go out; secrets stand in it as dots where it is shown. */
export type TrackerRequest = { method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; address: string; headers: Readonly<Record<string, string>>; body: string | null };

/** An answer of any status; the text is bounded by the one who asks. Headers in lower case. */
export type TrackerAnswer = { status: number; headers: Readonly<Record<string, string>>; text: string };

/**
 * Asks a tracker once, through the one way out. @throws TrackerFault: `unreachable` when nothing was sent, `in_doubt` when it was and no
 * whole answer came
 */
export type Ask = (request: TrackerRequest) => Promise<TrackerAnswer>;

/**
 * Why a tracker did not do as asked. `unreachable`: nothing reached it. `in_doubt`: it may have been done. `limited`: later, after so many seconds.
 * `server`: its own trouble, and nothing was done as far as it says. `credentials`, `permission`, `invalid`: a person has to mend something.
 * `gone`: the issue is not there any more.
 */
export const FAULT_KINDS = ["unreachable", "in_doubt", "limited", "server", "credentials", "permission", "invalid", "gone"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** `fix` says in words what to do about it; `retryAfter` is in seconds. */
export class TrackerFault extends Error {
  constructor(readonly kind: FaultKind, message: string, readonly fix: string | null = null, readonly retryAfter: number | null = null) {
    super(message);
  }
}
