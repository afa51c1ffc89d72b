import { z } from "zod";
import type { ConnectorSettings } from "@/lib/domain/connector/kinds";
import { storable } from "@/lib/domain/storable";
import { below, expectDone, furtherFields, hashOf, instantOf, isSignedBy, labelsOf, markerText, readAnswer, severityFrom } from "./answers";
import { isChanged, TrackerFault, type Asking, type Connector, type HookEvent, type Outgoing, type Place, type There, type TrackerRequest } from "./contract";
import { assign, type Naming } from "./jira-people";
import { labelChange } from "./labels";
import { tested } from "./jira-test";

// What Jira Cloud and Jira Data Center have in common: REST interface, versions 3 and 2.
// https://developer.atlassian.com/cloud/jira/platform/rest/v3 and https://developer.atlassian.com/server/jira/platform/rest

type Settings = ConnectorSettings["jira_dc"] & { user?: string };

/** In what the two differ. `naming`: how they name people; `describe`: the description in its format; `remark`: a comment; `search`: how the query language is asked. */
export type Flavour<S extends Settings> = {
  version: "2" | "3";
  authorization: (place: Place<S>) => string;
  describe: (ticket: Outgoing) => unknown;
  remark: (text: string) => unknown;
  naming: Naming;
  search: (jql: string, next: string | null) => { path: string; body: Record<string, unknown> };
};

const created = z.object({ id: z.string().max(100), key: z.string().min(1).max(100) });
const issue = created.extend({
  fields: z.object({
    summary: z.string().nullish(), labels: z.array(z.string()).nullish(), updated: z.string().nullish(), priority: z.object({ name: z.string() }).nullish(),
    status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }).nullish() }).nullish(),
    assignee: z.object({ emailAddress: z.string().nullish(), displayName: z.string().nullish() }).nullish(),
  }),
});
const found = z.object({ issues: z.array(issue).max(1_000), nextPageToken: z.string().nullish(), total: z.number().nullish(), startAt: z.number().nullish(), warningMessages: z.array(z.string()).nullish() });
const FIELDS = ["summary", "status", "assignee", "labels", "priority", "updated"];
const MOST_PAGES = 20;
/** Issues of a numbered page that are read again with the next one. */
const OVERLAP = 20;
/** Jira refuses longer texts: "It exceeds the allowed limit of 32,767 characters." The setting of the server that says so is jira.text.field.character.limit. */
export const MOST_TEXT = 32_767;

export function thereOf(address: string, { id, key, fields }: z.output<typeof issue>): There {
  const category = fields.status?.statusCategory?.key;
  return {
    key, id, url: below(address, "browse", key), status: fields.status?.name ?? null, isDone: category === "done", isStarted: category === "indeterminate",
    assignee: fields.assignee?.emailAddress ?? fields.assignee?.displayName ?? null, title: fields.summary ?? null, severity: severityFrom(fields.labels ?? []), updatedAt: instantOf(fields.updated),
    priority: fields.priority?.name ?? null, ...(fields.labels ? { labels: fields.labels } : {}),
  };
}

const changed = z.object({ field: z.string(), fromString: z.string().nullish(), toString: z.unknown() });
const who = z.object({ emailAddress: z.string().nullish(), displayName: z.string().nullish(), name: z.string().nullish() });
const hook = z.object({ webhookEvent: z.string().max(100), timestamp: z.number().nullish(), issue: z.unknown(), user: who.nullish().catch(null), changelog: z.object({ items: z.array(changed).max(1_000) }).nullish() });

/** What a webhook of Jira tells. The address of an issue follows from its own `self`. */
export function readHook(body: unknown): readonly HookEvent[] {
  const told = hook.safeParse(body);
  const key = z.object({ key: z.string().min(1).max(100), self: z.string().nullish() }).safeParse(told.data?.issue);
  if (!told.success || !key.success) return [];
  const whole = issue.safeParse(told.data.issue);
  const moved = told.data.changelog?.items.find(({ field, fromString }) => field === "Key" && fromString);
  const kind = told.data.webhookEvent === "jira:issue_deleted" ? "deleted" : moved ? "moved" : /^jira:issue_/.test(told.data.webhookEvent) ? "changed" : "other";
  const base = URL.canParse(key.data.self ?? "") ? new URL(key.data.self ?? "").origin : "";
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

/** A label is one word. */
const written = (label: string): string => label.replace(/\s+/g, "-");

/** The requests of a flavour. */
function requestsOf<S extends Settings>(flavour: Flavour<S>) {
  const at = ({ settings }: Place<S>, ...parts: readonly string[]) => below(`${settings.address}/rest/api/${flavour.version}`, ...parts);
  const request = (place: Place<S>, method: TrackerRequest["method"], address: string, body: unknown = null): TrackerRequest => ({
    method, address, body: body === null ? null : JSON.stringify(body),
    headers: { Accept: "application/json", Authorization: flavour.authorization(place), ...(body === null ? {} : { "Content-Type": "application/json" }) },
  });
  const fieldsOf = ({ settings }: Place<S>, ticket: Outgoing) => {
    const priority = settings.priorities[ticket.payload.priority];
    const summary = storable(ticket.payload.title.replace(/\s+/g, " "), 254);
    return { ...(isChanged(ticket, "title") ? { summary } : {}), description: flavour.describe(ticket), ...(priority && isChanged(ticket, "priority") ? { priority: { name: priority } } : {}) };
  };
  const creation = (place: Place<S>, ticket: Outgoing): TrackerRequest => request(place, "POST", at(place, "issue"), {
    fields: {
      ...furtherFields(place.settings.fields), ...fieldsOf(place, ticket), project: { key: place.settings.project }, issuetype: { name: place.settings.issueType },
      labels: [...labelsOf(ticket.payload.labels.map(written), ticket.payload.severity), markerText(ticket.marker)],
    },
  });
  const page = async (place: Asking<S>, jql: string, from: string | null): Promise<{ found: There[]; next: string | null }> => {
    const { path, body } = flavour.search(jql, from);
    const answer: z.output<typeof found> = readAnswer(await place.ask(request(place, "POST", at(place, ...path.split("/")), { ...body, fields: FIELDS })), found, "The search", false);
    const past = Number(from ?? 0) + answer.issues.length;
    return { found: answer.issues.map((each) => thereOf(place.settings.address, each)), next: answer.nextPageToken ?? ((answer.total ?? 0) > past && answer.issues.length > 0 ? String(past) : null) };
  };
  const search = async (place: Asking<S>, jql: string): Promise<There[]> => {
    const all: There[] = [];
    let next: string | null = null;
    for (let count = 0; count === 0 || (next !== null && count < MOST_PAGES); count++) {
      const some: Awaited<ReturnType<typeof page>> = await page(place, jql, next);
      all.push(...some.found);
      next = some.next;
    }
    return all;
  };

  return { at, request, fieldsOf, creation, search, page };
}

/** Everything of the plug-in but its name and its settings. */
export function jiraOf<S extends Settings>(flavour: Flavour<S>): Omit<Connector<S>, "kind" | "settings"> {
  const { at, request, fieldsOf, creation, search, page } = requestsOf(flavour);
  return {
    writes: flavour.version === "3" ? "document" : "wiki",
    creation,
    create: async (place, ticket) => {
      const { id, key } = readAnswer(await place.ask(creation(place, ticket)), created, "Creating the issue", true);
      return { id, key, url: below(place.settings.address, "browse", key) };
    },
    find: (place, marker) => search(place, `labels = "${markerText(marker)}" ORDER BY created ASC`),
    update: async (place, { key }, ticket) => {
      const { added, gone } = labelChange(ticket, written);
      const labels = [...gone.map((remove) => ({ remove })), ...added.map((add) => ({ add }))];
      expectDone(await place.ask(request(place, "PUT", at(place, "issue", key), { fields: fieldsOf(place, ticket), ...(labels.length > 0 ? { update: { labels } } : {}) })), `Changing ${key}`);
      return assign({
        get: (query, ...parts) => place.ask(request(place, "GET", `${at(place, ...parts)}${query}`)), put: (body, ...parts) => place.ask(request(place, "PUT", at(place, ...parts), body)),
      }, key, ticket, flavour.naming);
    },
    comment: async (place, { key }, text) => {
      readAnswer(await place.ask(request(place, "POST", at(place, "issue", key, "comment"), { body: flavour.remark(text) })), z.object({ id: z.string() }), `Commenting on ${key}`, true);
    },
    look: async (place, key) => {
      const answer = readAnswer(await place.ask(request(place, "GET", `${at(place, "issue", key)}?fields=${FIELDS.join(",")}`)), issue, `Looking at ${key}`, false);
      const there = thereOf(place.settings.address, answer);
      return answer.key === key ? there : { ...there, key, movedTo: answer.key };
    },
    changes: async (place, since) => {
      const { timeZone } = readAnswer(await place.ask(request(place, "GET", at(place, "myself"))), z.object({ timeZone: z.string() }), "Asking for the user", false);
      const [instant, token = null] = since?.split("|") ?? [null];
      const minute = (when: string | null | undefined) => (when ? minuteIn(timeZone, new Date(when)) : null);
      const from = instant ? ` AND updated >= "${minute(instant)}"` : "";
      const jql = `project = "${place.settings.project}" AND labels = "docket"${from} ORDER BY updated ASC`;
      const { found: some, next } = await page(place, jql, overlapped(token)).catch((error: unknown) => {
        if (token !== null && error instanceof TrackerFault && error.kind === "invalid") return page(place, jql, null); // it knows that page no more: the minute is read from its begin
        throw error;
      });
      const last = some.at(-1)?.updatedAt?.toISOString() ?? instant ?? new Date(0).toISOString();
      // the query knows minutes alone: of one in which more changed than a page holds the next page is asked for, or the same would be for ever
      const isOneMinute = next !== null && minute(last) === minute(instant);
      return { found: some, cursor: isOneMinute ? `${instant}|${next}` : last, more: next !== null };
    },
    test: (place) => tested({
      settings: place.settings,
      get: (query, ...parts) => place.ask(request(place, "GET", `${at(place, ...parts)}${query}`)),
    }),
    hook: {
      isSigned: (delivery, secret) => isSignedBy(delivery, "x-hub-signature", secret),
      keyOf: (delivery) => delivery.headers["x-atlassian-webhook-identifier"] ?? hashOf(delivery),
      read: readHook,
    },
  };
}

/** A page that is numbered begins somewhat sooner than the last one ended: what was changed meanwhile has left its place, and those behind it moved up. */
function overlapped(token: string | null): string | null {
  return token !== null && /^\d+$/.test(token) ? String(Math.max(0, Number(token) - OVERLAP)) : token;
}

/** An instant as the query language reads it: to the minute, where the asking user lives. */
export function minuteIn(timeZone: string, at: Date): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const parts = new Map<string, string>(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}/${parts.get("month")}/${parts.get("day")} ${parts.get("hour")}:${parts.get("minute")}`;
}
