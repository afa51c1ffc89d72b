import { z } from "zod";
import { CONNECTOR_SETTINGS, type ConnectorSettings } from "@/lib/domain/connector/kinds";
import { storable } from "@/lib/domain/storable";
import { LABEL_CUT } from "@/lib/domain/ticket/drift";
import { renderWithin } from "@/lib/domain/ticket/template";
import { expectDone, faultOf, hashOf, isSignedBy, labelsOf, markerText, readAnswer, unassigned } from "./answers";
import { isChanged, TrackerFault, type Asking, type Check, type Connector, type HookEvent, type Left, type Outgoing, type Place, type Sought, type There, type TrackerRequest } from "./contract";
import { issue, issues, look, nameOf, names, present, read, request, thereOf, type Issue } from "./github-issue";
import { comment, said } from "./github-remarks";
import { labelChange, labelsAfter } from "./labels";
import { described } from "./texts";

// GitHub's REST interface: https://docs.github.com/en/rest/issues/issues and /rest/search/search#search-issues-and-pull-requests

type Settings = ConnectorSettings["github"];

const found = z.object({ incomplete_results: z.boolean(), items: z.array(issue).max(100) });
const PAGE = 100;
const MOST_PAGES = 20;

/** The text, and below it the marker as a word of its own: the search finds words of the body. */
const describe = ({ payload, marker }: Outgoing): string => `${renderWithin(payload, "markdown", 60_000)}\n\n${markerText(marker)}\n`;
const titleOf = ({ payload }: Outgoing): string => storable(payload.title.replace(/\s+/g, " "), 250);

/** A label is cut where GitHub would refuse it. */
const written = (label: string): string => storable(label, LABEL_CUT);

function creation(place: Place<Settings>, ticket: Outgoing): TrackerRequest {
  const { payload } = ticket;
  const priority = place.settings.labels[payload.priority];
  const labels = [...labelsOf(payload.labels, payload.severity), ...(priority ? [priority] : [])].map(written);
  return request(place, "POST", issues(place), { title: titleOf(ticket), body: describe(ticket), labels });
}

/** Pages that are asked for at most to find some issues among all of ours: by halves, so a hundred thousand issues are a dozen. */
const MOST_LEAFED = 24;

/**
 * Ours are listed as they were made, so their numbers ascend: the page on which the first of these stands is found by halves, and from there on it is read on.
 * An issue without our label is in no such list.
 */
async function lookAll(place: Asking<Settings>, all: readonly Sought[]): Promise<There[]> {
  const numbers = all.map(({ key }) => Number(key)).filter(Number.isSafeInteger).sort((one, other) => one - other);
  const [least, most] = [numbers.at(0), numbers.at(-1)];
  if (least === undefined || most === undefined) return [];
  const pages = new Map<number, Issue[]>();
  const leaf = async (page: number): Promise<Issue[]> => {
    const asked = new URLSearchParams({ state: "all", labels: "docket", sort: "created", direction: "asc", per_page: String(PAGE), page: String(page) });
    const some = pages.get(page) ?? readAnswer(await place.ask(request(place, "GET", `${issues(place)}?${asked.toString()}`)), z.array(issue).max(PAGE), "Looking for issues", false);
    pages.set(page, some);
    return some;
  };
  const isPast = (some: readonly Issue[]) => some.length < PAGE || (some.at(-1)?.number ?? 0) >= least;
  let [before, at] = [0, 1];
  while (!isPast(await leaf(at)) && pages.size < MOST_LEAFED) [before, at] = [at, at * 2];
  while (at - before > 1 && pages.size < MOST_LEAFED) {
    const half = Math.floor((before + at) / 2);
    if (isPast(await leaf(half))) at = half;
    else before = half;
  }
  for (let page = at; pages.size < MOST_LEAFED; page++) {
    const some = await leaf(page);
    if (some.length < PAGE || (some.at(-1)?.number ?? 0) >= most) break;
  }
  const wanted = new Map(all.map(({ key, id }) => [key, id]));
  const isSought = ({ number, id }: Issue) => wanted.has(String(number)) && [null, String(id)].includes(wanted.get(String(number)) ?? null);
  return [...pages.values()].flat().filter((each) => isSought(each) && each.pull_request === undefined).map(thereOf);
}

async function find(place: Asking<Settings>, marker: string): Promise<readonly There[]> {
  const asked = new URLSearchParams({ q: `"${markerText(marker)}" in:body repo:${place.settings.repository} is:issue`, sort: "created", order: "asc", per_page: String(PAGE) });
  const answer = readAnswer(await place.ask(request(place, "GET", `/search/issues?${asked.toString()}`)), found, "The search", false);
  if (answer.incomplete_results) throw new TrackerFault("server", "The search ran out of time and is not whole.");
  return answer.items.filter(({ body }) => body?.includes(markerText(marker)) ?? true).map(thereOf);
}

async function update(place: Asking<Settings>, at: Sought, ticket: Outgoing): Promise<readonly Left[]> {
  const { key } = at;
  const seen = await read(place, at);
  const text = await described(ticket, describe, () => Promise.resolve(seen.body));
  const labels = labelChange(ticket, written, place.settings.labels);
  const change = {
    ...(isChanged(ticket, "title") ? { title: titleOf(ticket) } : {}), ...("description" in text.writes ? { body: text.writes.description } : {}),
    ...(labels.added.length + labels.gone.length > 0 ? { labels: labelsAfter(names(seen), labels) } : {}),
  };
  if (Object.keys(change).length > 0) expectDone(await present(place, key, request(place, "PATCH", `${issues(place)}/${encodeURIComponent(key)}`, change)), `Changing #${key}`);
  return [...text.left, ...(await assign(place, key, ticket))];
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
    expectDone(await present(place, key, request(place, "POST", at, { assignees: [login] })), `Assigning #${key}`);
  }
  if (before !== null && before !== login) expectDone(await present(place, key, request(place, "DELETE", at, { assignees: [before] })), `Assigning #${key}`);
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

const delivered = z.object({
  action: z.string().max(50), issue: z.looseObject({ number: z.number().int(), pull_request: z.unknown().optional() }),
  changes: z.object({ new_issue: z.object({ number: z.number().int(), html_url: z.string().max(2_000).nullish() }), new_repository: z.object({ full_name: z.string().max(200) }).nullish() }).nullish().catch(null),
  repository: z.object({ full_name: z.string().max(300) }).nullish().catch(null),
  sender: z.object({ login: z.string() }).nullish().catch(null),
});
/** Where a transferred issue is now; null: it was not posted. */
function newPlace(changes: z.output<typeof delivered>["changes"]): string | null {
  if (!changes) return null;
  const { new_issue: { number, html_url: page }, new_repository: where } = changes;
  return where ? `${where.full_name}#${number}` : page ? nameOf(page) : null;
}

/** A webhook of a whole organisation tells of every repository, and each has the same numbers. */
function isElsewhere(told: string | undefined, settings: unknown): boolean {
  const ours = CONNECTOR_SETTINGS.github.safeParse(settings).data?.repository;
  return told !== undefined && ours !== undefined && told.toLowerCase() !== ours.toLowerCase();
}

const GONE: Readonly<Record<string, HookEvent["kind"]>> = { deleted: "deleted", transferred: "moved" };

/** GitHub issues: found again by the marker in their text. */
export const github: Connector<Settings> = {
  kind: "github",
  settings: CONNECTOR_SETTINGS.github,
  writes: "markdown",
  describe,
  creation,
  create: async (place, ticket) => {
    const made = readAnswer(await place.ask(creation(place, ticket)), issue.pick({ id: true, number: true, html_url: true }), "Creating the issue", true);
    return { key: String(made.number), id: String(made.id), url: made.html_url };
  },
  find,
  update,
  comment,
  said,
  look,
  lookAll,
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
    read: (body, headers, settings) => {
      const told = delivered.safeParse(body);
      if (!told.success || told.data.issue.pull_request !== undefined || isElsewhere(told.data.repository?.full_name, settings)) return [];
      const whole = issue.safeParse(told.data.issue);
      const kind = (headers["x-github-event"] ?? "issues") === "issues" ? (GONE[told.data.action] ?? "changed") : "other";
      const shown = whole.success ? thereOf(whole.data) : null;
      const there = shown && kind === "moved" ? { ...shown, isDeleted: true, wentTo: newPlace(told.data.changes) } : shown;
      return [{ key: String(told.data.issue.number), at: there?.updatedAt ?? null, kind, there, by: told.data.sender?.login ?? null }];
    },
  },
};
