import { z } from "zod";
import type { Aim, Decision } from "@/lib/domain/finding/decide";
import { MAX_SELECTION, MAX_TAG_LENGTH, MAX_TAGS } from "@/lib/domain/finding/limits";
import { CLOSE_REASONS, EVIDENCE_KINDS, GOVERNANCE_STATUSES, RESPONSES, ROUTES, SEVERITIES } from "@/lib/domain/finding/words";
import { MODULE_STATES } from "@/lib/domain/module/table";

/** Bounds of what people write; the same for forms, actions and REST. */
export const MAX_NOTE = 4_000;
export const MAX_EVIDENCE = 20;

/** A day or a moment as ISO 8601 text; a day is its first instant in UTC. */
export const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: "A date as ISO 8601, for example 2027-03-01." })
  .transform((text) => new Date(text));

export const number = z.number().int().positive().max(2_147_483_647);
export const note = z.string().trim().max(MAX_NOTE);
export const tagName = z.string().trim().min(1).max(MAX_TAG_LENGTH);
export const email = z.string().trim().toLowerCase().pipe(z.email().max(254));
export const version = z.number().int().min(0).max(2_147_483_647);
const short = z.string().trim().min(1).max(500);

/** What proves a fix. An attestation names who attests. */
export const evidenceItem = z
  .object({
    kind: z.enum(EVIDENCE_KINDS),
    reference: short.nullish(),
    note: note.nullish(),
    approver: short.nullish(),
    /** A file that was sent before, by its id. */
    file: number.nullish(),
  })
  .refine((item) => item.kind !== "attestation" || Boolean(item.approver), { path: ["approver"], message: "An attestation names its approver." })
  .refine((item) => item.kind !== "commit" || Boolean(item.reference), { path: ["reference"], message: "A commit is named by its reference." });
export type EvidenceItem = z.output<typeof evidenceItem>;

const evidence = z.array(evidenceItem).max(MAX_EVIDENCE);

const disposition = {
  reason: z.enum(CLOSE_REASONS).nullish(),
  note: note.nullish(),
};

/** A finding as the caller last saw it. */
export const seen = z.object({ number, version });
export const selection = z.array(seen).min(1).max(MAX_SELECTION);

/** Fields of a decision on a form or in an action, in the words of the code. */
export const decisionFields = {
  ...disposition,
  expiresAt: instant.nullish(),
  duplicateOf: number.nullish(),
  followUpOn: instant.nullish(),
  evidence: evidence.nullish(),
  /** Closed, proved by the next covering scan: in progress until then. */
  claim: z.boolean().nullish(),
};

const bodyFields = {
  ...disposition,
  note: note.nullish().describe("Why. Asked for where an acceptance is renewed, where it is a false positive, and where a resolution is taken back."),
  expires_at: instant.nullish(),
  duplicate_of: number.nullish(),
  follow_up_on: instant.nullish(),
  evidence: evidence.nullish(),
  claim: z.boolean().nullish().describe("The next covering scan is the proof: in progress until it no longer sees the finding."),
};

/** POST …/transition: one step through the table. Absent `version`: on whatever is current. */
export const transitionBody = z.object({ to: z.enum(GOVERNANCE_STATUSES), ...bodyFields, version: version.nullish() });
/** POST …/response: the shortest legal path. */
export const responseBody = z.object({ response: z.enum(RESPONSES), ...bodyFields, version: version.nullish() });

export const assignBody = z.object({ assignee: email.nullable(), version: version.nullish() });
export const severityBody = z.object({ calibrated: z.enum(SEVERITIES), reason: note.min(1), version: version.nullish() });
export const tagsBody = z.object({
  add: z.array(tagName).max(MAX_TAGS).default([]),
  remove: z.array(tagName).max(MAX_TAGS).default([]),
  version: version.nullish(),
});
export const stateBody = z.object({ state: z.enum(MODULE_STATES).nullable(), note: note.nullish(), version: version.nullish() });
/** POST …/keep: looked at again, and the decision stands. */
export const keepBody = z.object({ note: note.min(1), version: version.nullish() });
/** POST …/amend: what is not said stays as it is. */
export const amendBody = z.object({ reason: disposition.reason, note: note.min(1), duplicate_of: number.nullish(), follow_up_on: instant.nullish(), evidence: evidence.nullish(), version: version.nullish() });
/** How the work is handed over, and why. */
export const routeFields = z.object({ decision: z.enum(ROUTES), reason: note.min(1, "A routing decision needs its reason.") });
export const routeBody = routeFields.extend({ version: version.nullish() });
/** The sequence of any event of the action that is taken back. */
export const revertBody = z.object({ event: z.union([z.string().regex(/^\d{1,19}$/), z.number().int().positive()]), version: version.nullish() });

type Asked = {
  reason?: z.output<typeof disposition.reason>;
  note?: string | null | undefined;
  expiresAt?: Date | null | undefined;
  duplicateOf?: number | null | undefined;
  followUpOn?: Date | null | undefined;
  evidence?: readonly EvidenceItem[] | null | undefined;
  claim?: boolean | null | undefined;
};

/** The domain's decision out of a form's fields: blanks and nulls are absent. */
export function decisionOf(aim: Aim, asked: Asked): Decision {
  const rest = {
    reason: asked.reason ?? undefined,
    note: asked.note ? asked.note : undefined,
    expiresAt: asked.expiresAt ?? undefined,
    duplicateOf: asked.duplicateOf ?? undefined,
    followUpOn: asked.followUpOn ?? undefined,
    addsEvidence: (asked.evidence ?? []).map((item) => item.kind),
    claim: asked.claim ?? undefined,
  };
  return { ...aim, ...rest };
}

const SNAKE = { expiresAt: "expires_at", duplicateOf: "duplicate_of", followUpOn: "follow_up_on" } as const;

/** A fault's path in the words of REST. */
export function bodyPath(path: string): string {
  return Object.entries(SNAKE).reduce((text, [camel, snake]) => text.replace(camel, snake), path);
}
