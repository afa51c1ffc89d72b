import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Ask, TrackerRequest } from "@/lib/domain/connector/asking";
import type { ConnectorKind } from "@/lib/domain/connector/kinds";
import type { TicketPayload } from "@/lib/domain/ticket/payload";
import type { Remark } from "@/lib/domain/ticket/remark";
import { isAmong, type SentWords } from "@/lib/domain/ticket/sent";

export { TrackerFault, type Ask, type FaultKind, type TrackerAnswer, type TrackerRequest } from "@/lib/domain/connector/asking";
export type { SettingField } from "@/lib/domain/connector/kinds";

/** Where a ticket stands over there. */
export type Placed = { key: string; id: string | null; url: string | null };

/**
 * An issue as it stands over there. `severity` is what the destination's own field says, in our words where it knows them. `movedTo`: the same issue has another
 * key. `mergedInto`: another issue stands for it, by its key or UNNAMED: it was merged into that, or is its duplicate. `isDeleted`: it is out of reach;
 * `wentTo`: where it was taken.
 */
export type There = Placed & {
  status: string | null; isDone: boolean; isStarted: boolean; assignee: string | null; title: string | null; severity: string | null; updatedAt: Date | null;
  isDeleted?: boolean; movedTo?: string | null; mergedInto?: string | null; wentTo?: string | null;
  /** Its priority by its name over there, and all its labels; left out: it does not say. */
  priority?: string | null; labels?: readonly string[];
};

/** An issue that is looked for: by its id where that is known, which outlives its key. */
export type Sought = Pick<Placed, "key" | "id">;
export const MOST_SOUGHT = 100;

/** One thing that the button "Test" looked at; `fix` says what to do about it. */
export type Check = { name: "reachable" | "credentials" | "permission" | "fields" | "webhook"; ok: boolean; detail: string; fix: string | null };

/**
 * What is told of a ticket: the payload, and the marker by which it is found again. `fields`: what changed of it; left out: anything may have. `sent`: what
 * the tracker was told before. `pushes`: a person sends ours again, over their labels, `theirs`; then nothing may be left out.
 */
export type Outgoing = {
  payload: TicketPayload; marker: string; fields?: readonly string[] | undefined;
  assignee?: { name: string; email: string } | null | undefined; sent?: SentWords | undefined; pushes?: boolean | undefined; theirs?: readonly string[] | undefined;
};

/** What a change left as it stood over there, and why. */
export type Left = { field: "assignee" | "description"; why: string };

/** Did one of these change? What did not is left as it stands over there: people there may have changed it, and we let it be. */
export const isChanged = ({ fields }: Outgoing, ...names: readonly string[]): boolean => isAmong(fields, names);

/** All words of a text, of whatever format: a document's are those of its text nodes. */
function wordsOf(given: unknown): string[] {
  if (typeof given === "string") return [given];
  if (Array.isArray(given)) return given.flatMap(wordsOf);
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([name, value]) => (name === "text" || typeof value === "object" ? wordsOf(value) : []));
}

/** What makes a description the same as another: its words, however a tracker breaks its lines. Hexadecimal. */
export function textMark(given: unknown): string {
  return createHash("sha256").update(wordsOf(given).join("").replace(/\s+/g, "")).digest("hex");
}

/** What a webhook told: of which issue, when over there, what kind, and by whom. `there` null: ask for it. */
export type HookEvent = { key: string; at: Date | null; kind: "changed" | "deleted" | "moved" | "merged" | "other"; there: There | null; by?: string | null };

/** What a webhook delivered, as it came. */
export type Delivered = { headers: Readonly<Record<string, string>>; body: Buffer };

/** How a destination tells by itself what changed. */
export type Hook = {
  /** Is this delivery signed with this secret? Over the raw bytes, in constant time. */
  isSigned: (delivery: Delivered, secret: string) => boolean;
  /** When it was sent, where its signature covers that: an old one is refused. Null: it does not say. Left out: its sender never does. */
  sentAt?: (delivery: Delivered) => Date | null;
  /** What makes a delivery the same as another: its id, else a hash of its bytes. */
  keyOf: (delivery: Delivered) => string;
  /** `settings` as the connector has them: what is told of another place is nobody's here. */
  read: (body: unknown, headers: Readonly<Record<string, string>>, settings?: unknown) => readonly HookEvent[];
  /** Is this a report that no date puts in order? It is refused, so that its sender learns of it. Left out: its reports are dated, or the destination is asked. */
  isUndated?: (body: unknown, headers: Readonly<Record<string, string>>) => boolean;
};

/** How it is set up; the secret is empty where there is none. */
export type Place<Settings> = { settings: Settings; secret: string };
export type Asking<Settings> = Place<Settings> & { ask: Ask };

/**
 * A tracker or other destination. A plug-in reads like its vendor's manual: it builds requests and reads answers, and asks through `ask` alone.
 * It neither stores nor retries; what went wrong is a TrackerFault. An answer of 200 with an error inside is an error.
 */
export type Connector<Settings> = {
  kind: Exclude<ConnectorKind, "email">;
  settings: z.ZodType<Settings>;
  /** The template of its descriptions. */
  writes: "document" | "wiki" | "text" | "markdown";
  /** Its description as it is written over there: by this it is known later whether people there have written in it. */
  describe: (ticket: Outgoing) => unknown;
  /** The exact request that makes a ticket. */
  creation: (place: Place<Settings>, ticket: Outgoing) => TrackerRequest;
  create: (place: Asking<Settings>, ticket: Outgoing) => Promise<Placed>;
  /** All issues that carry the marker, oldest first; null where the destination cannot be searched. */
  find: ((place: Asking<Settings>, marker: string) => Promise<readonly There[]>) | null;
  /** Gives what it left as it stood. null: what was made is not changed from here. */
  update: ((place: Asking<Settings>, at: Placed, ticket: Outgoing) => Promise<readonly Left[]>) | null;
  /** A remark on it: how it ended here, why it was opened again; null: it takes none. */
  comment: ((place: Asking<Settings>, at: Placed, text: string) => Promise<void>) | null;
  /** Does a remark that may have arrived stand there? Where remarks may not be read: false, and it is said again. null: it takes none. */
  said: ((place: Asking<Settings>, at: Placed, remark: Remark) => Promise<boolean>) | null;
  /** How an issue stands now. @throws TrackerFault `gone` where it is not there. null: nothing can be read back. */
  look: ((place: Asking<Settings>, at: Sought) => Promise<There>) | null;
  /** Those of so many issues that are easily found, MOST_SOUGHT at most; what is left out is not gone, but has to be looked at. null: they are looked at one by one. */
  lookAll: ((place: Asking<Settings>, all: readonly Sought[]) => Promise<readonly There[]>) | null;
  /** What changed since the cursor, in the order of change; null: no polling. One place is one turn: what it told of itself holds until its end. */
  changes: ((place: Asking<Settings>, since: string | null) => Promise<{ found: readonly There[]; cursor: string; more: boolean }>) | null;
  test: (place: Asking<Settings>) => Promise<readonly Check[]>;
  hook: Hook | null;
};

/** A letter that tells of a ticket: a destination that is written to and never asked. */
export type Letter = { to: readonly string[]; cc: readonly string[]; subject: string; text: string; html: string };
