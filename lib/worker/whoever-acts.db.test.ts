import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { rotateHookSecret } from "@/lib/commands/connectors/rotate-hook-secret";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { carryDecision } from "@/lib/commands/findings/carry";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { applySuggestions } from "@/lib/commands/suggestions/apply";
import { ignoreSuggestions } from "@/lib/commands/suggestions/ignore";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { STATEMENT_STATUSES } from "@/lib/domain/finding/suggestion";
import { SEVERITIES, type Severity } from "@/lib/domain/finding/words";
import { moveClock } from "@/lib/testing/clock";
import { brokenInvariants } from "@/lib/testing/database";
import { done } from "@/lib/testing/done";
import { brokenChain } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";
import { imported } from "@/lib/testing/scans";
import { atTime, carriedTo, decidedTo, DECISIONS, followedTo, seenAgain, UNTOUCHED, type Stand } from "@/lib/testing/stands";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import { deliverTickets } from "./jobs/deliver-tickets";
import { runExpireAcceptances } from "./jobs/expire-acceptances";
import { runFlagFollowUps } from "./jobs/flag-follow-ups";
import { runProposeReopenings } from "./jobs/propose-reopenings";
import { readHooks } from "./jobs/read-hooks";

// Whoever acts, and in whatever order: each finding stands where a model of a page says. People decide, by hand or by a token. Scans contradict
// and the clock ends, by the table. Trackers report, and documents and scans propose: none of that decides anything until a person follows it.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the stub lies on this machine
});

const [DAY, MINUTE] = [86_400_000, 60_000];
const NAMES = ["a", "b", "c", "d"] as const;
const TURNS = [{ status: "done" }, { status: "started" }, { status: "done" }, { status: "open" }, { labels: ["docket", "severity-low"] }, { title: "Not so bad" }] as const;
const JIRA = { open: { name: "To Do", statusCategory: { key: "new" } }, started: { name: "In Progress", statusCategory: { key: "indeterminate" } }, done: { name: "Done", statusCategory: { key: "done" } } };

/** A weakness as a version of the tool tells it: the next version tells the same one anew, and whoever decided is asked whether that holds for it. */
const told = (name: string, technical: Severity, tool = 1) => ({ is: `${name} by ${tool}`, rule: { key: name, name, help: null }, location: `src/${name}.ts:${tool}`, package: name, component: `${name} 1`, cve: ["CVE-2026-1"], technical });

/** Four findings, three of them on tickets in a tracker that tells of changes, and whose Done closes the ticket or does not. */
async function built(closes: boolean) {
  const tracker = await startTracker({ vendor: "jira_cloud" });
  const environment = await makeEnvironment();
  const [admin, max] = [await makeMember(environment, "admin"), await makeMember(environment, "manager", "Max")];
  const { token } = await makeToken(environment, "analyst", 366);
  const { id: connector } = done(await saveConnector(admin, { environment, kind: "jira_cloud", name: "Tracker", settings: { ...settingsAt(tracker.address).jira_cloud, closes }, secret: "s3cret" }));
  const { secret } = done(await rotateHookSecret(admin, { environment, connector }));
  const { hookId } = await prisma.connector.findUniqueOrThrow({ where: { id: connector } });
  await imported({ environment, takenAt: await databaseNow(prisma), sees: NAMES.map((name) => told(name, "high")) });
  done(await createTickets(max, { environment, items: [{ number: 1 }, { number: 2 }, { number: 3 }], grouping: "each", connector, override: "For the test." }));
  await deliverTickets(connector, undefined, { timeout: 5_000, turn: 60_000 });
  return { environment, max, token, connector, tracker, hook: { id: hookId, secret }, stands: new Map<number, Stand>(), before: new Map<string, Stand>() };
}
type World = Awaited<ReturnType<typeof built>>;

/** What somebody does to the finding or the ticket `at`, the database's clock being `now`; gives whether anything came of it. */
type Act = (world: World, at: number, other: number, now: number) => Promise<boolean>;

function lead({ stands }: World, number: number, to: (stand: Stand) => Stand): void {
  stands.set(number, to(stands.get(number) ?? UNTOUCHED));
}
const wasDone = (answer: { ok: false } | { ok: true; value: { changed: readonly number[] } }): boolean => answer.ok && answer.value.changed.length > 0;
const standing = async (environment: number) => {
  const found = await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } });
  return new Map(found.map(({ number, governanceStatus, teamSeverity, version }) => [number, { status: governanceStatus, severity: teamSeverity, version }]));
};
const newestOn = (environment: number, number: number) => prisma.auditEvent.findFirst({ where: { environmentId: environment, recordType: "finding", recordNumber: number, version: { not: null } }, orderBy: { version: "desc" } });

async function decides(world: World, number: number, { other, now, isToken }: { other: number; now: number; isToken: boolean }): Promise<boolean> {
  const { environment } = world;
  const decided = DECISIONS[other % DECISIONS.length] ?? DECISIONS[0];
  const { response, reason, days } = { reason: undefined, days: 0, ...decided };
  const [until, note] = [now + days * DAY, "Looked into."];
  const [expires, follow] = [response === "accepted_risk" ? new Date(until).toISOString() : undefined, reason === "mitigated" ? new Date(until).toISOString() : undefined];
  lead(world, number, (stand) => decidedTo(stand, decided, until));
  if (!isToken) return wasDone(await respond(world.max, { environment, items: [{ number }], response, reason, note, expiresAt: expires, followUpOn: follow }));
  return (await call("POST", `/api/v1/environments/${environment}/findings/${number}/response`, { token: world.token, body: { response, reason, note, expires_at: expires, follow_up_on: follow } })).status === 200;
}

const ACTS = {
  person: (world, number, other, now) => decides(world, number, { other, now, isToken: false }),
  token: (world, number, other, now) => decides(world, number, { other, now, isToken: true }),
  calibration: async (world, number, other) => {
    const severity = SEVERITIES[other % SEVERITIES.length] ?? "low";
    lead(world, number, (stand) => ({ ...stand, severity }));
    return wasDone(await calibrate(world.max, { environment: world.environment, items: [{ number }], calibrated: severity, reason: "Seen from here." }));
  },
  revert: async (world, number) => {
    const { actionId } = (await newestOn(world.environment, number)) ?? {};
    const isBack = actionId !== undefined && wasDone(await revert(world.max, { environment: world.environment, items: [{ number }], actionId, note: "On second thoughts." }));
    if (isBack) lead(world, number, (stand) => world.before.get(`${actionId} ${number}`) ?? stand);
    return isBack;
  },
  ticket: async ({ environment, max }, number, other) => {
    const items = [{ number: 1 + (number % 3) }];
    return wasDone(await (other % 2 ? closeTickets(max, { environment, items, reason: "patched" }) : reopenTickets(max, { environment, items, reason: "Rolled back." })));
  },
  import: async (world, number, other, now) => {
    const sees = NAMES.filter((_, place) => (other >> place) % 2 === 0).map((name) => told(name, other % 3 ? "high" : "low", number === 1 ? 2 : 1));
    const { refound, persisting } = await imported({ environment: world.environment, takenAt: new Date(now), sees });
    for (const seen of await prisma.finding.findMany({ where: { environmentId: world.environment, location: { in: sees.map(({ location }) => location) } } })) lead(world, seen.number, seenAgain);
    return refound + persisting > 0;
  },
  document: async ({ environment }, number, other, now) => {
    const name = NAMES[number - 1] ?? "a";
    const stated = { vulnerabilities: ["CVE-2026-1"], products: [name], about: [{ name, version: null, parts: [] }], status: STATEMENT_STATUSES[other % STATEMENT_STATUSES.length] ?? "fixed", justification: null, note: null, author: "Acme", saidAt: new Date(now) };
    const { scan } = await imported({ environment, takenAt: new Date(now), sees: [], statements: [stated] });
    return (await prisma.suggestion.count({ where: { scanId: scan } })) > 0;
  },
  suggestion: async (world, number, other) => {
    const open = await prisma.suggestion.findFirst({ where: { environmentId: world.environment, outcome: null, finding: { number } }, orderBy: { id: "asc" } });
    if (!open) return false;
    const asked = { environment: world.environment, items: [{ suggestion: open.id }], note: "Read it." };
    if (other % 4 === 0) return (await ignoreSuggestions(world.max, asked)).ok;
    lead(world, number, (stand) => followedTo(stand, open.suggests));
    return wasDone(await applySuggestions(world.max, asked));
  },
  carry: async (world) => {
    const open = await prisma.carry.findFirst({ where: { environmentId: world.environment, outcome: null }, include: { from: true, to: true }, orderBy: { id: "desc" } });
    const isCarried = open !== null && wasDone(await carryDecision(world.max, { environment: world.environment, items: [{ carry: open.id }] }));
    if (isCarried) lead(world, open.to.number, (stand) => carriedTo(stand, world.stands.get(open.from.number) ?? UNTOUCHED));
    return isCarried;
  },
  webhook: async ({ tracker, hook, connector }, number, other, now) => {
    const issue = tracker.issues[number % 3];
    if (!issue) return false;
    const { number: key, title, labels, status } = Object.assign(issue, TURNS[other % TURNS.length], { updatedAt: now });
    const fields = { summary: title, labels, updated: new Date(now).toISOString(), assignee: null, status: JIRA[status] };
    const bytes = JSON.stringify({ webhookEvent: "jira:issue_updated", timestamp: now, user: { displayName: "Tina" }, issue: { id: String(10_000 + key), key: `SEC-${key}`, self: `${tracker.address}/rest/api/2/issue/${10_000 + key}`, fields } });
    const signature = `sha256=${createHmac("sha256", hook.secret).update(bytes).digest("hex")}`;
    expect((await call("POST", `/api/webhooks/${hook.id}`, { bytes, headers: { "x-hub-signature": signature, "x-atlassian-webhook-identifier": `d-${now}` } })).status).toBe(202);
    await readHooks(connector);
    return /^applied/.test((await prisma.hook.findFirstOrThrow({ where: { connectorId: connector }, orderBy: { id: "desc" } })).outcome ?? "");
  },
  clock: async (world, _number, other) => {
    const before = await prisma.auditEvent.count();
    await moveClock((1 + (other % 3) * 10) * DAY);
    for (const run of [runExpireAcceptances, runFlagFollowUps, runProposeReopenings]) await run();
    const now = (await databaseNow(prisma)).getTime();
    for (const number of world.stands.keys()) lead(world, number, (stand) => atTime(stand, now));
    return (await prisma.auditEvent.count()) > before;
  },
} satisfies Record<string, Act>;
type Name = keyof typeof ACTS;
const NAMED: readonly Name[] = ["person", "token", "calibration", "revert", "ticket", "import", "document", "suggestion", "carry", "webhook", "clock"];
/** Who signs what moves a finding's status, act by act; nobody: nothing is moved, and not even its version. */
const SIGNS: Readonly<Record<Name, string | null>> = { person: "user", token: "token", calibration: "user", revert: "user", ticket: "user", import: "system", document: null, suggestion: "user", carry: "user", webhook: null, clock: "system" };

type Step = { act: Name; at: number; other: number };

/** One act, and what it left: where each finding stands, who signed, and that its entries join those before. */
async function taken(world: World, { act, at, other }: Step, story: string): Promise<boolean> {
  const { environment, stands, before } = world;
  await moveClock(MINUTE);
  const [was, stood] = [await standing(environment), new Map(stands)];
  const { sequence } = await prisma.auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  const came = await ACTS[act](world, at, other, (await databaseNow(prisma)).getTime());

  const is = await standing(environment);
  for (const number of is.keys()) if (!stands.has(number)) stands.set(number, UNTOUCHED);
  const told = (found: Iterable<[number, Pick<Stand, "status" | "severity">]>) => [...found].map(([number, { status, severity }]) => `F-${number} ${status} ${severity ?? "as the scanner says"}`);
  expect(told(is), story).toEqual(told([...stands].sort(([one], [another]) => one - another)));
  const entries = await prisma.auditEvent.findMany({ where: { environmentId: environment, sequence: { gt: sequence }, version: { not: null } }, orderBy: { sequence: "asc" } });
  for (const { actorType, fromStatus, recordNumber: number, actionId } of entries) {
    expect([actorType, story], "who signs").toEqual([fromStatus === null ? actorType : SIGNS[act], story]);
    const isFirst = entries.find((one) => one.recordNumber === number)?.actionId === actionId;
    before.set(`${actionId} ${number}`, (isFirst ? stood : stands).get(number ?? 0) ?? UNTOUCHED);
  }
  if (SIGNS[act] === null) for (const [number, { version }] of was) expect([is.get(number)?.version, story], "it touches no finding").toEqual([version, story]);
  return came;
}

/** Each of them at least once where nothing stands in its way: the tool is upgraded after a decision, a document proposes, and the tracker is done. */
const EVERY: Step[] = [
  { act: "person", at: 1, other: 3 }, { act: "calibration", at: 2, other: 0 }, { act: "document", at: 2, other: 2 }, { act: "suggestion", at: 2, other: 1 }, { act: "revert", at: 2, other: 0 },
  { act: "webhook", at: 3, other: 0 }, { act: "token", at: 4, other: 1 }, { act: "import", at: 2, other: 0 }, { act: "token", at: 4, other: 4 }, { act: "import", at: 1, other: 0 }, { act: "carry", at: 1, other: 0 },
  { act: "ticket", at: 3, other: 1 }, { act: "clock", at: 1, other: 2 }, { act: "webhook", at: 1, other: 4 },
];
const step = fc.record({ act: fc.constantFrom(...NAMED), at: fc.integer({ min: 1, max: 4 }), other: fc.nat(23) });

test("whoever acts, in whatever order: findings stand where the model says, signed by who may, and what reports and proposes moves none", { timeout: 240_000 }, async () => {
  const came = new Set<Name>();
  await fc.assert(fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 8, maxLength: 16 }), async (closes, steps) => {
    const world = await built(closes);
    for (const [at, one] of steps.entries()) if (await taken(world, one, JSON.stringify(steps.slice(0, at + 1)))) came.add(one.act);
    expect(await brokenChain(world.environment)).toEqual([]);
    expect(await brokenInvariants(process.env.DATABASE_URL ?? "")).toEqual([]);
  }), { numRuns: 8, endOnFailure: true, examples: [[false, EVERY], [true, EVERY]] });
  expect([...came].sort()).toEqual([...NAMED].sort());
});
