/**
 * What the database's own hashes are held against: the canonical text of an event, what its hash is taken over, so that anybody can compute it again from an export.
 * One line for each field, in a fixed order: `name:bytes:value` and a line feed, the length in bytes of UTF-8,
 * so that no value can be mistaken for another field. Where there is no value: `name:-:` and a line feed.
 * The hash is SHA-256 over the UTF-8 bytes. The database computes the same (functions docket_field, docket_body_hash, docket_head_hash).
 */

export type EventHead = {
  sequence: string;
  environment: number | null;
  /** UTC with microseconds, as given: 2026-11-21T01:02:03.000004Z. */
  at: string;
  actor_type: string;
  actor_id: string;
  actor_name: string;
  person: number | null;
  action: string;
  record_type: string;
  record_number: number | null;
  /** The database's own id of the finding, which its number is not. */
  finding: number | null;
  version: number | null;
  fields: readonly string[];
  from_status: string | null;
  to_status: string | null;
  action_id: string;
  bulk: number | null;
  scan: number | null;
  revokes: string | null;
  request_id: string;
  /** Hexadecimal, lower case. */
  body_hash: string;
};

/** Texts as stored: `before` and `after` are the very JSON text of the row, not parsed and written again. */
export type EventBody = { before: string | null; after: string | null; reason: string | null; note: string | null };

const HEAD_FIELDS = [
  ...(["sequence", "environment", "at", "actor_type", "actor_id", "actor_name", "person", "action"] as const),
  ...(["record_type", "record_number", "finding", "version", "fields", "from_status", "to_status"] as const),
  ...(["action_id", "bulk", "scan", "revokes", "request_id", "body_hash"] as const),
] as const;

const BODY_FIELDS = ["before", "after", "reason", "note"] as const;

const utf8 = new TextEncoder();

/** One line of the canonical text. */
export function canonicalField(name: string, value: string | null): string {
  return value === null ? `${name}:-:\n` : `${name}:${utf8.encode(value).length}:${value}\n`;
}

/** The text whose SHA-256 is the event's hash. A list of fields is joined by commas. */
export function headCanonical(event: EventHead): string {
  return HEAD_FIELDS.map((name) => canonicalField(name, text(event[name]))).join("");
}

/** The text whose SHA-256 is the head's `body_hash`. */
export function bodyCanonical(body: EventBody): string {
  return BODY_FIELDS.map((name) => canonicalField(name, body[name])).join("");
}

function text(value: string | number | readonly string[] | null): string | null {
  if (value === null || typeof value === "string") return value;
  return typeof value === "number" ? String(value) : value.join(",");
}
