import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { respond } from "@/lib/commands/findings/respond";
import { readFilter } from "@/lib/domain/filter/read";
import { SCAN_CHANGES } from "@/lib/domain/views/alerts";
import { operatorActor } from "@/lib/gate/actor";
import { alertsPage } from "@/lib/queries/alerts-page";
import { auditPage } from "@/lib/queries/audit-page";
import { findingAudit } from "@/lib/queries/finding-audit";
import { findingPage } from "@/lib/queries/finding-page";
import { loadRows } from "@/lib/queries/queue";
import { scanPage } from "@/lib/queries/scan-page";
import { scansPage } from "@/lib/queries/scans-page";
import { homeOf, shell } from "@/lib/queries/shell";
import { loadTimeline } from "@/lib/queries/timeline";
import { moveClock } from "@/lib/testing/clock";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);

let environment = 0;
let other = 0;
let ada: Awaited<ReturnType<typeof makeMember>>;
let ben: Awaited<ReturnType<typeof makeMember>>;
let viewer: Awaited<ReturnType<typeof makeMember>>;

/** Three scans of one host: A is patched and comes back, B is accepted, C goes away and comes back, D is new with the last. */
beforeAll(async () => {
  environment = await makeEnvironment({ name: "Acme" });
  other = await makeEnvironment({ name: "Elsewhere" });
  ada = await makeMember(environment, "analyst", "Ada Lovelace");
  ben = await makeMember(environment, "manager", "Ben");
  viewer = await makeMember(environment, "viewer");
  // On a clock that stands 30 hours back and walks to now: only a scan taken after a decision contradicts it.
  await moveClock(-30 * HOUR);
  await imported({ environment, takenAt: ago(31), sees: ["A", "B", "C"] });
  done(await respond(ada, { environment, items: [{ number: 1 }], response: "closed", reason: "patched", note: "upgraded" }));
  await moveClock(10 * HOUR);
  await imported({ environment, takenAt: ago(21), sees: ["B"] });
  await moveClock(10 * HOUR);
  await imported({ environment, takenAt: ago(11), sees: ["A", "B", "C", "D"] });
  await moveClock(10 * HOUR);
  done(await respond(ada, { environment, items: [{ number: 2 }], response: "accepted_risk", expiresAt: new Date(Date.now() + 30 * 24 * HOUR).toISOString(), note: "lived with" }));
  done(await assign(ada, { environment, items: [{ number: 2 }], assignee: ben.personId }));
});

test("a finding that came back keeps the old decision, its author and its reason in plain view", async () => {
  const { finding } = done(await findingPage(ada, { environment, number: 1 }));
  expect(finding).toMatchObject({ governance: "reopened", regressed: true, scannerStatus: "open", response: "needs_review" });
  const regression = finding.timeline.entries.find(({ action }) => action === "finding.regressed");
  expect(regression).toMatchObject({ actor: { type: "system" }, hops: [{ from: "resolved", to: "reopened" }], revocable: null });
  expect(regression?.note).toContain("Ada Lovelace");
  expect(regression?.note).toContain("patched");
  expect(finding.why.join("\n")).toMatch(/Needs Review because the response is Needs Review and it is currently detected/);
  expect(finding.why.join("\n")).toMatch(/System moved it last: Resolved to Reopened/);
  expect(finding.allowedTransitions).toEqual(["in_progress", "false_positive", "accepted_risk", "resolved"]);
});

test("one action is one entry, its hops folded; the newest may be taken back by whoever did it", async () => {
  const { finding } = done(await findingPage(ada, { environment, number: 2 }));
  const [newest, decision] = finding.timeline.entries;
  expect(newest).toMatchObject({ kind: "ownership", action: "finding.assigned", changes: [{ field: "Assignee", before: null, after: "Ben" }] });
  expect(decision).toMatchObject({ kind: "decision", action: "finding.acknowledged", hops: [{ from: "open", to: "accepted_risk" }], note: "lived with", revocable: null });
  expect(newest?.revocable).not.toBeNull();
  expect(finding.acceptance).toMatchObject({ by: "Ada Lovelace", justification: "lived with" });
  expect(finding.chain.map(({ at }) => at !== null)).toEqual([true, false, false, true]);
  expect(finding.neighbours.found.map(({ why }) => why)).toContain("same asset");

  const bens = done(await findingPage(ben, { environment, number: 2 }));
  expect(bens.finding.timeline.entries[0]?.revocable).toBe(newest?.revocable);
  const viewers = done(await findingPage(viewer, { environment, number: 2 }));
  expect(viewers.finding.timeline.entries.every(({ revocable }) => revocable === null)).toBe(true);
});

test("the trail over REST is every event and every detection change, newest first, whatever the page", async () => {
  const whole = done(await findingAudit(ada, { environment, number: 1, limit: 100 }));
  const paged: typeof whole.items = [];
  for (let cursor: string | null = null; ;) {
    const page: typeof whole = done(await findingAudit(ada, { environment, number: 1, limit: 2, cursor }));
    paged.push(...page.items);
    cursor = page.next_cursor;
    if (cursor === null) break;
  }
  expect(paged).toEqual(whole.items);
  expect(whole.items.map(({ action }) => action)).toContain("finding.matched");
  expect(whole.items.find(({ action }) => action === "finding.matched")?.alias).toBe("FINDING_MATCHED");
  const times = whole.items.map(({ at }) => Date.parse(at));
  expect(times).toEqual(times.toSorted((one, two) => two - one));
});

test("a kind of the timeline holds that kind alone", async () => {
  for (const kind of ["decision", "ownership"] as const) {
    const { entries } = done(await loadTimeline(ada, { environment, number: 2, cursor: null, kind }));
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map((entry) => entry.kind))).toEqual(new Set([kind]));
  }
});

test("every number of a scan opens as many findings as it says", async () => {
  for (const { number, counts } of done(await scansPage(ada, { environment, cursor: null, maxBytes: 1_000 })).scans) {
    for (const change of SCAN_CHANGES) {
      const { filter } = readFilter({ scan: String(number), change }, "all");
      const { rows } = done(await loadRows(ada, { environment, filter, cursor: null }));
      expect({ scan: number, change, rows: rows.length }).toEqual({ scan: number, change, rows: counts[change] });
    }
  }
});

test("the queue's page holds what the screen needs, and another environment's findings nowhere", async () => {
  const { filter } = readFilter({}, "all");
  const page = done(await alertsPage(ada, { environment, filter, open: 1 }));
  expect(page).toMatchObject({ environment: { name: "Acme" }, me: { name: "Ada Lovelace", initials: "AL", role: "analyst" }, total: 4, isEmpty: false, open: { number: 1 } });
  expect(page.lastScan).toMatchObject({ new: 1, regressed: 1 });
  expect(page.counts.tabs.all).toBe(4);
  expect(await alertsPage(ada, { environment: other, filter, open: null })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  const empty = done(await alertsPage(operatorActor(randomUUID()), { environment: other, filter, open: 1 }));
  expect(empty).toMatchObject({ isEmpty: true, open: null, rows: [], total: 0 });
});

describe("who may see what", () => {
  test("the whole log is for those who may read it", async () => {
    const filter = { actor: "", action: "", record: "", from: "", to: "" };
    expect(await auditPage(ada, { environment, filter, cursor: null })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
    const log = done(await auditPage(ben, { environment, filter, cursor: null }));
    expect(log.entries.map(({ action }) => action)).toContain("scan.completed");
    const ofOne = done(await auditPage(ben, { environment, filter: { ...filter, record: "F-1", actor: ada.id }, cursor: null }));
    expect(ofOne.entries.length).toBeGreaterThan(0);
    expect(ofOne.entries.every(({ record, actor }) => record.number === 1 && record.type === "finding" && actor.id === ada.id)).toBe(true);
    const tomorrow = new Date(Date.now() + 48 * HOUR).toISOString().slice(0, 10);
    expect(done(await auditPage(ben, { environment, filter: { ...filter, from: tomorrow }, cursor: null })).entries).toEqual([]);
  });

  test("the log is read to its end, each event once", async () => {
    const filter = { actor: "", action: "finding.transitioned", record: "", from: "", to: "" };
    const { entries } = done(await auditPage(ben, { environment, filter, cursor: null }));
    const older = done(await auditPage(ben, { environment, filter, cursor: entries[0]!.sequence }));
    expect(older.entries).toEqual(entries.slice(1));
    const byAlias = done(await auditPage(ben, { environment, filter: { ...filter, action: "change-status.alert" }, cursor: null }));
    expect(byAlias.entries).toEqual(entries);
    expect(new Set(entries.map(({ alias }) => alias))).toEqual(new Set(["change-status.alert"]));
  });

  test("an environment without a membership does not exist: not in the frame, not behind a number", async () => {
    expect(done(await shell(ada, { environment })).environments).toEqual([{ number: environment, name: "Acme" }]);
    expect(done(await shell(ada, { environment })).counts.queue).toBe(3);
    expect(await shell(ada, { environment: other })).toMatchObject({ ok: false, refusal: { code: "missing" } });
    expect(await homeOf(ada, other)).toBe(environment);
    const { scans } = done(await scansPage(ada, { environment, cursor: null, maxBytes: 1_000 }));
    const operator = operatorActor(randomUUID());
    expect(await scanPage(operator, { environment: other, scan: scans[0]!.number })).toMatchObject({ ok: false, refusal: { code: "missing" } });
    expect(await findingPage(operator, { environment: other, number: 1 })).toMatchObject({ ok: false, refusal: { code: "missing" } });
    expect(done(await scanPage(viewer, { environment, scan: scans[0]!.number })).scan.counts.new).toBe(1);
  });
});
