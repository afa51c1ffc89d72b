import { z } from "zod";
import type { ConnectorSettings } from "@/lib/domain/connector/kinds";
import { UNNAMED } from "@/lib/domain/ticket/words";
import { faultOf, instantOf, parsed, readAnswer, severityFrom } from "./answers";
import { TrackerFault, type Asking, type Place, type Sought, type There, type TrackerAnswer, type TrackerRequest } from "./contract";

// How GitHub is asked, and one of its issues as it shows it; what it says of those that are not there.

type Settings = ConnectorSettings["github"];

export const issue = z.object({
  id: z.number(), number: z.number().int(), html_url: z.string().max(2_000), title: z.string(), state: z.string(), state_reason: z.string().nullish(), updated_at: z.string().nullish(), body: z.string().nullish(),
  assignee: z.object({ login: z.string() }).nullish(), pull_request: z.unknown().optional(), labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).default([]),
});
export type Issue = z.output<typeof issue>;

const VERSION = "2022-11-28";

export function request({ settings, secret }: Place<Settings>, method: TrackerRequest["method"], path: string, body: unknown = null): TrackerRequest {
  return {
    method, address: `${settings.address}${path}`, body: body === null ? null : JSON.stringify(body),
    headers: { Accept: "application/vnd.github+json", Authorization: `Bearer ${secret}`, "User-Agent": "Docket", "X-GitHub-Api-Version": VERSION, ...(body === null ? {} : { "Content-Type": "application/json" }) },
  };
}

export const issues = ({ settings }: Place<Settings>): string => `/repos/${settings.repository}/issues`;
export const names = ({ labels }: Issue): string[] => labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? [])));

export function thereOf(given: Issue): There {
  const { state, state_reason: reason } = given;
  return {
    key: String(given.number), id: String(given.id), url: given.html_url, status: reason && state === "closed" ? `${state} (${reason.replaceAll("_", " ")})` : state, isDone: state === "closed",
    isStarted: state === "open" && Boolean(given.assignee), assignee: given.assignee?.login ?? null, title: given.title, severity: severityFrom(names(given)), updatedAt: instantOf(given.updated_at),
    labels: names(given), mergedInto: state === "closed" && reason === "duplicate" ? UNNAMED : null,
  };
}

/** What GitHub answers of an issue that is not there: it was transferred, is not seen, or was deleted. */
const AWAY = [301, 404, 410];

const switched = z.object({ has_issues: z.boolean() });

/**
 * Why an issue does not answer. The same is said of all of them where the repository has another name now, or the token does not see it any more: then none is
 * gone. @throws TrackerFault unless it was transferred
 */
async function away(place: Asking<Settings>, key: string, answer: TrackerAnswer): Promise<There> {
  const name = place.settings.repository;
  const whole = await place.ask(request(place, "GET", `/repos/${name}`));
  if (whole.status === 301) throw new TrackerFault("invalid", `${name} has another name now.`, "Give its new name in the settings of the connector.");
  if (whole.status === 404) throw new TrackerFault("permission", `${name} is not there, or the token does not see it any more.`, "Give the token access to this repository, and look at its name.");
  if (whole.status !== 200) throw faultOf(whole, `Looking at ${name}`);
  if (switched.safeParse(parsed(whole.text)).data?.has_issues === false) throw new TrackerFault("invalid", `Issues are switched off in ${name}.`, "Switch them on there, or remove the connector.");
  if (answer.status !== 301) throw new TrackerFault("gone", `There is no #${key} in ${name} any more.`);
  return { ...NOWHERE, key, isDeleted: true, wentTo: (await newNameOf(place, answer.headers["location"] ?? "")) ?? "another repository" };
}

/** What an issue is called where it was taken; null: that is not seen. Nobody but the same interface is asked. */
async function newNameOf(place: Asking<Settings>, address: string): Promise<string | null> {
  const path = address.startsWith(`${place.settings.address}/`) ? address.slice(place.settings.address.length) : null;
  const answer = path === null ? null : await place.ask(request(place, "GET", path));
  const read = answer?.status === 200 ? issue.safeParse(parsed(answer.text)) : null;
  return read?.success ? nameOf(read.data.html_url) : null;
}

/** acme/app#7, from its page. */
export const nameOf = (page: string): string => page.replace(/^.*?([^/]+\/[^/]+)\/issues\/(\d+)$/, "$1#$2");

const NOWHERE = { id: null, url: null, status: null, isDone: false, isStarted: false, assignee: null, title: null, severity: null, updatedAt: null } as const;

/** An issue has its number in its repository alone: where the settings name another one now, the same number is somebody else's issue. @throws TrackerFault `gone` then */
function ours({ settings: { repository: name } }: Place<Settings>, { key, id }: Sought, seen: Issue): Issue {
  if (id !== null && id !== String(seen.id)) throw new TrackerFault("gone", `#${key} of ${name} is not the issue of this ticket, which stands in another repository.`, "Give the connector the repository that its tickets were made in, or link the ticket to another issue by hand.");
  return seen;
}

/** A question about an issue whose answer is read on, or a change of it. @throws TrackerFault `gone` where it was transferred or deleted */
export async function present(place: Asking<Settings>, key: string, asked: TrackerRequest): Promise<TrackerAnswer> {
  const answer = await place.ask(asked);
  if (!AWAY.includes(answer.status)) return answer;
  const { wentTo } = await away(place, key, answer);
  throw new TrackerFault("gone", `#${key} was transferred to ${wentTo}.`, "Link the ticket to another issue by hand, or close it.");
}

/** The issue as it stands, before it is written to. */
export async function read(place: Asking<Settings>, at: Sought): Promise<Issue> {
  return ours(place, at, readAnswer(await present(place, at.key, request(place, "GET", `${issues(place)}/${encodeURIComponent(at.key)}`)), issue, `Looking at #${at.key}`, false));
}

export async function look(place: Asking<Settings>, sought: Sought): Promise<There> {
  const { key } = sought;
  const answer = await place.ask(request(place, "GET", `${issues(place)}/${encodeURIComponent(key)}`));
  return AWAY.includes(answer.status) ? away(place, key, answer) : thereOf(ours(place, sought, readAnswer(answer, issue, `Looking at #${key}`, false)));
}
