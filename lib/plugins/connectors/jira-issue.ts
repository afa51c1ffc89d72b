import { z } from "zod";
import { isDeclined } from "@/lib/domain/ticket/there";
import { UNNAMED } from "@/lib/domain/ticket/words";
import { below, instantOf, severityFrom } from "./answers";
import type { HookEvent, Sought, There } from "./contract";

// An issue as Jira shows it and as its webhooks post it.

export const created = z.object({ id: z.string().max(100), key: z.string().min(1).max(100) });
const other = z.object({ key: z.string().min(1).max(100) });
const link = z.object({ type: z.object({ inward: z.string().nullish(), outward: z.string().nullish() }), outwardIssue: other.nullish(), inwardIssue: other.nullish() });
export const issue = created.extend({
  fields: z.object({
    summary: z.string().nullish(), labels: z.array(z.string()).nullish(), updated: z.string().nullish(), priority: z.object({ name: z.string() }).nullish(),
    status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }).nullish() }).nullish(), resolution: z.object({ name: z.string() }).nullish().catch(null),
    assignee: z.object({ emailAddress: z.string().nullish(), displayName: z.string().nullish() }).nullish(), issuelinks: z.array(link).max(2_000).nullish().catch(null),
  }),
});
type Fields = z.output<typeof issue>["fields"];
export const FIELDS = ["summary", "status", "assignee", "labels", "priority", "updated", "resolution", "issuelinks"];

/** What a link says of an issue that another one stands for; read from its own side. */
const STANDS_FOR = /^(duplicates|is (a )?duplicate of|(is |was )?merged (in)?to)\b/i;

/** The issue that stands for this one: as a link names it, else as its resolution says that there is one. */
function mergedInto({ issuelinks, resolution }: Fields, isDone: boolean): string | null {
  const named = (issuelinks ?? []).flatMap(({ type, outwardIssue, inwardIssue }) =>
    [...(outwardIssue && STANDS_FOR.test(type.outward ?? "") ? [outwardIssue.key] : []), ...(inwardIssue && STANDS_FOR.test(type.inward ?? "") ? [inwardIssue.key] : [])]);
  return named[0] ?? (isDone && /duplicate/i.test(resolution?.name ?? "") ? UNNAMED : null);
}

/** An end without a fix is said by the resolution, where the status says Done of every end. */
const statusOf = ({ status, resolution }: Fields, isDone: boolean): string | null => (status ? (isDone && resolution && !isDeclined(status.name) && isDeclined(resolution.name) ? `${status.name} (${resolution.name})` : status.name) : null);

export function thereOf(address: string, { id, key, fields }: z.output<typeof issue>): There {
  const category = fields.status?.statusCategory?.key;
  const isDone = category === "done";
  return {
    key, id, url: below(address, "browse", key), status: statusOf(fields, isDone), isDone, isStarted: category === "indeterminate",
    assignee: fields.assignee?.emailAddress ?? fields.assignee?.displayName ?? null, title: fields.summary ?? null, severity: severityFrom(fields.labels ?? []), updatedAt: instantOf(fields.updated),
    priority: fields.priority?.name ?? null, mergedInto: mergedInto(fields, isDone), ...(fields.labels ? { labels: fields.labels } : {}),
  };
}

const changed = z.object({ field: z.string(), fromString: z.string().nullish(), toString: z.unknown() });
const who = z.object({ emailAddress: z.string().nullish(), displayName: z.string().nullish(), name: z.string().nullish() });
const hook = z.object({ webhookEvent: z.string().max(100), timestamp: z.number().nullish(), issue: z.unknown(), user: who.nullish().catch(null), changelog: z.object({ items: z.array(changed).max(1_000) }).nullish() });

/** The address of a Jira by that of one of its issues, below `/rest/`: it may stand behind a path. Empty: none that is known. */
function baseOf(self: string): string {
  if (!URL.canParse(self)) return "";
  const { origin, pathname } = new URL(self);
  const at = pathname.indexOf("/rest/");
  return `${origin}${at > 0 ? pathname.slice(0, at) : ""}`;
}

/** What a webhook of Jira tells. The address of an issue follows from its own `self`. */
export function readHook(body: unknown): readonly HookEvent[] {
  const told = hook.safeParse(body);
  const key = z.object({ key: z.string().min(1).max(100), self: z.string().nullish() }).safeParse(told.data?.issue);
  if (!told.success || !key.success) return [];
  const whole = issue.safeParse(told.data.issue);
  const moved = told.data.changelog?.items.find(({ field, fromString }) => field === "Key" && fromString);
  const kind = told.data.webhookEvent === "jira:issue_deleted" ? "deleted" : moved ? "moved" : /^jira:issue_/.test(told.data.webhookEvent) ? "changed" : "other";
  const base = baseOf(key.data.self ?? "");
  const there = whole.success ? thereOf(base, whole.data) : null;
  const by = told.data.user?.emailAddress ?? told.data.user?.displayName ?? told.data.user?.name ?? null;
  const from = kind === "moved" ? (moved?.fromString ?? key.data.key) : key.data.key;
  return [{ key: from, at: instantAt(told.data.timestamp), kind, there: there && kind === "moved" ? { ...there, key: from, movedTo: there.key } : there, by }];
}

/** Milliseconds since 1970 as an instant; null where there can be none. */
function instantAt(milliseconds: number | null | undefined): Date | null {
  const at = new Date(milliseconds ?? NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** An issue is asked for, and written to, by its id: its key may be another's by now, and what is written then would stand with that. */
export const own = ({ id, key }: Sought): string => id ?? key;
