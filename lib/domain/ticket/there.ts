import { z } from "zod";
import { storable } from "@/lib/domain/storable";
import { REMEDIATIONS, type Remediation } from "./words";

const text = (most: number) => z.string().max(most).nullable();
const labels = z.array(z.string().max(200)).max(100).nullable();

/**
 * What a tracker says of one issue, whole: what is null it did not say. `asked`: we asked, so this is how it stands now. `by`: whoever changed it over there.
 * `movedTo`: the same issue has this key now. `mergedInto`: another issue stands for it, since it was merged into that or is its duplicate. `wentTo`, of a deleted
 * one: where it was taken, which is out of reach.
 */
export const report = z.object({
  key: z.string().min(1).max(200), id: text(200), url: text(2_000), status: text(200), isDone: z.boolean(), isStarted: z.boolean(), assignee: text(320), title: text(1_000), severity: text(50),
  priority: text(100), labels, updatedAt: z.date().nullable(), isDeleted: z.boolean(), movedTo: text(200), mergedInto: text(200), wentTo: text(200), asked: z.boolean(), by: text(200),
});
export type Report = z.output<typeof report>;

/** What is kept of it with the ticket. `of`: the key that it is about; `merged`: the issue that stands for it; `silent`: differences that somebody recorded; `before`: how far each fix was when the tracker began to move it. */
const recorded = z.object({
  of: text(200), status: text(200), isDone: z.boolean(), isStarted: z.boolean(), assignee: text(320), title: text(1_000), severity: text(50), priority: text(100), labels,
  updatedAt: z.iso.datetime().nullable(), isGone: z.boolean(), goneAt: z.iso.datetime().nullable(), formerly: z.array(z.string().max(200)).max(50), merged: text(200), wentTo: text(200).default(null), silent: z.record(z.string().max(20), z.string().max(10_000)),
  before: z.record(z.string().max(20), z.enum(REMEDIATIONS)),
});
export type Recorded = z.output<typeof recorded>;

const NOTHING: Recorded = {
  of: null, status: null, isDone: false, isStarted: false, assignee: null, title: null, severity: null, priority: null, labels: null, updatedAt: null, isGone: false, goneAt: null, formerly: [], merged: null, wentTo: null, silent: {}, before: {},
};

/** What was recorded of the issue with this key; nothing, where the ticket has been linked to another since. */
export function recordedOf(external: unknown, key: string | null): Recorded {
  const read = recorded.safeParse(external);
  return read.success && read.data.of === key ? read.data : { ...NOTHING, of: key };
}

/** Of what was recorded of the issue with this key: which one stands for it, and where it was taken. */
export function awayOf(external: unknown, key: string | null): Pick<Recorded, "merged" | "wentTo"> {
  const { merged, wentTo } = recordedOf(external, key);
  return { merged, wentTo };
}

type Told = Pick<Report, "key" | "id" | "url" | "status" | "isDone" | "isStarted" | "assignee" | "title" | "severity" | "updatedAt">
  & { priority?: string | null; labels?: readonly string[] | null; isDeleted?: boolean; movedTo?: string | null; mergedInto?: string | null; wentTo?: string | null };

/** A tracker's words as they may be kept: bounded, without what no column holds, and never an address that is none. */
export function reportOf(told: Told, how: { asked: boolean; by?: string | null | undefined }): Report {
  const cut = (given: string | null | undefined, most: number) => (given ? storable(given, most) || null : null);
  const url = cut(told.url, 2_000);
  return {
    key: storable(told.key, 200), id: cut(told.id, 200), url: url && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null, status: cut(told.status, 200), isDone: told.isDone, isStarted: told.isStarted,
    assignee: cut(told.assignee, 320), title: cut(told.title, 1_000), severity: cut(told.severity, 50), priority: cut(told.priority, 100),
    labels: told.labels ? [...new Set(told.labels.map((label) => storable(label, 200)))].sort().slice(0, 100) : null, updatedAt: told.updatedAt, isDeleted: told.isDeleted ?? false,
    movedTo: cut(told.movedTo, 200), mergedInto: cut(told.mergedInto, 200), wentTo: cut(told.wentTo, 200), asked: how.asked, by: cut(how.by, 200),
  };
}

/** An issue that is not there any more; `at`: when it went, where that is known. */
export const goneReport = (key: string, at: Date | null, how: { asked: boolean; by?: string | null | undefined }): Report =>
  reportOf({ key, id: null, url: null, status: null, isDone: false, isStarted: false, assignee: null, title: null, severity: null, updatedAt: at, isDeleted: true }, how);

type Stated = Pick<Recorded, "status" | "isDone" | "isStarted" | "assignee" | "title" | "severity" | "priority" | "labels" | "merged">;
const stated = ({ status, isDone, isStarted, assignee, title, severity, priority, labels: own, merged }: Stated): Stated => ({ status, isDone, isStarted, assignee, title, severity, priority, labels: own, merged });
const statedBy = (told: Report): Stated => stated({ ...told, merged: told.mergedInto });

/** Milliseconds since 1970; what has no date is before all. */
const timeOf = (at: Date | string | null): number => (at === null ? -Infinity : new Date(at).getTime());

/**
 * Is this news? By the tracker's own clock. Of two that it dates alike the one that we asked for counts, then the greater by its words: so the same reports
 * end in the same record in whatever order they come.
 */
function isNews(known: Recorded, told: Report): boolean {
  if (told.updatedAt === null || known.updatedAt === null) return true;
  const ahead = timeOf(told.updatedAt) - timeOf(known.updatedAt);
  return ahead !== 0 ? ahead > 0 : told.asked || JSON.stringify(statedBy(told)) > JSON.stringify(stated(known));
}

/** What is recorded after this report; null where it is older than what is known. A deletion keeps what was said last, and what was said before it still counts. */
export function heard(known: Recorded, told: Report): Recorded | null {
  if (told.isDeleted) return gone(known, told);
  if (!isNews(known, told)) return null;
  const updatedAt = told.updatedAt?.toISOString() ?? known.updatedAt;
  const isGone = !told.asked && known.goneAt !== null && told.updatedAt !== null && timeOf(known.goneAt) >= timeOf(told.updatedAt);
  return { ...known, ...statedBy(told), updatedAt, isGone, ...(told.asked ? { goneAt: null, wentTo: null } : {}) };
}

/** It is not there: as we have seen ourselves, or as was told of a time after which nothing else was. */
function gone(known: Recorded, told: Report): Recorded | null {
  const at = told.updatedAt ?? (told.asked || known.updatedAt === null ? null : new Date(known.updatedAt));
  const goneAt = timeOf(at) > timeOf(known.goneAt) ? (at?.toISOString() ?? null) : known.goneAt;
  const isGone = told.asked || timeOf(goneAt) >= timeOf(known.updatedAt);
  const wentTo = told.wentTo ?? known.wentTo;
  return isGone === known.isGone && goneAt === known.goneAt && wentTo === known.wentTo ? null : { ...known, isGone: isGone || known.isGone, goneAt, wentTo };
}

/** The record under another key: the issue was moved there. */
export function rekeyed(known: Recorded, to: string): Recorded {
  const formerly = [...new Set([...known.formerly, ...(known.of === null ? [] : [known.of])])].filter((key) => key !== to).slice(-50);
  return { ...known, of: to, formerly };
}

export type Back = { mapping: Readonly<Record<string, "in_progress" | "resolved">>; closes: boolean; priorities?: Readonly<Record<string, string>>; people?: Readonly<Record<string, string>> };

/** What of a connector's settings speaks of the way back. */
export const backSettings = z.object({
  mapping: z.record(z.string(), z.enum(["in_progress", "resolved"])).catch({}), closes: z.boolean().catch(false), priorities: z.record(z.string(), z.string()).optional().catch(undefined), people: z.record(z.string(), z.string()).optional().catch(undefined),
  /** Priorities that are labels over there. */
  labels: z.record(z.string(), z.string()).optional().catch(undefined),
}).transform(({ labels: words, ...back }) => ({ ...back, priorities: back.priorities ?? words }));

/** Ends over there that are no fix. */
const DECLINED = /won.?t|will not|not planned|duplicate|reject|declin|cancel|invalid|cannot reproduce|as designed|works for me|abandon|closed incomplete/i;

/** Did it end over there without a fix? */
export const isDeclined = (status: string | null): boolean => status !== null && DECLINED.test(status);

/** How far the tracker calls the fix: by the settings' mapping, else by the kind of its status; null: it says nothing of a fix, as one that ended because another issue stands for it. */
export function aimOf({ status, isDone, isStarted, merged }: Pick<Recorded, "status" | "isDone" | "isStarted" | "merged">, { mapping }: Back): "in_progress" | "resolved" | null {
  if (isDone && merged !== null) return null;
  const [, mapped] = Object.entries(mapping).find(([name]) => name.toLowerCase() === status?.toLowerCase()) ?? [];
  if (mapped) return mapped;
  if (isDone) return isDeclined(status) ? null : "resolved";
  return isStarted ? "in_progress" : null;
}

export type Steered = { finding: number; remediation: Remediation };

/**
 * Where a tracker's status takes fixes, and how far each was before it began to: only where it says something else than before, and only what it had
 * moved itself is taken back. So a remark on an issue that is done does not undo what a retest has found.
 */
export function steer(fixes: readonly Steered[], before: Recorded["before"], was: "in_progress" | "resolved" | null, is: "in_progress" | "resolved" | null): { moves: { finding: number; to: Remediation }[]; before: Recorded["before"] } {
  if (was === is) return { moves: [], before };
  const began = (fix: Steered) => (fix.remediation === was ? (before[fix.finding] ?? fix.remediation) : fix.remediation);
  if (is === null) return { moves: fixes.flatMap((fix) => (fix.remediation === was && began(fix) !== fix.remediation ? [{ finding: fix.finding, to: began(fix) }] : [])), before: {} };
  return {
    moves: fixes.flatMap((fix) => (fix.remediation === is ? [] : [{ finding: fix.finding, to: is }])),
    before: Object.fromEntries(fixes.map((fix) => [String(fix.finding), began(fix)])),
  };
}
