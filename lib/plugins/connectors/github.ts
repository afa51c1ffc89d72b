import { z } from "zod";
import { CONNECTOR_SETTINGS, type ConnectorSettings } from "@/lib/domain/connector/kinds";
import { storable } from "@/lib/domain/storable";
import { LABEL_CUT } from "@/lib/domain/ticket/drift";
import { renderWithin } from "@/lib/domain/ticket/template";
import { escapeMarkdown } from "@/lib/domain/ticket/writers/markdown";
import { expectDone, faultOf, hashOf, instantOf, isSignedBy, labelsOf, markerText, readAnswer, severityFrom, unassigned } from "./answers";
import { isChanged, TrackerFault, type Asking, type Check, type Connector, type HookEvent, type Left, type Outgoing, type Place, type There, type TrackerRequest } from "./contract";
import { labelChange, labelsAfter } from "./labels";

// GitHub's REST interface: https://docs.github.com/en/rest/issues/issues and /rest/search/search#search-issues-and-pull-requests

type Settings = ConnectorSettings["github"];

const issue = z.object({
  id: z.number(), number: z.number().int(), html_url: z.string().max(2_000), title: z.string(), state: z.string(), state_reason: z.string().nullish(), updated_at: z.string().nullish(), body: z.string().nullish(),
  assignee: z.object({ login: z.string() }).nullish(), pull_request: z.unknown().optional(), labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).default([]),
});
type Issue = z.output<typeof issue>;
const found = z.object({ incomplete_results: z.boolean(), items: z.array(issue).max(100) });
const PAGE = 100;
const MOST_PAGES = 20;
const VERSION = "2022-11-28";

function request({ settings, secret }: Place<Settings>, method: TrackerRequest["method"], path: string, body: unknown = null): TrackerRequest {
  return {
    method, address: `${settings.address}${path}`, body: body === null ? null : JSON.stringify(body),
    headers: { Accept: "application/vnd.github+json", Authorization: `Bearer ${secret}`, "User-Agent": "Docket", "X-GitHub-Api-Version": VERSION, ...(body === null ? {} : { "Content-Type": "application/json" }) },
  };
}

const issues = ({ settings }: Place<Settings>): string => `/repos/${settings.repository}/issues`;
const names = ({ labels }: Issue): string[] => labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? [])));

function thereOf(given: Issue): There {
  const { state, state_reason: reason } = given;
  return {
    key: String(given.number), id: String(given.id), url: given.html_url, status: reason && state === "closed" ? `${state} (${reason.replaceAll("_", " ")})` : state, isDone: state === "closed",
    isStarted: state === "open" && Boolean(given.assignee), assignee: given.assignee?.login ?? null, title: given.title, severity: severityFrom(names(given)), updatedAt: instantOf(given.updated_at),
    labels: names(given),
  };
}

/** The text, and below it the marker as a word of its own: the search finds words of the body. */
function textOf({ payload, marker }: Outgoing): { title: string; body: string } {
  return { title: storable(payload.title.replace(/\s+/g, " "), 250), body: `${renderWithin(payload, "markdown", 60_000)}\n\n${markerText(marker)}\n` };
}

/** A label is cut where GitHub would refuse it. */
const written = (label: string): string => storable(label, LABEL_CUT);

function creation(place: Place<Settings>, ticket: Outgoing): TrackerRequest {
  const { payload } = ticket;
  const priority = place.settings.labels[payload.priority];
  const labels = [...labelsOf(payload.labels, payload.severity), ...(priority ? [priority] : [])].map(written);
  return request(place, "POST", issues(place), { ...textOf(ticket), labels });
}

async function read(place: Asking<Settings>, key: string): Promise<Issue> {
  return readAnswer(await place.ask(request(place, "GET", `${issues(place)}/${encodeURIComponent(key)}`)), issue, `Looking at #${key}`, false);
}

async function look(place: Asking<Settings>, key: string): Promise<There> {
  const answer = await place.ask(request(place, "GET", `${issues(place)}/${encodeURIComponent(key)}`));
  // a transferred issue points to where it went, by the number of its new repository
  if (answer.status === 301) throw new TrackerFault("gone", `#${key} was transferred to another repository.`, "Link the ticket to it by hand.");
  if (answer.status === 404 || answer.status === 410) throw new TrackerFault("gone", `There is no #${key} in ${place.settings.repository} any more.`);
  return thereOf(readAnswer(answer, issue, `Looking at #${key}`, false));
}

async function find(place: Asking<Settings>, marker: string): Promise<readonly There[]> {
  const asked = new URLSearchParams({ q: `"${markerText(marker)}" in:body repo:${place.settings.repository} is:issue`, sort: "created", order: "asc", per_page: String(PAGE) });
  const answer = readAnswer(await place.ask(request(place, "GET", `/search/issues?${asked.toString()}`)), found, "The search", false);
  if (answer.incomplete_results) throw new TrackerFault("server", "The search ran out of time and is not whole.");
  return answer.items.filter(({ body }) => body?.includes(markerText(marker)) ?? true).map(thereOf);
}

async function update(place: Asking<Settings>, { key }: { key: string }, ticket: Outgoing): Promise<readonly Left[]> {
  const { title, body } = textOf(ticket);
  const change: Record<string, unknown> = isChanged(ticket, "title") ? { title, body } : { body };
  const labels = labelChange(ticket, written, place.settings.labels);
  if (labels.added.length + labels.gone.length > 0) change["labels"] = labelsAfter(names(await read(place, key)), labels);
  expectDone(await place.ask(request(place, "PATCH", `${issues(place)}/${encodeURIComponent(key)}`, change)), `Changing #${key}`);
  return assign(place, key, ticket);
}

/** Gives an issue to whom the ticket is given, as the settings name them: a user name is never guessed. Takes off only whom we gave it to before. */
async function assign(place: Asking<Settings>, key: string, ticket: Outgoing): Promise<readonly Left[]> {
  const { assignee, sent } = ticket;
  if (assignee === undefined || !isChanged(ticket, "assignee")) return [];
  const at = `${issues(place)}/${encodeURIComponent(key)}/assignees`;
  const before = loginOf(place, sent?.assignee);
  const login = loginOf(place, assignee?.email);
  if (assignee !== null && login === null) return unassigned(ticket, `The connector's settings name no user of ${assignee.email}.`);
  if (assignee === null && before === null) return ticket.pushes ? unassigned(ticket, "Whoever is assigned there was assigned there.") : [];
  if (login !== null) {
    const answer = await place.ask(request(place, "GET", `${at}/${encodeURIComponent(login)}`));
    if (answer.status === 404) return unassigned(ticket, `${login} may not be assigned there.`);
    if (answer.status !== 204) throw faultOf(answer, `Looking for ${login}`);
    expectDone(await place.ask(request(place, "POST", at, { assignees: [login] })), `Assigning #${key}`);
  }
  if (before !== null && before !== login) expectDone(await place.ask(request(place, "DELETE", at, { assignees: [before] })), `Assigning #${key}`);
  return [];
}

/** The user name of whoever has this address; null: the settings name none. */
function loginOf({ settings }: Place<Settings>, email: string | null | undefined): string | null {
  return Object.entries(settings.people).find(([known]) => known.toLowerCase() === email?.toLowerCase())?.[1] ?? null;
}

const repository = z.object({ full_name: z.string(), has_issues: z.boolean(), archived: z.boolean().default(false), permissions: z.object({ push: z.boolean().default(false), triage: z.boolean().default(false) }).nullish() });

async function test(place: Asking<Settings>): Promise<readonly Check[]> {
  const name = place.settings.repository;
  const answer = await place.ask(request(place, "GET", `/repos/${name}`));
  if (answer.status === 404) throw new TrackerFault("permission", `${name} is not there, or the token does not see it.`, "Give the token access to this repository, and look at its name.");
  if (answer.status !== 200) throw faultOf(answer, `Looking at ${name}`);
  const seen = readAnswer(answer, repository, `Looking at ${name}`, false);
  const mayLabel = seen.permissions?.push === true || seen.permissions?.triage === true;
  const isTaken = seen.has_issues && !seen.archived;
  return [
    { name: "reachable", ok: true, detail: place.settings.address, fix: null },
    { name: "credentials", ok: true, detail: `The token sees ${seen.full_name}.`, fix: null },
    { name: "permission", ok: mayLabel, detail: mayLabel ? "It may write issues and labels." : "It may not set labels: a change of severity over there would not be seen.", fix: mayLabel ? null : "Give the token's user triage access, and the token read and write of issues." },
    { name: "fields", ok: isTaken, detail: isTaken ? "It takes issues." : seen.archived ? "The repository is archived." : "Issues are switched off there.", fix: isTaken ? null : "Switch issues on in the repository's settings, or take another repository." },
  ];
}

const delivered = z.object({ action: z.string().max(50), issue: z.looseObject({ number: z.number().int(), pull_request: z.unknown().optional() }), changes: z.looseObject({}).nullish(), sender: z.object({ login: z.string() }).nullish().catch(null) });
const GONE: Readonly<Record<string, HookEvent["kind"]>> = { deleted: "deleted", transferred: "moved" };

/** GitHub issues: found again by the marker in their text. */
export const github: Connector<Settings> = {
  kind: "github",
  settings: CONNECTOR_SETTINGS.github,
  writes: "markdown",
  creation,
  create: async (place, ticket) => {
    const made = readAnswer(await place.ask(creation(place, ticket)), issue.pick({ id: true, number: true, html_url: true }), "Creating the issue", true);
    return { key: String(made.number), id: String(made.id), url: made.html_url };
  },
  find,
  update,
  comment: async (place, { key }, text) => {
    readAnswer(await place.ask(request(place, "POST", `${issues(place)}/${encodeURIComponent(key)}/comments`, { body: escapeMarkdown(text) })), z.object({ id: z.number() }), `Commenting on #${key}`, true);
  },
  look,
  changes: async (place, since) => {
    const all: Issue[] = [];
    // a page may end in the second in which it began: then the next one, or the same would be asked for ever
    for (let page = 1; ; page++) {
      const asked = new URLSearchParams({ state: "all", labels: "docket", sort: "updated", direction: "asc", per_page: String(PAGE), page: String(page), ...(since === null ? {} : { since }) });
      const some = readAnswer(await place.ask(request(place, "GET", `${issues(place)}?${asked.toString()}`)), z.array(issue).max(PAGE), "Asking what changed", false);
      all.push(...some);
      const cursor = all.at(-1)?.updated_at ?? since ?? new Date(0).toISOString();
      const isFull = some.length === PAGE;
      if (!isFull || cursor !== since || page === MOST_PAGES) return { found: all.filter((each) => each.pull_request === undefined).map(thereOf), cursor, more: isFull };
    }
  },
  test,
  hook: {
    isSigned: (delivery, secret) => isSignedBy(delivery, "x-hub-signature-256", secret),
    keyOf: (delivery) => delivery.headers["x-github-delivery"] ?? hashOf(delivery),
    read: (body, headers) => {
      const told = delivered.safeParse(body);
      if (!told.success || told.data.issue.pull_request !== undefined) return [];
      const whole = issue.safeParse(told.data.issue);
      const there = whole.success ? thereOf(whole.data) : null;
      const kind = (headers["x-github-event"] ?? "issues") === "issues" ? (GONE[told.data.action] ?? "changed") : "other";
      return [{ key: String(told.data.issue.number), at: there?.updatedAt ?? null, kind, there, by: told.data.sender?.login ?? null }];
    },
  },
};
