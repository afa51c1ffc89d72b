import { z } from "zod";
import type { ConnectorSettings } from "@/lib/domain/connector/kinds";
import { storable } from "@/lib/domain/storable";
import { below, expectDone, faultOf, furtherFields, hashOf, instantOf, isSignedBy, labelsOf, markerText, readAnswer } from "./answers";
import { isChanged, TrackerFault, type Asking, type Connector, type Outgoing, type Place, type Sought, type There, type TrackerAnswer, type TrackerRequest } from "./contract";
import { changesOf } from "./jira-changes";
import { created, FIELDS, issue, own, readHook, thereOf } from "./jira-issue";
import { assign, type Naming } from "./jira-people";
import { labelChange } from "./labels";
import { described, isSaidAmong } from "./texts";
import { tested } from "./jira-test";

// What Jira Cloud and Jira Data Center have in common: REST interface, versions 3 and 2.
// https://developer.atlassian.com/cloud/jira/platform/rest/v3 and https://developer.atlassian.com/server/jira/platform/rest

type Settings = ConnectorSettings["jira_dc"] & { user?: string };

/** In what the two differ. `naming`: how they name people; `several`: the question for issues by id or key; `describe`: the description in its format; `remark`: a comment; `search`: how the query language is asked. */
export type Flavour<S extends Settings> = {
  version: "2" | "3";
  authorization: (place: Place<S>) => string;
  describe: (ticket: Outgoing) => unknown;
  remark: (text: string) => unknown;
  naming: Naming;
  search: (jql: string, next: string | null) => Question;
  several: (all: readonly Sought[]) => Question;
};
type Question = { path: string; body: Record<string, unknown> };

const found = z.object({ issues: z.array(issue).max(1_000), nextPageToken: z.string().nullish(), total: z.number().nullish(), startAt: z.number().nullish(), warningMessages: z.array(z.string()).nullish() });
const withText = z.object({ fields: z.object({ description: z.unknown() }) });
const remarks = z.object({ comments: z.array(z.object({ id: z.string(), body: z.unknown() })).max(1_000) });
const MOST_REMARKS = 100;
const MOST_PAGES = 20;
/** Jira refuses longer texts: "It exceeds the allowed limit of 32,767 characters." The setting of the server that says so is jira.text.field.character.limit. */
export const MOST_TEXT = 32_767;

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
    return { ...(isChanged(ticket, "title") ? { summary } : {}), ...(priority && isChanged(ticket, "priority") ? { priority: { name: priority } } : {}) };
  };
  const creation = (place: Place<S>, ticket: Outgoing): TrackerRequest => request(place, "POST", at(place, "issue"), {
    fields: {
      ...furtherFields(place.settings.fields), ...fieldsOf(place, ticket), description: flavour.describe(ticket), project: { key: place.settings.project }, issuetype: { name: place.settings.issueType },
      labels: [...labelsOf(ticket.payload.labels.map(written), ticket.payload.severity), markerText(ticket.marker)],
    },
  });
  const several = async (place: Asking<S>, { path, body }: Question): Promise<z.output<typeof found> & { at: Date | null }> => {
    const answer = await place.ask(request(place, "POST", at(place, ...path.split("/")), { ...body, fields: FIELDS }));
    return { ...readAnswer(answer, found, "The search", false), at: instantOf(answer.headers["date"]) };
  };
  const page = async (place: Asking<S>, jql: string, from: string | null): Promise<{ found: There[]; next: string | null; at: Date | null }> => {
    const answer = await several(place, flavour.search(jql, from));
    const past = Number(from ?? 0) + answer.issues.length;
    return { found: answer.issues.map((each) => thereOf(place.settings.address, each)), next: answer.nextPageToken ?? ((answer.total ?? 0) > past && answer.issues.length > 0 ? String(past) : null), at: answer.at };
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

  /** A question about an issue, or a change of it. Jira says of every issue that it does not exist where the project is not seen any more: then none is gone. @throws TrackerFault then */
  const askOf = async (place: Asking<S>, asked: TrackerRequest): Promise<TrackerAnswer> => {
    const given = await place.ask(asked);
    if (given.status !== 404) return given;
    const { project } = place.settings;
    const answer = await place.ask(request(place, "GET", at(place, "project", project)));
    if (answer.status === 404 || answer.status === 403) throw new TrackerFault("permission", `Project ${project} is not there, or its user does not see it any more.`, `Let its user browse ${project}, and look at the key of the project in the settings of the connector.`);
    if (answer.status !== 200) throw faultOf(answer, `Looking at ${project}`);
    return given;
  };
  const lookAll = async (place: Asking<S>, all: readonly Sought[]): Promise<There[]> => (await several(place, flavour.several(all))).issues.map((each) => thereOf(place.settings.address, each));
  return { at, request, fieldsOf, creation, search, page, lookAll, askOf };
}

/** Everything of the plug-in but its name and its settings. */
export function jiraOf<S extends Settings>(flavour: Flavour<S>): Omit<Connector<S>, "kind" | "settings"> {
  const { at, request, fieldsOf, creation, search, page, lookAll, askOf } = requestsOf(flavour);
  return {
    writes: flavour.version === "3" ? "document" : "wiki",
    describe: flavour.describe,
    creation,
    create: async (place, ticket) => {
      const { id, key } = readAnswer(await place.ask(creation(place, ticket)), created, "Creating the issue", true);
      return { id, key, url: below(place.settings.address, "browse", key) };
    },
    find: (place, marker) => search(place, `labels = "${markerText(marker)}" ORDER BY created ASC`),
    update: async (place, issueAt, ticket) => {
      const { added, gone } = labelChange(ticket, written);
      const labels = [...gone.map((remove) => ({ remove })), ...added.map((add) => ({ add }))];
      const text = await described(ticket, flavour.describe, async () => {
        const asked = request(place, "GET", `${at(place, "issue", own(issueAt))}?fields=description`);
        return readAnswer(await askOf(place, asked), withText, `Looking at ${issueAt.key}`, false).fields.description;
      });
      const fields = { ...fieldsOf(place, ticket), ...text.writes };
      const body = { ...(Object.keys(fields).length > 0 ? { fields } : {}), ...(labels.length > 0 ? { update: { labels } } : {}) };
      if (Object.keys(body).length > 0) expectDone(await askOf(place, request(place, "PUT", at(place, "issue", own(issueAt)), body)), `Changing ${issueAt.key}`);
      const left = await assign({
        get: (query, ...parts) => place.ask(request(place, "GET", `${at(place, ...parts)}${query}`)), put: (body, ...parts) => place.ask(request(place, "PUT", at(place, ...parts), body)),
      }, { key: issueAt.key, own: own(issueAt) }, ticket, flavour.naming);
      return [...text.left, ...left];
    },
    comment: async (place, issueAt, text) => {
      readAnswer(await askOf(place, request(place, "POST", at(place, "issue", own(issueAt), "comment"), { body: flavour.remark(text) })), z.object({ id: z.string() }), `Commenting on ${issueAt.key}`, true);
    },
    said: async (place, issueAt, remark) => {
      const asked = request(place, "GET", `${at(place, "issue", own(issueAt), "comment")}?orderBy=-created&maxResults=${MOST_REMARKS}`);
      const { comments } = readAnswer(await askOf(place, asked), remarks, `Reading the comments of ${issueAt.key}`, false);
      // by their ids, which ascend: several may be of one moment
      return isSaidAmong(comments.toSorted((one, other) => Number(one.id) - Number(other.id)).map(({ body }) => body), remark, flavour.remark);
    },
    lookAll,
    look: async (place, { key, id }) => {
      const answer = readAnswer(await askOf(place, request(place, "GET", `${at(place, "issue", own({ key, id }))}?fields=${FIELDS.join(",")}`)), issue, `Looking at ${key}`, false);
      const there = thereOf(place.settings.address, answer);
      return answer.key === key ? there : { ...there, key, movedTo: answer.key };
    },
    changes: changesOf({ page, zone: (place) => place.ask(request(place, "GET", at(place, "myself"))) }),
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
