import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Ask } from "./contract";
import { hookOf, openTracker } from "./registry";

// What a tracker says is asked for whole, and what was seen on its way once is not told again as news.

const asked = z.object({ jql: z.string(), nextPageToken: z.string().optional() });

/** A tracker in which so many issues were changed within one minute, and some a minute later; its query knows minutes alone. */
function busyTracker(within: number, later: number): Ask {
  const issues = Array.from({ length: within + later }, (_, at) => {
    const updated = new Date(Date.UTC(2027, 0, 1, 12, at < within ? 0 : 1, at < within ? Math.floor((at * 59) / within) : 0));
    return { id: String(at), key: `SEC-${at}`, fields: { summary: "s", labels: ["docket"], updated: updated.toISOString(), assignee: null, priority: null, status: null } };
  });
  return async ({ address, body }) => {
    if (address.endsWith("/myself")) return { status: 200, headers: {}, text: JSON.stringify({ timeZone: "UTC" }) };
    const { jql, nextPageToken } = asked.parse(JSON.parse(body ?? "{}"));
    const from = /updated >= "(\d+)\/(\d+)\/(\d+) (\d+:\d+)"/.exec(jql);
    const since = from ? `${from[1]}-${from[2]}-${from[3]}T${from[4]}` : "";
    const fitting = issues.filter(({ fields }) => fields.updated >= since);
    const start = Number(nextPageToken?.slice("page ".length) ?? 0);
    return { status: 200, headers: {}, text: JSON.stringify({ issues: fitting.slice(start, start + 100), ...(start + 100 < fitting.length ? { nextPageToken: `page ${start + 100}` } : {}) }) };
  };
}

test("more changes within one minute than all pages of a turn hold do not keep those after them away", async () => {
  const settings = { address: "https://acme.atlassian.net", user: "docket@example.test", project: "SEC", issueType: "Task" };
  const tracker = openTracker("jira_cloud", { settings, secret: "s3cret-s3cret" }, busyTracker(2_500, 30));
  const seen = new Set<string>();
  let since: string | null = null;
  let [pages, more] = [0, true];
  for (; more && pages < 60; pages++) {
    const turn: Awaited<ReturnType<NonNullable<NonNullable<typeof tracker>["changes"]>>> | undefined = await tracker?.changes?.(since);
    for (const { key } of turn?.found ?? []) seen.add(key);
    since = turn?.cursor ?? null;
    more = turn?.more ?? false;
  }
  expect([seen.size, more, since]).toEqual([2_530, false, "2027-01-01T12:01:00.000Z"]);
  expect(pages, "hardly a page is read twice").toBeLessThan(30);
});

const JIRA = { settings: { address: "https://acme.atlassian.net", user: "docket@example.test", project: "SEC", issueType: "Task" }, secret: "s3cret-s3cret" };

/** A turn: as many pages as there are, with how often each address was asked. */
async function turn(ask: Ask, since: string | null) {
  const asked: string[] = [];
  const tracker = openTracker("jira_cloud", JIRA, (request) => {
    asked.push(request.address.split("/").at(-1) ?? "");
    return ask(request);
  });
  let cursor = since;
  for (let more = true; more;) {
    const page: Awaited<ReturnType<NonNullable<NonNullable<typeof tracker>["changes"]>>> | undefined = await tracker?.changes?.(cursor);
    more = (page?.more ?? false) && page?.cursor !== cursor;
    cursor = page?.cursor ?? null;
  }
  return { cursor, users: asked.filter((one) => one === "myself").length, pages: asked.filter((one) => one === "jql").length };
}

test("who asks is asked once in a turn; a minute of many pages is read again while it may grow, and never once it has settled", async () => {
  const busy = busyTracker(950, 0);
  const at = (date: string): Ask => async (request) => ({ ...(await busy(request)), headers: { date } });
  const first = await turn(at("Fri, 01 Jan 2027 12:01:30 GMT"), null);
  expect(first).toMatchObject({ users: 1, cursor: "2027-01-01T12:00:58.000Z" });
  expect(first.pages).toBeGreaterThan(9);
  const again = await turn(at("Fri, 01 Jan 2027 12:03:00 GMT"), first.cursor);
  expect([again.pages, again.cursor], "something of it may still come into the search").toEqual([10, first.cursor]);
  const settled = await turn(at("Fri, 01 Jan 2027 12:06:00 GMT"), again.cursor);
  expect(settled).toMatchObject({ pages: 10, cursor: "2027-01-01T12:01:00.000Z" });
  expect(await turn(at("Fri, 01 Jan 2027 12:07:00 GMT"), settled.cursor)).toEqual({ pages: 1, users: 1, cursor: settled.cursor });
});

test("forty of twenty thousand issues on GitHub are found by halves; one without our label and a pull request are not among them", async () => {
  const numbers = Array.from({ length: 20_000 }, (_, at) => at * 3 + 1).filter((number) => number !== 30_001);
  let asked = 0;
  const listing: Ask = async ({ address }) => {
    asked++;
    const page = Number(new URL(address).searchParams.get("page"));
    const found = numbers.slice((page - 1) * 100, page * 100).map((number) => ({ id: number, number, html_url: `https://github.com/acme/app/issues/${number}`, title: "x", state: "open", ...(number === 30_004 ? { pull_request: {} } : {}) }));
    return { status: 200, headers: {}, text: JSON.stringify(found) };
  };
  const tracker = openTracker("github", { settings: { repository: "acme/app" }, secret: "s3cret-s3cret" }, listing);
  const wanted = Array.from({ length: 40 }, (_, at) => ({ key: String(30_001 + at * 3), id: null }));
  const found = await tracker?.lookAll?.(wanted);
  expect(found?.map(({ key }) => key)).toEqual(wanted.slice(2).map(({ key }) => key));
  expect(asked).toBeLessThan(20);
  expect(await tracker?.lookAll?.([{ key: "no number", id: null }])).toEqual([]);
});

test("issues of Jira say of which other one they are the duplicate, as a link or the resolution says it; a fix is none", () => {
  const read = (fields: Record<string, unknown>) => hookOf("jira_cloud")?.read({ webhookEvent: "jira:issue_updated", timestamp: 1, issue: { id: "1", key: "SEC-1", fields: { status: { name: "Done", statusCategory: { key: "done" } }, ...fields } } }, {})[0]?.there;
  const type = { name: "Duplicate", inward: "is duplicated by", outward: "duplicates" };
  expect(read({ resolution: { name: "Fixed" }, issuelinks: [{ type: { inward: "is blocked by", outward: "blocks" }, outwardIssue: { key: "SEC-7" } }] })).toMatchObject({ mergedInto: null, status: "Done" });
  expect(read({ resolution: { name: "Duplicate" } })).toMatchObject({ mergedInto: "another issue", status: "Done (Duplicate)" });
  expect(read({ issuelinks: [{ type, inwardIssue: { key: "SEC-8" } }, { type, outwardIssue: { key: "SEC-9" } }] })).toMatchObject({ mergedInto: "SEC-9" });
  expect(read({ issuelinks: [{ type, inwardIssue: { key: "SEC-8" } }] }), "the other one is the duplicate").toMatchObject({ mergedInto: null });
  expect(read({ issuelinks: "many", resolution: { name: "Won't Do" } }), "an end without a fix").toMatchObject({ mergedInto: null, status: "Done (Won't Do)" });
});

test("a page that the tracker knows no more is not asked for without end: the minute is read from its begin", async () => {
  const busy = busyTracker(300, 0);
  const settings = { address: "https://acme.atlassian.net", user: "docket@example.test", project: "SEC", issueType: "Task" };
  const forgetful: Ask = async (request) => (request.body?.includes("nextPageToken") ? { status: 400, headers: {}, text: JSON.stringify({ errorMessages: ["The token has expired."] }) } : busy(request));
  const turn = await openTracker("jira_cloud", { settings, secret: "s3cret-s3cret" }, forgetful)?.changes?.("2027-01-01T12:00:00.000Z|page 200");
  expect(turn?.found.map(({ key }) => key).slice(0, 2)).toEqual(["SEC-0", "SEC-1"]);
});

test("an issue that was changed between two numbered pages does not hide the one that took its place", async () => {
  const issues = Array.from({ length: 150 }, (_, at) => ({ id: String(at), key: `SEC-${at}`, fields: { summary: "s", labels: ["docket"], updated: "2027-01-01T12:00:00.000Z", assignee: null, priority: null, status: null } }));
  const moving: Ask = async ({ address, body }) => {
    if (address.endsWith("/myself")) return { status: 200, headers: {}, text: JSON.stringify({ timeZone: "UTC" }) };
    const { startAt } = z.object({ startAt: z.number() }).parse(JSON.parse(body ?? "{}"));
    const page = issues.slice(startAt, startAt + 100);
    issues.push(...issues.splice(0, 1)); // the oldest is changed now
    return { status: 200, headers: {}, text: JSON.stringify({ issues: page, startAt, total: issues.length }) };
  };
  const tracker = openTracker("jira_dc", { settings: { address: "https://jira.acme.test", project: "SEC", issueType: "Task" }, secret: "s3cret-s3cret" }, moving);
  const since = "2027-01-01T12:00:00.000Z";
  const first = await tracker?.changes?.(since);
  const second = await tracker?.changes?.(first?.cursor ?? null);
  expect(new Set([...(first?.found ?? []), ...(second?.found ?? [])].map(({ key }) => key)).size).toBe(150);
});

const own = hookOf("custom");
const delivered = (text: string, headers: Record<string, string>) => ({ body: Buffer.from(text), headers });

test("who captured a delivery cannot send it again under another name: its signed time names it", () => {
  const body = JSON.stringify({ key: "7", done: true });
  const time = { "x-docket-timestamp": "1800000000", "x-docket-signature": `sha256=${createHmac("sha256", "s").update(`1800000000.${body}`).digest("hex")}` };
  const [first, renamed] = ["a", "b"].map((name) => delivered(body, { ...time, "x-docket-delivery": name }));
  if (!own || !first || !renamed) throw new Error("It takes no webhooks.");
  expect([own.isSigned(first, "s"), own.keyOf(first) === own.keyOf(renamed)]).toEqual([true, true]);
  expect(own.keyOf(first)).not.toBe(own.keyOf(delivered(body, { ...time, "x-docket-timestamp": "1800000001" })));
});

test("what nobody dates is no news; a body's own date goes before that of its sending", () => {
  const read = (body: unknown, headers: Record<string, string> = {}) => own?.read(body, headers).map(({ at }) => at?.toISOString());
  expect(read({ key: "7", done: true })).toEqual([]);
  expect(read({ key: "7", done: true }, { "x-docket-timestamp": "1800000000" })).toEqual(["2027-01-15T08:00:00.000Z"]);
  expect(read({ key: "7", done: true, at: "2027-01-01T00:00:00Z" }, { "x-docket-timestamp": "1800000000" })).toEqual(["2027-01-01T00:00:00.000Z"]);
});

test("a report that nothing dates is told from one that is dated, and from what is no report", () => {
  const isUndated = (body: unknown, headers: Record<string, string> = {}) => own?.isUndated?.(body, headers);
  expect([isUndated({ key: "7", done: true }), isUndated({ key: "7", at: null })]).toEqual([true, true]);
  expect([isUndated({ key: "7" }, { "x-docket-timestamp": "1800000000" }), isUndated({ key: "7", at: "2027-01-01T00:00:00Z" }), isUndated({ ping: true }), isUndated(null)]).toEqual([false, false, false, false]);
  expect(hookOf("servicenow")?.isUndated, "its record is looked up").toBeUndefined();
});
