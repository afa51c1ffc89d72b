import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { can, NEVER_BY_TOKEN, ROLES, type Act, type Role } from "@/lib/domain/access/can";
import { OPERATIONS } from "@/lib/doors/operations/all";
import { SESSION_COOKIE, sealSession } from "@/lib/doors/session-cookie";
import { readAssetFilter } from "@/lib/domain/asset/address";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { addressOf, BODIES, NOWHERE, type Aim } from "@/lib/testing/bodies";
import { logLength } from "@/lib/testing/expect-audit";
import { CONNECTOR, makeGround, type Ground } from "@/lib/testing/ground";
import { makeMember } from "@/lib/testing/make";
import { call, exportsOf, makeToken, ROUTES } from "@/lib/testing/rest";

// Every role x every entry (call, action, other route) x own environment, another one, a record that is not there.
// The entries come from the list of calls and from the files themselves: one that this page does not know fails it.

const jar = vi.hoisted((): { value: string | undefined; name: string } => ({ value: undefined, name: "" }));
vi.mock("next/headers", () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (name === jar.name && jar.value !== undefined ? { name, value: jar.value } : undefined) }),
  headers: () => Promise.resolve(new Headers()),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined, revalidateTag: () => undefined, refresh: () => undefined }));

let own: Ground;
let other: Ground;
const tokens = new Map<Role, string>();
const sessions = new Map<Role, string>();

beforeAll(async () => {
  jar.name = SESSION_COOKIE;
  own = await makeGround();
  other = await makeGround();
  for (const role of ROLES) {
    const person = await makeMember(own.environment, role);
    tokens.set(role, (await makeToken(own.environment, role, 7, person.id)).token);
    sessions.set(role, await sealSession({ person: person.personId, version: 1 }));
  }
}, 120_000);

const METHODS = { get: "GET", post: "POST", patch: "PATCH", put: "PUT", delete: "DELETE" } as const;

type Entry = { name: string; act: Act | null; names: boolean; scoped: boolean; ask: (at: Ground, aim: Aim, role: Role | null) => Promise<number> };

const CALLS: Entry[] = Object.entries(OPERATIONS).map(([name, { method, path: template, act }]) => ({
  name, act, names: /\{(number|id)\}/.test(template), scoped: template.includes("{env}"),
  ask: async (at, aim, role) => {
    const token = role === null ? {} : { token: tokens.get(role) ?? "" };
    const sound = BODIES[name]?.(at);
    const body = typeof sound === "string" ? { bytes: sound } : { body: sound };
    return (await call(METHODS[method], addressOf(template, name === "removeConnector" ? { ...at, connector: at.spares.call } : at, aim), { ...token, ...body })).status;
  },
}));

type Sample = { act: Act; raw: (at: Ground, number: number) => unknown; names: boolean };
const items = (number: number) => [{ number, version: 99 }];

const steerRaw: Sample["raw"] = ({ environment, bulk: id }, number) => ({ environment, bulk: number === NOWHERE ? NOWHERE : id });

/** Every exported server action, with what it must be permitted by and a sound input. */
const ACTIONS: Record<string, Sample> = {
  decideFindings: { act: "finding.decide", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), response: "investigating" }) },
  keepDecisions: { act: "finding.review", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), note: "Still right." }) },
  amendDecisions: { act: "finding.amend", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), note: "As agreed." }) },
  assignFindings: { act: "finding.assign", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), assignee: null }) },
  routeFindings: { act: "finding.route", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), decision: "record_only", reason: "For the test." }) },
  setFindingState: { act: "finding.set_state", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), state: null }) },
  tagFindings: { act: "finding.tag", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), add: ["x"], remove: [] }) },
  calibrateFinding: { act: "finding.calibrate", names: false, raw: ({ environment }, number) => ({ environment, number, version: 99, calibrated: "low", reason: "Why." }) },
  addEvidence: { act: "finding.evidence", names: false, raw: ({ environment }, number) => ({ environment, number, version: 99, kind: "retest", note: "Looked." }) },
  approveAcceptances: { act: "acceptance.approve", names: false, raw: ({ environment }, number) => ({ environment, items: items(number) }) },
  refuseAcceptances: { act: "acceptance.approve", names: false, raw: ({ environment }, number) => ({ environment, items: items(number), note: "No." }) },
  revertAction: { act: "finding.revert", names: true, raw: ({ environment, action }, number) => ({ environment, actionId: number === NOWHERE ? randomUUID() : action }) },
  previewBulk: { act: "finding.bulk_filter", names: false, raw: ({ environment }) => ({ environment, filter: { tab: "all" }, action: { tags: { add: ["bulk"], remove: [] } } }) },
  ...Object.fromEntries(["startBulk", "pauseBulk", "resumeBulk", "cancelBulk"].map((name) => [name, { act: "finding.bulk", names: true, raw: steerRaw }])),
  undoBulk: { act: "finding.revert", names: true, raw: steerRaw },
  loadMyBulks: { act: "finding.read", names: false, raw: ({ environment }) => ({ environment }) },
  loadBulkItems: { act: "finding.read", names: true, raw: steerRaw },
  carryDecision: { act: "finding.decide", names: true, raw: ({ environment, carry }, number) => ({ environment, items: [{ carry: number === NOWHERE ? NOWHERE : carry }] }) },
  dismissCarry: { act: "finding.decide", names: true, raw: ({ environment, carry }, number) => ({ environment, carry: number === NOWHERE ? NOWHERE : carry }) },
  carryAllOfScan: { act: "finding.bulk", names: true, raw: ({ environment, scan }, number) => ({ environment, scan: number === NOWHERE ? NOWHERE : scan }) },
  loadCarries: { act: "finding.read", names: false, raw: ({ environment, scan }) => ({ environment, scan }) },
  applySuggestions: { act: "finding.decide", names: true, raw: ({ environment, suggestion }, number) => ({ environment, items: [{ suggestion: number === NOWHERE ? NOWHERE : suggestion }] }) },
  ignoreSuggestions: { act: "finding.decide", names: true, raw: ({ environment, suggestion }, number) => ({ environment, items: [{ suggestion: number === NOWHERE ? NOWHERE : suggestion }] }) },
  loadSuggestions: { act: "finding.read", names: true, raw: ({ environment, scan }, number) => ({ environment, scan: number === NOWHERE ? NOWHERE : scan }) },
  loadTargets: { act: "finding.read", names: false, raw: ({ environment, scan }) => ({ environment, scan, suggests: "keep_open" }) },
  applyScan: { act: "scan.import", names: true, raw: ({ environment, scan }, number) => ({ environment, scan: number === NOWHERE ? NOWHERE : scan }) },
  releaseScan: { act: "scan.release", names: true, raw: ({ environment, scan }, number) => ({ environment, scan: number === NOWHERE ? NOWHERE : scan }) },
  cancelScan: { act: "scan.import", names: true, raw: ({ environment, scan }, number) => ({ environment, scan: number === NOWHERE ? NOWHERE : scan }) },
  loadScanRows: { act: "scan.read", names: true, raw: ({ environment, scan }, number) => ({ environment, scan: number === NOWHERE ? NOWHERE : scan, attempt: 1, kind: "new" }) },
  changePolicy: { act: "policy.manage", names: false, raw: ({ environment }) => ({ environment, import: { brake_least: 26 } }) },
  saveMapping: { act: "mapping.manage", names: false, raw: ({ environment }) => ({ environment, name: "A sheet", format: "generic-csv", mapping: { title: "Finding" } }) },
  saveView: { act: "view.save", names: false, raw: ({ environment }) => ({ environment, name: randomUUID(), filter: "?tab=all" }) },
  changeView: { act: "view.save", names: true, raw: ({ environment, view }, number) => ({ environment, view: number === NOWHERE ? NOWHERE : view }) },
  deleteView: { act: "view.save", names: true, raw: ({ environment, view }, number) => ({ environment, view: number === NOWHERE ? NOWHERE : view }) },
  setDefaultView: { act: "view.save", names: true, raw: ({ environment, view }, number) => ({ environment, view: number === NOWHERE ? NOWHERE : view }) },
  bookmarkFindings: { act: "finding.bookmark", names: false, raw: ({ environment, finding }) => ({ environment, items: [{ number: finding }], on: true }) },
  shareFindings: { act: "finding.share", names: false, raw: ({ environment, finding, member }) => ({ environment, items: [{ number: finding }], people: [member.id] }) },
  saveKeyboard: { act: "environment.read", names: false, raw: ({ environment }) => ({ environment, keyboard: { letters: false } }) },
  createTickets: { act: "ticket.write", names: false, raw: ({ environment, heir }) => ({ environment, items: [{ number: heir }] }) },
  previewTickets: { act: "ticket.write", names: false, raw: ({ environment, heir }) => ({ environment, items: [{ number: heir }] }) },
  closeTickets: { act: "ticket.write", names: false, raw: ({ environment, ticket }) => ({ environment, items: [{ number: ticket }], reason: "patched" }) },
  reopenTickets: { act: "ticket.write", names: false, raw: ({ environment, ticket }) => ({ environment, items: [{ number: ticket }], reason: "Rolled back." }) },
  editTicket: { act: "ticket.write", names: true, raw: ({ environment, ticket }, number) => ({ environment, number: number === NOWHERE ? NOWHERE : ticket, priority: "high" }) },
  linkFindings: { act: "ticket.write", names: true, raw: ({ environment, ticket, heir }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, findings: [heir], insist: true }) },
  linkOffers: { act: "ticket.write", names: true, raw: ({ environment, ticket, heir }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, named: [heir] }) },
  mergeOffers: { act: "ticket.write", names: true, raw: ({ environment, ticket }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, search: "" }) },
  unlinkFindings: { act: "ticket.write", names: true, raw: ({ environment, ticket, heir }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, findings: [heir] }) },
  splitTicket: { act: "ticket.write", names: true, raw: ({ environment, ticket, heir }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, findings: [heir] }) },
  mergeTickets: { act: "ticket.write", names: true, raw: ({ environment, ticket }, number) => ({ environment, into: number === NOWHERE ? NOWHERE : ticket, from: [ticket] }) },
  tickCheck: { act: "ticket.write", names: true, raw: ({ environment, ticket }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, position: 1, ticked: true }) },
  ...Object.fromEntries(["acceptDrift", "pushBack", "recordDrift"].map((name) => [name, { act: "ticket.write", names: true, raw: ({ environment, ticket }: Ground, number: number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, field: "title", note: "Stays." }) }])),
  dismissProposal: { act: "ticket.write", names: true, raw: ({ environment, ticket }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, note: "Stays." }) },
  loadTickets: { act: "ticket.read", names: false, raw: ({ environment }) => ({ environment }) },
  loadTicket: { act: "ticket.read", names: true, raw: ({ environment, ticket }, number) => ({ environment, number: number === NOWHERE ? NOWHERE : ticket }) },
  loadTicketTimeline: { act: "ticket.read", names: true, raw: ({ environment, ticket }, number) => ({ environment, number: number === NOWHERE ? NOWHERE : ticket, cursor: null }) },
  loadDestinations: { act: "ticket.write", names: false, raw: ({ environment }) => ({ environment }) },
  requestRetests: { act: "retest.request", names: false, raw: ({ environment, heir }) => ({ environment, items: [heir] }) },
  settleRetest: { act: "retest.request", names: true, raw: ({ environment, finding }, number) => ({ environment, finding: number === NOWHERE ? NOWHERE : finding, passed: false, note: "Tried." }) },
  cancelRetest: { act: "retest.request", names: true, raw: ({ environment, finding }, number) => ({ environment, finding: number === NOWHERE ? NOWHERE : finding, note: "Not now." }) },
  moveRemediation: { act: "ticket.write", names: true, raw: ({ environment, ticket }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, to: "in_progress" }) },
  loadRows: { act: "finding.read", names: false, raw: ({ environment }) => ({ environment, filter: wholeTab("all"), cursor: null }) },
  createAsset: { act: "asset.manage", names: false, raw: ({ environment }) => ({ environment, name: "action.example.test" }) },
  changeAssets: { act: "asset.manage", names: false, raw: ({ environment, asset }) => ({ environment, items: [{ id: asset }], change: { team: "Network" } }) },
  revertAssets: { act: "asset.manage", names: true, raw: ({ environment, assetAction }, number) => ({ environment, actionId: number === NOWHERE ? randomUUID() : assetAction }) },
  loadAssets: { act: "asset.read", names: false, raw: ({ environment }) => ({ environment, filter: readAssetFilter({}).filter, cursor: null }) },
  matchAssets: { act: "asset.manage", names: false, raw: ({ environment }) => ({ environment, filter: readAssetFilter({}).filter }) },
  loadCompletions: { act: "finding.read", names: false, raw: ({ environment }) => ({ environment, source: "asset", prefix: "" }) },
  loadFinding: { act: "finding.read", names: true, raw: ({ environment }, number) => ({ environment, number }) },
  loadConnectors: { act: "connector.read", names: false, raw: ({ environment }) => ({ environment }) },
  saveConnector: { act: "connector.manage", names: true, raw: ({ environment, connector }, number) => ({ environment, id: number === NOWHERE ? NOWHERE : connector, ...CONNECTOR, name: "Tracker" }) },
  tryDraft: { act: "connector.manage", names: true, raw: ({ environment, connector }, number) => ({ environment, id: number === NOWHERE ? NOWHERE : connector, kind: "github", settings: CONNECTOR.settings }) },
  previewRequest: { act: "connector.manage", names: false, raw: ({ environment }) => ({ environment, kind: "github", settings: CONNECTOR.settings }) },
  retryJob: { act: "worker.steer", names: true, raw: ({ environment, job }, number) => ({ environment, job: number === NOWHERE ? NOWHERE : job }) },
  ...Object.fromEntries(["testConnector", "rotateHookSecret"].map((name) => [name, { act: "connector.manage", names: true, raw: ({ environment, connector }: Ground, number: number) => ({ environment, connector: number === NOWHERE ? NOWHERE : connector }) }])),
  removeConnector: { act: "connector.manage", names: true, raw: ({ environment, spares }, number) => ({ environment, connector: number === NOWHERE ? NOWHERE : spares.action }) },
  loadDeliveries: { act: "connector.read", names: false, raw: ({ environment }) => ({ environment }) },
  ...Object.fromEntries(["retryDelivery", "cancelDelivery"].map((name) => [name, { act: "delivery.steer", names: true, raw: ({ environment, delivery }: Ground, number: number) => ({ environment, delivery: number === NOWHERE ? NOWHERE : delivery }) }])),
  linkByHand: { act: "delivery.steer", names: true, raw: ({ environment, ticket }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket, key: "8" }) },
  sendAnew: { act: "delivery.steer", names: true, raw: ({ environment, ticket }, number) => ({ environment, ticket: number === NOWHERE ? NOWHERE : ticket }) },
  markRead: { act: "notice.read", names: false, raw: ({ environment }) => ({ environment, upTo: 1 }) },
  chooseNotices: { act: "notice.read", names: false, raw: ({ environment }) => ({ environment, choices: [{ event: "re_find", inApp: true, mail: false }] }) },
  createToken: { act: "token.make", names: false, raw: ({ environment }) => ({ environment, name: "ci", role: "analyst", days: 7 }) },
  revokeToken: { act: "token.manage", names: true, raw: ({ environment, token }, number) => ({ environment, token: number === NOWHERE ? NOWHERE : token, reason: "Not needed." }) },
  saveLists: { act: "environment.manage", names: false, raw: ({ environment }) => ({ environment, lists: [{ event: "escalation", addresses: ["soc@example.test"] }] }) },
  loadWhy: { act: "finding.read", names: true, raw: ({ environment }, number) => ({ environment, number }) },
  loadTimeline: { act: "finding.read", names: true, raw: ({ environment }, number) => ({ environment, number, cursor: null, kind: null }) },
};

const root = path.resolve(import.meta.dirname, "../..");
const actionFiles = readdirSync(path.join(root, "lib/actions")).filter((file) => /^\s*"use server"/m.test(readFileSync(path.join(root, "lib/actions", file), "utf8")) && !file.includes(".test."));
const refusal = z.object({ ok: z.boolean(), refusal: z.object({ code: z.string() }).optional() });
const STATUS: Record<string, number> = { unauthenticated: 401, forbidden: 403, missing: 404, conflict: 409, illegal: 409, stale: 409 };

async function actions(): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const file of actionFiles) Object.assign(all, await import(/* @vite-ignore */ path.join(root, "lib/actions", file)));
  return all;
}

const DEEDS: Entry[] = Object.entries(ACTIONS).map(([name, { act, raw, names }]) => ({
  name: `action ${name}`, act, names, scoped: true,
  ask: async (at, aim, role) => {
    jar.value = role === null ? undefined : sessions.get(role);
    const action = (await actions())[name];
    if (typeof action !== "function") throw new Error(`There is no action ${name}.`);
    const answer = refusal.parse(await action(raw(at, aim === "missing" ? NOWHERE : at.finding)));
    return STATUS[answer.refusal?.code ?? ""] ?? (answer.ok ? 200 : 422);
  },
}));

/** Routes beside the calls: who they are for, and what a session needs there; null: they ask for nobody. */
const OTHER_ROUTES: Record<string, { act: Act; ask: Entry["ask"]; names: boolean } | null> = {
  "/api/auth/[...nextauth]": null,
  "/api/health": null,
  "/api/webhooks/[connector]": null, // known by the signature over its bytes
  "/api/v1/openapi.json": null,
  "/api/v1/[...unknown]": null,
  "/api/e/[env]/assets/export": { act: "asset.read", names: false, ask: (at, _aim, role) => bySession(role, "GET", `/api/e/${at.environment}/assets/export`) },
  "/api/e/[env]/findings/export": { act: "finding.export", names: false, ask: (at, _aim, role) => bySession(role, "GET", `/api/e/${at.environment}/findings/export`) },
  "/api/e/[env]/assets/import": { act: "asset.manage", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/assets/import`, "name\nsession.example.test\n") },
  "/api/e/[env]/evidence/files": { act: "finding.evidence", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/evidence/files`, "what was seen") },
  "/api/e/[env]/evidence/files/[id]": { act: "finding.read", names: true, ask: (at, aim, role) => bySession(role, "GET", `/api/e/${at.environment}/evidence/files/${aim === "missing" ? NOWHERE : at.file}`) },
  "/api/e/[env]/search": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/search`, JSON.stringify({ text: "F-1" })) },
  "/api/e/[env]/decisions": {
    act: "finding.decide", names: false,
    ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/decisions`, JSON.stringify({ verb: "decide", items: [{ number: at.finding, version: 99 }], response: "investigating" })),
  },
  "/api/e/[env]/findings/[number]/observation": { act: "finding.read", names: true, ask: (at, aim, role) => bySession(role, "GET", `/api/e/${at.environment}/findings/${aim === "missing" ? NOWHERE : at.finding}/observation`) },
  "/api/e/[env]/bulk/[id]/result": { act: "finding.read", names: true, ask: (at, aim, role) => bySession(role, "GET", `/api/e/${at.environment}/bulk/${aim === "missing" ? NOWHERE : at.bulk}/result`) },
  "/api/e/[env]/scans": {
    act: "scan.import", names: false,
    ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/scans?asset=web`),
  },
  "/api/e/[env]/events": { act: "finding.read", names: false, ask: (at, _aim, role) => byStream(role, at.environment) },
  "/api/e/[env]/desk": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/desk`, JSON.stringify({ pins: [] })) },
  "/api/e/[env]/views": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/views`, "{}") },
  "/api/e/[env]/inbox": { act: "notice.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/inbox`, "{}") },
  "/api/e/[env]/people": { act: "member.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/people`, "{}") },
  "/api/e/[env]/pins": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/pins`, "{}") },
  "/api/e/[env]/tabs": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/tabs`, JSON.stringify({ filter: wholeTab("all") })) },
  "/api/e/[env]/presence": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/presence`, JSON.stringify({ tab: "tab-12345", number: at.finding })) },
  "/api/e/[env]/changes": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/changes`, JSON.stringify({ filter: wholeTab("all"), seen: [], unknown: [] })) },
  "/api/e/[env]/moves": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/moves`, JSON.stringify({ seen: [{ number: at.finding, version: 0 }] })) },
  "/api/e/[env]/facets": { act: "finding.read", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/facets`, JSON.stringify({ filter: wholeTab("all") })) },
  "/api/e/[env]/scans/look": { act: "scan.import", names: false, ask: (at, _aim, role) => bySession(role, "POST", `/api/e/${at.environment}/scans/look`) },
  "/api/e/[env]/scans/[id]": {
    act: "scan.read", names: true,
    ask: (at, aim, role) => bySession(role, "GET", `/api/e/${at.environment}/scans/${aim === "missing" ? NOWHERE : at.scan}`),
  },
};

async function bySession(role: Role | null, method: "GET" | "POST", address: string, bytes = '{"version":"2.1.0","runs":[]}'): Promise<number> {
  jar.value = role === null ? undefined : sessions.get(role);
  return (await call(method, address, { headers: { "sec-fetch-site": "same-origin" }, ...(method === "POST" ? { bytes } : {}) })).status;
}

/** A stream that nobody reads on. */
async function byStream(role: Role | null, environment: number): Promise<number> {
  jar.value = role === null ? undefined : sessions.get(role);
  const { GET } = await import("../../app/api/e/[env]/events/route");
  const answer = await GET(new Request("http://127.0.0.1:3000/"), { params: Promise.resolve({ env: String(environment) }) });
  await answer.body?.cancel();
  return answer.status;
}

const ROUTED: Entry[] = Object.entries(OTHER_ROUTES).flatMap(([name, route]) => (route ? [{ ...route, name, scoped: true }] : []));
const ENTRIES = [...CALLS, ...DEEDS, ...ROUTED];

describe("the inventory is whole", () => {
  test("each call has its route file and method, each route file is a call or listed beside them", async () => {
    const called = Object.values(OPERATIONS).map(({ method, path: template }) => `${method.toUpperCase()} /api/v1${template.replace(/\{(\w+)\}/g, "[$1]")}`);
    const there: string[] = [];
    for (const route of ROUTES.filter((pattern) => !(pattern in OTHER_ROUTES))) {
      const methods = Object.keys(await exportsOf(route)).filter((name) => /^[A-Z]+$/.test(name));
      there.push(...methods.map((method) => `${method} ${route}`));
    }
    expect(there.sort()).toEqual(called.sort());
    expect(ROUTES).toEqual(expect.arrayContaining(Object.keys(OTHER_ROUTES)));
  });

  test("each exported server action is listed here, and server actions live nowhere else", async () => {
    expect(Object.keys(await actions()).sort()).toEqual(Object.keys(ACTIONS).sort());
    const elsewhere = ["app", "components", "lib"].flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file)))
      .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test.") && !file.startsWith("lib/actions") && !file.startsWith("lib/generated"))
      .filter((file) => /^\s*["']use server["']/m.test(readFileSync(path.join(root, file), "utf8")));
    expect(elsewhere).toEqual([]);
  });

  test("each call that changes something has a sound body to try it with", () => {
    const writes = Object.entries(OPERATIONS).filter(([, { method }]) => method !== "get").map(([name]) => name);
    expect(Object.keys(BODIES).sort()).toEqual(writes.sort());
  });
});

/** Entries that name a record by a number that runs through all environments. Findings are numbered in each: there "another's" is one's own. */
const BY_GLOBAL_ID = ENTRIES.filter(({ name }) => {
  const call = Object.entries(OPERATIONS).find(([each]) => each === name)?.[1];
  return (call?.path ?? "").includes("{id}") || name.includes("[id]") || ["revertFinding", "revertAssets", "action revertAction", "action revertAssets", "action carryDecision", "action dismissCarry", "action carryAllOfScan", "action applyScan", "action releaseScan", "action cancelScan", "action loadScanRows", "action applySuggestions", "action ignoreSuggestions", "action loadSuggestions", "action startBulk", "action pauseBulk", "action resumeBulk", "action cancelBulk", "action undoBulk", "action loadBulkItems", "action changeView", "action deleteView", "action setDefaultView", "action saveConnector", "action tryDraft", "action retryJob", "action testConnector", "action rotateHookSecret", "action removeConnector", "action retryDelivery", "action cancelDelivery"].includes(name);
});

test.each(BY_GLOBAL_ID)("$name gives an admin nothing of another environment below the address of their own", async ({ ask }) => {
  const entries = await logLength();
  expect(await ask({ ...other, environment: own.environment, finding: own.finding }, "own", "admin")).toBe(404);
  expect(await logLength()).toBe(entries);
});

describe.each(ENTRIES)("$name", ({ name, act, names, scoped, ask }) => {
  test("nobody is told to sign in, and nothing is written", async () => {
    const entries = await logLength();
    expect(await ask(own, "own", null)).toBe(401);
    expect(await logLength()).toBe(entries);
  });

  test.each(ROLES)("as %s", async (role) => {
    const entries = await logLength();
    if (scoped) expect(await ask(other, "other", role), "another environment is missing").toBe(404);
    if (act !== null && (!can(role, act) || (name in OPERATIONS && act in NEVER_BY_TOKEN))) {
      expect(await ask(own, "own", role), "own environment, role may not").toBe(403);
      expect(await ask(own, "missing", role), "nor learn whether a record is there").toBe(403);
      expect(await logLength()).toBe(entries);
      return;
    }
    expect(await logLength()).toBe(entries);
    if (names) expect(await ask(own, "missing", role), "a record that is not there").toBe(404);
    // Nobody but a manager takes back what somebody else did, or changes a view that somebody else shares.
    const isStranger = act === "finding.revert" ? !can(role, "finding.revert_any") : /^action (change|delete)View$/.test(name) && !can(role, "view.manage");
    const asStranger = isStranger ? [403] : [];
    expect([200, 201, 202, 409, ...asStranger], "own environment, role may").toContain(await ask(own, "own", role));
  });
});
