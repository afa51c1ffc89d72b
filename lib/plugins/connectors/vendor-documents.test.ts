import { describe, expect, it, test, vi } from "vitest";
import { CONNECTOR_SETTINGS } from "@/lib/domain/connector/kinds";
import type { TicketPayload } from "@/lib/domain/ticket/payload";
import { ask } from "@/lib/outbound";
import { startTracker } from "@/lib/testing/start-tracker";
import { answerFaults, callOf, DOCUMENTS, questionFaults, type Talked } from "@/lib/testing/vendor-documents";
import type { Outgoing } from "./contract";
import { openTracker } from "./registry";

// Each question of our connectors, and each answer of the tracker that we test them with, is what the vendor's document says it is: our own excerpt of it, and
// the whole of it where that is at hand.

const VENDORS = ["github", "jira_cloud"] as const;
type Vendor = (typeof VENDORS)[number];
const SETTINGS = {
  github: { repository: "acme/app", people: { "ann@example.test": "ann" } }, jira_cloud: { user: "docket@example.test", project: "SEC", issueType: "Task" },
} as const satisfies Record<Vendor, object>;

const payload: TicketPayload = {
  ticket: "T-7", environment: "Production", permalink: "https://docket.example.test/e/1/tickets/7", title: "SQL injection in /login", description: "The parameter id is not escaped.", severity: "high",
  priority: "urgent", category: null, cwe: [89], cve: [], cvss: null, kev: false, assets: ["web-1"], locations: ["/login?id=1"], impact: null, actions: ["Use parameters."], references: [], assignee: "ann@example.test",
  team: null, cc: [], labels: ["two words"], acknowledgeBy: null, resolveBy: null, checklist: [], findings: [], evidence: [],
};
const ticket: Outgoing = { payload, marker: "docket0123456789abcdef" };
const ann = { name: "Ann", email: "ann@example.test" };

const stubOf = (vendor: Vendor) => startTracker({ vendor, people: [ann.email] });

/** All that a connector ever asks: a ticket is made, changed, given away and taken back, remarked on, the remark looked for, found, looked at, asked for, and the connector tested. */
async function talked(vendor: Vendor): Promise<Talked[]> {
  const stub = await stubOf(vendor);
  const settings = CONNECTOR_SETTINGS[vendor].parse({ ...SETTINGS[vendor], address: stub.address });
  const tracker = openTracker(vendor, { settings, secret: "s3cret" }, (request) => ask(request, { timeout: 5_000, maxBytes: 1_000_000, allowInside: true }));
  if (!tracker) throw new Error("It is a tracker.");
  const at = await tracker.create(ticket);
  await tracker.update?.(at, { ...ticket, assignee: ann });
  await tracker.update?.(at, { ...ticket, fields: ["assignee"], assignee: null, sent: { assignee: ann.email } });
  await tracker.comment?.(at, "Closed in Docket: T-7, patched.");
  expect(await tracker.said?.(at, { text: "Closed in Docket: T-7, patched.", before: null, again: 0, ever: 0, since: new Date(Date.now() - 86_400_000) })).toBe(true);
  await tracker.find?.(ticket.marker);
  const { cursor } = (await tracker.changes?.(null)) ?? { cursor: null };
  await tracker.changes?.(cursor);
  await tracker.look?.(at);
  await tracker.lookAll?.([at]);
  await tracker.test();
  const [issue] = stub.issues;
  Object.assign(issue ?? {}, { status: "done", standsFor: "SEC-9" });
  await tracker.look?.(at);
  Object.assign(issue ?? {}, { wentTo: vendor === "github" ? "/repositories/9/issues/3" : "" });
  await tracker.look?.(at);
  stub.issues.splice(0);
  await expect(tracker.look?.(at)).rejects.toMatchObject({ kind: "gone" });
  return stub.requests.flatMap(({ method, url, body, answer }) => (answer ? [{ method, url, body, answer }] : []));
}

/** Calls that the whole documents at hand do not have, being older or cut, or of which their words say more than their schemas: read by our excerpt alone. */
const BY_EXCERPT: Readonly<Record<Vendor, readonly RegExp[]>> = {
  github: [/^GET \/repos\/acme\/app$/, /^GET \/repositories\//],
  jira_cloud: [/^POST \/rest\/api\/3\/(search\/jql|issue\/bulkfetch)$/, /^GET \/rest\/api\/3\/(mypermissions|issue\/createmeta\/.*|user\/assignable\/search)$/, /^PUT \/rest\/api\/3\/issue\/\d+\/assignee$/],
};
const named = ({ method, url }: Pick<Talked, "method" | "url">) => `${method} ${new URL(url, "http://tracker.test").pathname}`;

describe.each(VENDORS)("%s", (vendor) => {
  const [excerpt, ...whole] = DOCUMENTS[vendor];

  it("is asked as its document says, and the tracker of our tests answers as it does", async () => {
    const all = await talked(vendor);
    expect(new Set(all.flatMap(({ method, url }) => callOf(excerpt, method, new URL(url, "http://tracker.test").pathname) ?? [])), "every call of the excerpt was made").toEqual(new Set(excerpt.calls.keys()));
    for (const one of all) {
      const isKnown = !/^GET \/repositories\//.test(named(one)); // an address that GitHub itself gave
      expect(callOf(excerpt, one.method, new URL(one.url, "http://tracker.test").pathname) !== null, named(one)).toBe(isKnown);
      const isByExcerpt = BY_EXCERPT[vendor].some((pattern) => pattern.test(named(one)));
      for (const document of isByExcerpt ? [excerpt] : [excerpt, ...whole]) {
        if (isKnown) expect(callOf(document, one.method, new URL(one.url, "http://tracker.test").pathname), `${document.name}: ${named(one)}`).not.toBeNull();
        expect({ by: document.name, call: named(one), faults: [...questionFaults(document, one), ...answerFaults(document, one)] }).toEqual({ by: document.name, call: named(one), faults: [] });
      }
    }
  });
});

const github = { title: "A title", labels: ["docket"] };
const jira = { project: { key: "SEC" }, issuetype: { name: "Task" }, summary: "A title" };
const ISSUE = "/repos/acme/app/issues";
const IN_JIRA = "/rest/api/3/issue";

test.each<[Vendor, string, string, unknown]>([
  ["github", "POST", ISSUE, { labels: ["docket"] }], ["github", "POST", ISSUE, { ...github, title: ["A"] }], ["github", "POST", ISSUE, { ...github, labels: "docket" }], ["github", "POST", ISSUE, { ...github, body: 7 }],
  ["github", "PATCH", `${ISSUE}/1`, { labels: "docket" }], ["github", "PATCH", `${ISSUE}/1`, { state: "gone" }], ["github", "PATCH", `${ISSUE}/1`, { title: {} }],
  ["github", "POST", `${ISSUE}/1/comments`, {}], ["github", "POST", `${ISSUE}/1/comments`, { body: 7 }], ["github", "POST", `${ISSUE}/1/assignees`, { assignees: "ann" }], ["github", "DELETE", `${ISSUE}/1/assignees`, {}],
  ["github", "GET", "/search/issues?sort=created", null], ["github", "GET", `${ISSUE}/1/comments?since=yesterday`, null],
  ["jira_cloud", "POST", IN_JIRA, { fields: "A title" }], ["jira_cloud", "POST", IN_JIRA, { fields: jira, update: { labels: { add: "docket" } } }],
  ["jira_cloud", "PUT", `${IN_JIRA}/10001`, { update: { labels: [{ append: "docket" }] } }], ["jira_cloud", "PUT", `${IN_JIRA}/10001`, { fields: ["A title"] }], ["jira_cloud", "POST", `${IN_JIRA}/10001/comment`, { visibility: "all" }],
  ["jira_cloud", "GET", `${IN_JIRA}/10001/comment?orderBy=updated`, null],
  ["jira_cloud", "PUT", `${IN_JIRA}/10001/assignee`, { accountId: "x".repeat(129) }], ["jira_cloud", "POST", "/rest/api/3/search/jql", { jql: 7, fields: [] }], ["jira_cloud", "POST", "/rest/api/3/search/jql", { jql: "", fields: [], startAt: 0 }],
  ["jira_cloud", "POST", `${IN_JIRA}/bulkfetch`, { issueIdsOrKeys: [], fields: [] }], ["jira_cloud", "POST", `${IN_JIRA}/bulkfetch`, { issueIdsOrKeys: "10001" }],
])("%s: what its document refuses, the tracker of our tests refuses: %s %s %j", async (vendor, method, path, body) => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const stub = await stubOf(vendor);
  const send = (how: string, where: string, what: unknown) => ask({ method: how === "GET" || how === "POST" || how === "PUT" || how === "PATCH" || how === "DELETE" ? how : "GET", address: `${stub.address}${where}`, headers: { "Content-Type": "application/json" }, body: what === null ? null : JSON.stringify(what) }, { timeout: 5_000, maxBytes: 1_000_000, allowInside: true });
  expect((await send("POST", vendor === "github" ? ISSUE : IN_JIRA, vendor === "github" ? github : { fields: jira })).status, "what is right is taken").toBe(201);
  const refusals = DOCUMENTS[vendor].filter((document) => callOf(document, method, new URL(path, "http://tracker.test").pathname) !== null).map((document) => [document.name, questionFaults(document, { method, url: path, body }).length > 0]);
  expect(refusals.length).toBeGreaterThan(0);
  expect(refusals).toEqual(refusals.map(([name]) => [name, true]));
  const before = structuredClone(stub.issues);
  const { status } = await send(method, path, body);
  expect([400, 422]).toContain(status);
  expect(stub.issues, "nothing was done").toEqual(before);
  const last = stub.requests.at(-1);
  if (!last?.answer) throw new Error("It answered.");
  const { answer } = last;
  expect(DOCUMENTS[vendor].flatMap((document) => answerFaults(document, { method, url: path, body, answer })).filter((fault) => !fault.startsWith("answer: nothing is said"))).toEqual([]);
});

test("an issue of Jira is written to by its id: its key may be another's by now", async () => {
  const stub = await stubOf("jira_cloud");
  const settings = CONNECTOR_SETTINGS.jira_cloud.parse({ ...SETTINGS.jira_cloud, address: stub.address });
  const tracker = openTracker("jira_cloud", { settings, secret: "s3cret" }, (request) => ask(request, { timeout: 5_000, maxBytes: 1_000_000, allowInside: true }));
  for (const title of ["First", "Second"]) await tracker?.create({ ...ticket, payload: { ...payload, title } });
  const moved = { key: "SEC-1", id: "10002", url: null };
  await tracker?.update?.(moved, { ...ticket, payload: { ...payload, title: "Ours" }, assignee: ann });
  await tracker?.comment?.(moved, "From Docket");
  expect(stub.issues).toMatchObject([{ title: "First", remarks: [], assignee: "" }, { title: "Ours", remarks: [expect.any(String)], assignee: ann.email }]);
});

test("an answer that lacks what is always there, or says it otherwise, is seen", () => {
  const issue = { id: "10001", key: "SEC-1", self: "https://acme.atlassian.net/rest/api/3/issue/10001", fields: {} };
  const faultsOf = (vendor: Vendor, url: string, body: unknown) => DOCUMENTS[vendor].map((document) => answerFaults(document, { method: "GET", url, body: null, answer: { status: 200, body } }).length);
  expect(faultsOf("jira_cloud", `${IN_JIRA}/10001`, issue).every((count) => count === 0)).toBe(true);
  for (const wrong of [{ ...issue, key: 7 }, { ...issue, more: 1 }, { ...issue, self: "no address" }]) expect(faultsOf("jira_cloud", `${IN_JIRA}/10001`, wrong).every((count) => count > 0), JSON.stringify(wrong)).toBe(true);
  expect(faultsOf("github", `${ISSUE}/1`, { id: 1, number: 1, title: "A", state: "open", labels: [] }).every((count) => count > 0)).toBe(true);
});
