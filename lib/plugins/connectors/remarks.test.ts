import { expect, test } from "vitest";
import { CONNECTOR_SETTINGS } from "@/lib/domain/connector/kinds";
import type { Remark } from "@/lib/domain/ticket/remark";
import { ask } from "@/lib/outbound";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import type { TrackerWish } from "@/lib/testing/tracker";
import type { TrackerRequest } from "./contract";
import { openTracker } from "./registry";

// A remark that may have arrived is looked for in the words in which it would be written, however the tracker shows it.

const CLOSED: Remark = { text: "Ann closed T-7 in Docket: Patched.\n\n*Updated*, @team & <b>tested</b>.", before: null, again: 0, ever: 0, since: new Date(Date.now() - 86_400_000) };
const OPENED = "Ann reopened T-7 in Docket: it came back.";

async function tracked(wish: TrackerWish) {
  const stub = await startTracker(wish);
  const tracker = openTracker(wish.vendor, { settings: settingsAt(stub.address)[wish.vendor], secret: "s3cret" }, (request) => ask(request, { timeout: 5_000, maxBytes: 1_000_000, allowInside: true }));
  if (!tracker) throw new Error("It is a tracker.");
  const payload = { ticket: "T-7", title: "A title", severity: "high", priority: "high" } as const;
  const at = await tracker.create({ marker: "docket0123456789abcdef", payload: { ...payload, environment: "E", permalink: "https://docket.example.test", description: "D", category: null, cwe: [], cve: [], cvss: null, kev: false, assets: [], locations: [], impact: null, actions: [], references: [], assignee: null, team: null, cc: [], labels: [], acknowledgeBy: null, resolveBy: null, checklist: [], findings: [], evidence: [] } });
  const say = async (text: string) => tracker.comment?.(at, text);
  const isSaid = async (remark: Partial<Remark> = {}) => tracker.said?.(at, { ...CLOSED, ...remark });
  return { stub, say, isSaid };
}

test.each(["github", "jira_cloud", "servicenow"] as const)("%s: closed, opened, and closed again in the same words are three remarks", async (vendor) => {
  const { stub, say, isSaid } = await tracked({ vendor });
  expect(await isSaid()).toBe(false);
  await say("Hello");
  await say(CLOSED.text);
  expect(await isSaid()).toBe(true);
  expect(await isSaid({ text: `${CLOSED.text} Really.` }), "other words").toBe(false);
  await say(OPENED);
  expect(await isSaid({ before: OPENED, ever: 1 }), "the second closing").toBe(false);
  await say(CLOSED.text);
  for (const issue of stub.issues) issue.saidAt = issue.remarks.map((_, index) => Date.now() + index * 1_000);
  expect(await isSaid({ before: OPENED, ever: 1 })).toBe(true);
  expect(stub.issues[0]?.remarks).toHaveLength(4);
});

test("GitHub lists a hundred at a time, oldest first: the newest are on the last page", async () => {
  const { stub, say, isSaid } = await tracked({ vendor: "github" });
  for (const issue of stub.issues) issue.remarks.push(...Array.from({ length: 250 }, (_, index) => `Word ${index}`));
  await say(CLOSED.text);
  expect(await isSaid()).toBe(true);
  expect(stub.requests.filter(({ method, path }) => method === "GET" && path.includes("/comments?"))).toHaveLength(3);
  expect(await isSaid({ since: new Date(Date.now() + 60_000) }), "nothing older is read").toBe(false);
});

test("ServiceNow dates work notes to the second: of one second, opened again counts as the last, and its closing is rather said twice than lost", async () => {
  const { stub, say, isSaid } = await tracked({ vendor: "servicenow" });
  await say(CLOSED.text);
  await say(OPENED);
  const [issue] = stub.issues;
  Object.assign(issue ?? {}, { remarks: issue?.remarks.toReversed(), saidAt: [1_000, 1_000] });
  expect(await isSaid({ before: OPENED })).toBe(false);
});

test("ServiceNow: whose user may not read the journal says that nothing stands there", async () => {
  const { say, isSaid } = await tracked({ vendor: "servicenow", readsJournal: false });
  await say(CLOSED.text);
  expect(await isSaid()).toBe(false);
});

test("Jira Data Center shows what was written, in its own markup, and in whatever order", async () => {
  const written: string[] = [];
  const asked: TrackerRequest[] = [];
  const settings = CONNECTOR_SETTINGS.jira_dc.parse({ address: "https://jira.example.test", project: "SEC" });
  const tracker = openTracker("jira_dc", { settings, secret: "s3cret" }, (request) => {
    asked.push(request);
    if (request.method === "POST") written.push(String(JSON.parse(request.body ?? "{}").body));
    const comments = written.map((body, index) => ({ id: String(9 + index), body: body.replaceAll("\n", "\r\n") }));
    return Promise.resolve({ status: request.method === "POST" ? 201 : 200, headers: {}, text: JSON.stringify(request.method === "POST" ? { id: "9" } : { startAt: 0, maxResults: 100, total: comments.length, comments: comments.toReversed() }) });
  });
  const at = { key: "SEC-1", id: "10001", url: null };
  for (const text of [CLOSED.text, OPENED]) await tracker?.comment?.(at, text);
  expect(await tracker?.said?.(at, CLOSED)).toBe(true);
  expect(await tracker?.said?.(at, { ...CLOSED, before: OPENED })).toBe(false);
  expect(asked.at(-1)).toMatchObject({ method: "GET", address: "https://jira.example.test/rest/api/2/issue/10001/comment?orderBy=-created&maxResults=100" });
});
