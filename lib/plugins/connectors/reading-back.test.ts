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
