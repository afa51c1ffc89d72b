import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it, test } from "vitest";
import { CONNECTOR_KINDS, CONNECTOR_SETTINGS, connectorRule, type ConnectorKind } from "@/lib/domain/connector/kinds";
import type { TicketPayload } from "@/lib/domain/ticket/payload";
import { isLookedFor } from "@/lib/domain/ticket/words";
import { ask } from "@/lib/outbound";
import { StubTracker, type TrackerTrouble, type Vendor } from "@/lib/testing/tracker";
import { faultOf, patienceOf } from "./answers";
import type { Outgoing } from "./contract";
import { bodyOf } from "./custom";
import { openTracker, shownRequest } from "./registry";

const payload: TicketPayload = {
  ticket: "T-7", environment: "Production", permalink: "https://docket.example.test/e/1/tickets/7", title: "SQL injection in /login", description: "The parameter id is not escaped.", severity: "high",
  priority: "urgent", category: null, cwe: [89], cve: [], cvss: null, kev: false, assets: ["web-1"], locations: ["/login?id=1"], impact: null, actions: ["Use parameters."], references: [], assignee: "ann@example.test",
  team: null, cc: ["bob@example.test", "no address"], labels: ["two words"], acknowledgeBy: null, resolveBy: null, checklist: [], findings: [], evidence: [],
};
const ticket: Outgoing = { payload, marker: "docket0123456789abcdef" };
const GIVEN: Record<ConnectorKind, Record<string, unknown>> = {
  jira_cloud: { address: "https://acme.atlassian.net/", user: "d@example.test", project: "SEC" }, jira_dc: { address: "https://jira.example.test", project: "SEC" },
  servicenow: { address: "https://acme.service-now.com", user: "docket" }, github: { repository: "acme/app" },
  custom: { address: "https://tickets.example.test/api", headers: { "X-Team": "sec" }, body: { "issue.title": "{title}", "issue.sev": "{severity}", "__proto__.x": "{unknown} {marker}" } }, email: { to: "a@example.test, b@example.test" },
};

test("the folder and the registry hold the same plug-ins, and each kind has its rule and settings that read alike twice", () => {
  const tools = ["answers.ts", "contract.ts", "github-issue.ts", "github-remarks.ts", "jira.ts", "jira-changes.ts", "jira-issue.ts", "jira-test.ts", "jira-people.ts", "labels.ts", "registry.ts", "texts.ts"];
  const files = fs.readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !tools.includes(file));
  const listed = [...fs.readFileSync(path.join(import.meta.dirname, "registry.ts"), "utf8").matchAll(/from "\.\/([a-z-]+)"/g)].map(([, name]) => `${name}.ts`).filter((name) => name !== "contract.ts");
  expect(files.sort()).toEqual(listed.sort());
  for (const kind of CONNECTOR_KINDS) {
    const read = CONNECTOR_SETTINGS[kind].parse(GIVEN[kind]);
    expect(CONNECTOR_SETTINGS[kind].parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
    const shape = Object.keys(CONNECTOR_SETTINGS[kind].shape);
    expect(connectorRule(kind).fields.map(({ key }) => key).filter((key) => key !== "secret").sort()).toEqual(shape.sort());
    const tracker = openTracker(kind, { settings: read, secret: "s" }, () => Promise.reject(new Error("not asked")));
    expect(tracker === null ? false : tracker.find !== null, "what may be searched").toBe(connectorRule(kind).isSearched);
    expect(isLookedFor(kind), "what is said of it").toBe(connectorRule(kind).isSearched);
  }
});

test.each(["jira_cloud", "github", "custom"] as const)("%s: a tracker that quotes in its error what it was shown is not quoted with it", async (kind) => {
  const secret = "correct-horse-battery";
  const tracker = openTracker(kind, { settings: CONNECTOR_SETTINGS[kind].parse(GIVEN[kind]), secret }, ({ headers }) => Promise.resolve({ status: 400, headers: {}, text: JSON.stringify({ message: `Bad request, with ${JSON.stringify(Object.values(headers))}` }) }));
  const said = await tracker?.create(ticket).then(() => "nothing", (error: unknown) => String(error));
  expect(said).toContain("Bad request");
  expect(said).not.toContain(secret);
  expect(said).not.toContain(Buffer.from(`d@example.test:${secret}`).toString("base64"));
});

describe("the request that is shown", () => {
  it.each(CONNECTOR_KINDS)("%s: word by word, without the secret", (kind) => {
    const shown = shownRequest(kind, CONNECTOR_SETTINGS[kind].parse(GIVEN[kind]), ticket);
    expect(JSON.stringify(shown)).not.toContain(Buffer.from("d@example.test:").toString("base64").slice(0, 12));
    expect(shown.body).toContain("SQL injection in");
    if (kind !== "email") expect(JSON.stringify(shown.headers)).toContain("••••");
  });

  it("a custom mapping makes a nested body; names that a program might take for its own are data", () => {
    const { body } = shownRequest("custom", CONNECTOR_SETTINGS.custom.parse(GIVEN.custom), ticket);
    expect(JSON.parse(body ?? "")).toMatchObject({ issue: { title: payload.title, sev: "high" } });
    expect(body).toContain('"x": "{unknown} docket0123456789abcdef"');
    expect(bodyOf({ "a.b": "1", a: "2" }, {})).toEqual({ a: "2" });
    expect("x" in {}, "nothing was polluted").toBe(false);
  });

  it("a letter goes to the list, and to those of the ticket that have an address", () => {
    expect(shownRequest("email", CONNECTOR_SETTINGS.email.parse(GIVEN.email), ticket)).toMatchObject({ address: "mailto:a@example.test,b@example.test", headers: { Cc: "ann@example.test, bob@example.test", Subject: "[T-7] SQL injection in /login" } });
  });
});

test.each([
  [401, {}, '{"errorMessages":["No."],"errors":{}}', "credentials"], [403, {}, "{}", "permission"], [403, { "x-ratelimit-remaining": "0" }, '{"message":"API rate limit exceeded"}', "limited"], [404, {}, "", "gone"], [410, {}, "", "gone"],
  [429, {}, "", "limited"], [400, {}, '{"errorMessages":[],"errors":{"labels":"Field cannot be set."}}', "invalid"], [422, {}, '{"message":"Validation Failed","errors":[{"field":"title","code":"missing"}]}', "invalid"], [302, {}, "", "invalid"],
  [503, {}, "<html>", "server"], [408, {}, "", "server"],
] as const)("status %i %j %s is %s", (status, headers, text, kind) => {
  const fault = faultOf({ status, headers, text }, "Creating");
  expect(fault.kind).toBe(kind);
  if (text.includes("labels")) expect(fault.message).toContain("labels: Field cannot be set.");
  if (text.includes("Validation")) expect(fault.message).toContain("Validation Failed; title: missing");
});

test("patience in seconds, as an instant or as a limit that is set back, by the answer's own clock", () => {
  const date = "Fri, 02 Jan 2026 10:00:00 GMT";
  expect(patienceOf({ "retry-after": "17" })).toBe(17);
  expect(patienceOf({ date, "retry-after": "Fri, 02 Jan 2026 10:01:30 GMT" })).toBe(90);
  expect(patienceOf({ date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.parse(date) / 1_000 + 60) })).toBe(60);
  expect(patienceOf({})).toBeNull();
});

const open: StubTracker[] = [];
afterEach(async () => {
  for (const tracker of open.splice(0)) await tracker.close();
});

async function tried(vendor: Vendor, more: { settings?: Record<string, unknown>; trouble?: TrackerTrouble; authorization?: string } = {}) {
  const stub = await StubTracker.start({ vendor, trouble: () => more.trouble ?? null, ...(more.authorization ? { authorization: more.authorization } : {}) });
  open.push(stub);
  const settings = { ...GIVEN[vendor], address: stub.address, ...more.settings };
  return openTracker(vendor, { settings, secret: "s" }, (request) => ask(request, { timeout: 2_000, maxBytes: 1_000_000, allowInside: true }))?.test();
}

describe("the test says what to mend", () => {
  it("a field that is required and not given, by its name", async () => {
    expect((await tried("jira_cloud"))?.at(-1)).toMatchObject({ name: "fields", ok: false, detail: "Task requires customfield_10010 (customfield_10010).", fix: "Give each a value under Further fields, by its id." });
    expect((await tried("jira_cloud", { settings: { fields: { customfield_10010: '{"value":"Web"}' } } }))?.map(({ name, ok }) => [name, ok])).toEqual([["reachable", true], ["credentials", true], ["permission", true], ["fields", true]]);
    expect((await tried("jira_cloud", { settings: { issueType: "Epic" } }))?.at(-1)).toMatchObject({ ok: false, fix: "Take one of: Task." });
    expect((await tried("servicenow"))?.at(-1)).toMatchObject({ ok: false, detail: "incident requires u_service." });
    expect((await tried("github"))?.every(({ ok }) => ok)).toBe(true);
  });

  it.each(["jira_cloud", "github", "servicenow"] as const)("%s: refused credentials, permission, a sign-in page, an error inside", async (vendor) => {
    await expect(tried(vendor, { authorization: "Bearer another" })).rejects.toMatchObject({ kind: "credentials", fix: expect.stringContaining("secret") });
    await expect(tried(vendor, { trouble: "refused" })).rejects.toMatchObject({ kind: "permission" });
    await expect(tried(vendor, { trouble: "html" })).rejects.toMatchObject({ kind: "server", fix: expect.stringContaining("address") });
    await expect(tried(vendor, { trouble: "error_inside" })).rejects.toMatchObject({ message: expect.stringContaining("error inside") });
  });
});
