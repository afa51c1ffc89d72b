import type { z } from "zod";
import type { TicketPayload } from "@/lib/domain/ticket/payload";
import type { Destination } from "@/lib/domain/ticket/words";

/** A request as it would go out; secrets stand in it as dots where it is shown. */
export type TrackerRequest = { method: "GET" | "POST" | "PUT" | "PATCH"; address: string; headers: Readonly<Record<string, string>>; body: string | null };

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
export type FaultKind = "unreachable" | "in_doubt" | "limited" | "server" | "credentials" | "permission" | "invalid" | "gone";

export class TrackerFault extends Error {
  constructor(readonly kind: FaultKind, message: string, readonly fix: string | null = null, readonly retryAfter: number | null = null) {
    super(message);
  }
}

/** Where a ticket stands over there. */
export type Placed = { key: string; id: string | null; url: string | null };

/** An issue as it stands over there. `severity` is what the destination's own field says, in its words. `movedTo`: its key has changed. */
export type There = Placed & {
  status: string | null; isDone: boolean; isStarted: boolean; assignee: string | null; title: string | null; severity: string | null; updatedAt: Date | null;
  isDeleted?: boolean; movedTo?: string | null; mergedInto?: string | null;
};

/** One thing that the button "Test" looked at; `fix` says what to do about it. */
export type Check = { name: "reachable" | "credentials" | "permission" | "fields" | "webhook"; ok: boolean; detail: string; fix: string | null };

/** What is told of a ticket: the payload, the words of its template, and the marker by which it is found again. */
export type Outgoing = { payload: TicketPayload; marker: string };

/** What a webhook told: of which issue, when over there, and what kind. `state` null: ask for it. */
export type HookEvent = { key: string; at: Date | null; kind: "changed" | "deleted" | "moved" | "merged" | "other"; there: There | null };

/** A field of the settings screen. */
export type SettingField = {
  key: string; label: string; kind: "text" | "address" | "secret" | "choice" | "pairs" | "multiline"; required: boolean; help?: string; placeholder?: string;
  choices?: readonly { value: string; label: string }[];
};

/**
 * A tracker or other destination. A plug-in reads like its vendor's manual: it builds requests and reads answers, and asks through `ask` alone.
 * It neither stores nor retries; what went wrong is a TrackerFault. An answer of 200 with an error inside is an error.
 */
export type Connector<Settings, Secret> = {
  kind: Exclude<Destination, "internal">;
  label: string;
  fields: readonly SettingField[];
  settings: z.ZodType<Settings>;
  secret: z.ZodType<Secret>;
  /** The template of its descriptions: "jira_document", "wiki", "text", "markdown", "html". */
  writes: "document" | "wiki" | "text" | "markdown" | "html";
  /** The exact request that makes a ticket. */
  creation: (place: { settings: Settings; secret: Secret }, ticket: Outgoing) => TrackerRequest;
  create: (place: { settings: Settings; secret: Secret; ask: Ask }, ticket: Outgoing) => Promise<Placed>;
  /** All issues that carry the marker, oldest first; null where the destination cannot be searched. */
  find: ((place: { settings: Settings; secret: Secret; ask: Ask }, marker: string) => Promise<readonly There[]>) | null;
  update: (place: { settings: Settings; secret: Secret; ask: Ask }, at: Placed, ticket: Outgoing) => Promise<void>;
  /** A remark on it: how it ended here, why it was opened again. */
  comment: (place: { settings: Settings; secret: Secret; ask: Ask }, at: Placed, text: string) => Promise<void>;
  /** null: nothing can be read back. */
  look: ((place: { settings: Settings; secret: Secret; ask: Ask }, key: string) => Promise<There>) | null;
  /** What changed since the cursor, in the order of change; null: no polling. */
  changes: ((place: { settings: Settings; secret: Secret; ask: Ask }, since: string | null) => Promise<{ found: readonly There[]; cursor: string; more: boolean }>) | null;
  test: (place: { settings: Settings; secret: Secret; ask: Ask }) => Promise<readonly Check[]>;
  hook: {
    /** Is this delivery signed with this secret? Over the raw bytes, in constant time. */
    isSigned: (delivery: { headers: Readonly<Record<string, string>>; body: Buffer }, secret: string) => boolean;
    /** What makes a delivery the same as another: its id, else a hash of its bytes. */
    keyOf: (delivery: { headers: Readonly<Record<string, string>>; body: Buffer }) => string;
    read: (body: unknown, headers: Readonly<Record<string, string>>) => readonly HookEvent[];
  } | null;
};
