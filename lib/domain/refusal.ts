/** Expected trouble is a value. Every door maps a code to its own status in one place. */
export const REFUSAL_CODES = [
  "invalid", // the input cannot be read or misses something: `errors` says what
  "unauthenticated", // nobody is asking
  "forbidden", // known, but the role may not
  "missing", // not there, or not visible to this actor
  "stale", // decided on an older version: `changes` says what moved
  "illegal", // no such step from here: `allowed` lists the legal ones
  "conflict", // already there, or another record stands in the way
  "limited", // too often: `retryAfter` in seconds
  "too_large", // more than one call may carry
  "unavailable", // a part of Docket is down
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What is wrong with one field. Of a text that follows a grammar, where it begins and how long it is, in UTF-16 units. */
export type Fault = { path: string; message: string; at?: number; length?: number };

export type Refusal = {
  code: RefusalCode;
  message: string;
  /** The call or the step that would work instead, in words. */
  next?: string;
  allowed?: readonly string[];
  errors?: readonly Fault[];
  changes?: unknown;
  /** Seconds. */
  retryAfter?: number;
};

export type Refused = { ok: false; refusal: Refusal };
export type Result<T> = { ok: true; value: T } | Refused;

/** What went well, as a Result. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** What was refused and why; `more` carries what is allowed instead. */
export function refuse(code: RefusalCode, message: string, more: Omit<Refusal, "code" | "message"> = {}): Refused {
  return { ok: false, refusal: { code, message, ...more } };
}

/** Refuses unreadable input, one fault per field. The first fault is the message. */
export function refuseInput(errors: readonly Fault[]): Refused {
  return refuse("invalid", errors[0]?.message ?? "The input could not be read.", { errors });
}
