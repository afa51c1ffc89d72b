import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { rows } from "@/lib/db/rows";
import { BESIDE_FINDING, FINDING_COLUMNS, findingRow, type StoredFinding } from "@/lib/db/sql/finding-row";
import { queueCounts } from "@/lib/db/sql/queue-counts";
import { facetOf } from "@/lib/db/sql/queue-facets";
import { queueAround, queuePage, queueTotal } from "@/lib/db/sql/queue-page";
import { isWholeTab, type Asking } from "@/lib/db/sql/queue-where";
import { textOf } from "@/lib/domain/filter/search-text";
import { readFilter, type Asked } from "@/lib/domain/filter/read";
import { isInTab } from "@/lib/domain/finding/governance";
import { TABS, type Tab } from "@/lib/domain/finding/words";
import { IS_FLAGS, SORTS, type IsFlag, type QueueFilter } from "@/lib/domain/views/alerts";
import { makeCrowd } from "@/lib/testing/crowd";
import { makeEnvironment } from "@/lib/testing/make";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Place = { name: string; asking: Asking; all: StoredFinding[]; people: { personId: number; id: string }[] };
const places: Place[] = [];

beforeAll(async () => {
  for (const [name, empty, seed] of [["full", 0.1, 7], ["nearly empty", 0.8, 11]] as const) {
    const environment = await makeEnvironment();
    const { people } = await makeCrowd({ environment, size: 120, seed, empty });
    const asking = { environment, personId: people[0]!.personId, now: await databaseNow(prisma), warnDays: 14 };
    const all = await rows(prisma, findingRow, sql`SELECT ${FINDING_COLUMNS} FROM finding f ${BESIDE_FINDING} WHERE f.environment_id = ${environment}`);
    places.push({ name, asking, all, people });
  }
});

const filterOf = (asked: Asked, tab: Tab = "all"): QueueFilter => {
  const { filter, faults } = readFilter(asked, tab);
  expect(faults).toEqual([]);
  return filter;
};

/** All pages of a queue, one after the other. */
async function walk(filter: QueueFilter, asking: Asking, limit: number): Promise<StoredFinding[]> {
  const found: StoredFinding[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await queuePage(prisma, filter, asking, { limit, cursor });
    if (!page.ok) throw new Error(page.refusal.message);
    found.push(...page.value.rows);
    cursor = page.value.nextCursor;
    if (cursor === null) return found;
    if (found.length > 2_000) throw new Error("The pages do not end.");
  }
}

const numbersOf = (found: readonly StoredFinding[]) => found.map(({ number }) => number).sort((one, other) => one - other);
const matching = (place: Place, of: (finding: StoredFinding) => boolean) => numbersOf(place.all.filter(of));

async function expectSame(place: Place, asked: Asked, of: (finding: StoredFinding) => boolean) {
  const filter = filterOf(asked);
  const found = await walk(filter, place.asking, 100);
  expect(numbersOf(found), `${place.name}: ${JSON.stringify(asked)}`).toEqual(matching(place, of));
  expect(await queueTotal(prisma, filter, place.asking)).toBe(found.length);
}

test("a row stands in exactly the tab that both axes put it in, and the kept counts say the same", async () => {
  for (const place of places) {
    const counts = await queueCounts(prisma, place.asking);
    for (const tab of TABS) {
      const expected = matching(place, (each) => isInTab(tab, each.scanner_status, each.governance_status));
      const filter = filterOf({ tab });
      expect(numbersOf(await walk(filter, place.asking, 100)), tab).toEqual(expected);
      expect(counts.tabs[tab]).toBe(expected.length);
      expect(isWholeTab(filter)).toBe(true);
    }
    const closed = place.all.filter((each) => each.response === "closed" || each.scanner_status === "closed");
    expect(counts.tabs.closed).toBe(closed.length);
    expect(closed.some((each) => each.response !== "closed")).toBe(true);
  }
});

/** All pages upwards from a cursor, in the order of the list. */
async function climb(filter: QueueFilter, asking: Asking, from: string | null, limit: number): Promise<StoredFinding[]> {
  let found: StoredFinding[] = [];
  for (let cursor = from; cursor !== null; ) {
    const page = await queuePage(prisma, filter, asking, { limit, cursor });
    if (!page.ok) throw new Error(page.refusal.message);
    found = [...page.value.rows, ...found];
    cursor = page.value.previousCursor;
  }
  return found;
}

const inOrder = (found: readonly StoredFinding[]) => found.map(({ number }) => number);

test("every sort in every tab gives each row once, in its order, whatever has no value; upwards it is the same list", async () => {
  for (const place of places) {
    for (const tab of TABS) {
      for (const sort of SORTS) {
        const filter = filterOf({ tab, sort });
        const paged = await walk(filter, place.asking, 19);
        const whole = await walk(filter, place.asking, 500);
        expect(inOrder(paged), `${tab} by ${sort}`).toEqual(inOrder(whole));
        expect(new Set(inOrder(paged)).size).toBe(paged.length);
        expect(paged).toHaveLength(matching(place, (each) => isInTab(tab, each.scanner_status, each.governance_status)).length);
        expectSorted(paged, sort);
        await expectAround(filter, place.asking, paged);
      }
      const byStatus = async (sort: "status" | "-status") => inOrder(await walk(filterOf({ tab, sort }), place.asking, 500));
      expect(await byStatus("-status"), `${tab}: one order whichever way`).toEqual(await byStatus("status"));
    }
  }
}, 120_000);

/** From a row in the middle: its place, its neighbours, and both ways from there to the ends. */
async function expectAround(filter: QueueFilter, asking: Asking, all: readonly StoredFinding[]) {
  const at = Math.floor(all.length * 0.6);
  const here = all[at];
  if (!here) return;
  const what = `${filter.tab} by ${filter.sort}`;
  const around = await queueAround(prisma, filter, asking, here.number, { before: 4, limit: 10 });
  expect(around && { at: around.position, rows: inOrder(around.rows) }, what).toEqual({ at, rows: inOrder(all.slice(Math.max(0, at - 4), at + 6)) });
  const above = await climb(filter, asking, around?.previousCursor ?? null, 23);
  expect([...inOrder(above), ...inOrder(around?.rows ?? [])], what).toEqual(inOrder(all.slice(0, at + 6)));
  const last = await queuePage(prisma, filter, asking, { limit: 500, cursor: around?.nextCursor ?? null });
  if (around?.nextCursor) expect(last.ok && inOrder(last.value.rows), what).toEqual(inOrder(all.slice(at + 6)));
}

test("a finding that the queue does not hold stands nowhere in it", async () => {
  const { asking, all } = places[0]!;
  const [outside] = all.filter((each) => !isInTab("accepted_risk", each.scanner_status, each.governance_status));
  expect(await queueAround(prisma, filterOf({ tab: "accepted_risk" }), asking, outside!.number, { before: 4, limit: 10 })).toBeNull();
  expect(await queueAround(prisma, filterOf({}), { ...asking, environment: places[1]!.asking.environment }, 2_000_000, { before: 4, limit: 10 })).toBeNull();
});

const RANK = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };
const byBytes = (text: string) => Buffer.from(text, "utf8").toString("hex");

function keyOf(each: StoredFinding, sort: string): number | string | null {
  switch (sort.replace("-", "")) {
    case "severity": return RANK[each.effective] * 10 + RANK[each.calibrated];
    case "due": return runs(each) && Number.isFinite(nextDue(each)) ? nextDue(each) : null;
    case "added": return each.added_on.getTime();
    case "seen": return each.last_seen_on?.getTime() ?? null;
    case "decided": return each.decided_at?.getTime() ?? null;
    case "asset": return byBytes(each.asset);
    case "title": return byBytes(each.rule_name);
    case "status": return { new: 0, open: 1, closed: 2 }[each.scanner_status];
    default: return each.number;
  }
}

function expectSorted(found: readonly StoredFinding[], sort: string) {
  const keys = found.map((each) => keyOf(each, sort));
  const values = keys.filter((key) => key !== null);
  expect(keys.slice(values.length).every((key) => key === null), `${sort}: the empty ones come last`).toBe(true);
  const sorted = values.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const isTurned = sort.startsWith("-") && sort !== "-status"; // New, Open, Closed whichever way
  expect(values).toEqual(isTurned ? sorted.toReversed() : sorted);
}

const active = (each: StoredFinding) => each.response === "needs_review" || each.response === "investigating";
const runs = (each: StoredFinding) => active(each) && each.sla_paused_at === null;

const FLAG_ORACLE: Record<IsFlag, (each: StoredFinding, asking: Asking) => boolean> = {
  kev: (each) => each.kev,
  new: (each) => each.scanner_status === "new",
  regressed: (each) => each.governance_status === "reopened",
  overdue: (each, { now }) => runs(each) && ((each.resolve_by !== null && each.resolve_by < now) || (each.first_response_at === null && each.acknowledge_by !== null && each.acknowledge_by < now)),
  unassigned: (each) => each.assignee_id === null && active(each) && each.scanner_status !== "closed",
  verified: (each) => ["verified", "attested"].includes(each.verification),
  administrative: (each) => each.governance_status === "resolved" && !["verified", "attested"].includes(each.verification) && each.close_reason !== "duplicate",
  re_review: (each) => each.re_review !== null,
  live: (each) => each.response === "closed" && each.scanner_status !== "closed",
  waiting: (each) => each.governance_status === "in_progress" && each.follow_up_on !== null,
  expiring: (each, { now }) => each.accepted_until !== null && each.accepted_until.getTime() < now.getTime() + 14 * DAY,
  ticketed: () => false, // no tickets here; they have tests of their own
  requested: () => false,
  bookmarked: () => false, // nobody starred or shared anything here
  shared: () => false,
};

test("every property asks for exactly what it says, and the numbers beside the tabs are its rows", async () => {
  for (const place of places) {
    for (const flag of IS_FLAGS) await expectSame(place, { is: flag }, (each) => FLAG_ORACLE[flag](each, place.asking));
    const { chips, unassigned } = await queueCounts(prisma, place.asking);
    const rowsOf = (flag: IsFlag) => place.all.filter((each) => FLAG_ORACLE[flag](each, place.asking)).length;
    expect({ ...chips, unassigned }).toEqual({
      re_review: rowsOf("re_review"), live: rowsOf("live"), waiting: rowsOf("waiting"), expiring: rowsOf("expiring"), requested: 0, unassigned: rowsOf("unassigned"),
    });
    await expectSame(place, { is: "kev,live" }, (each) => each.kev && FLAG_ORACLE.live(each, place.asking));
  }
});

test("every field narrows exactly, and fields add up", async () => {
  for (const place of places) {
    const now = place.asking.now.getTime();
    const [me, other] = place.people;
    await expectSame(place, { severity: "high,critical" }, (each) => ["high", "critical"].includes(each.calibrated));
    await expectSame(place, { risk: "Informational" }, (each) => each.calibrated === "info");
    await expectSame(place, { technical: "low" }, (each) => each.technical === "low");
    await expectSame(place, { effective: "info" }, (each) => each.effective === "info");
    await expectSame(place, { scanner_status: "new" }, (each) => each.scanner_status === "new");
    await expectSame(place, { governance: "reopened,open" }, (each) => ["reopened", "open"].includes(each.governance_status));
    await expectSame(place, { q: 'response in ("To Be Closed", "None")' }, (each) => each.response === "closed" || each.response === "needs_review");
    await expectSame(place, { response: "Public" }, (each) => each.response === "accepted_risk");
    await expectSame(place, { detector: "nuclei" }, (each) => each.detector === "nuclei");
    await expectSame(place, { asset: "web-*" }, (each) => each.asset.startsWith("web-"));
    await expectSame(place, { host: "db_1.test" }, (each) => each.asset === "db_1.test");
    await expectSame(place, { asset: "db_?.test" }, () => false);
    await expectSame(place, { rule: "trivy-rule" }, (each) => each.rule === "trivy-rule");
    await expectSame(place, { type: '"Web Application"' }, (each) => each.category === "Web Application");
    await expectSame(place, { cwe: "CWE-79" }, (each) => (each.cwe ?? []).includes(79));
    await expectSame(place, { cve: "cve-2024-1234" }, (each) => (each.cve ?? []).includes("CVE-2024-1234"));
    await expectSame(place, { port: "443" }, (each) => each.port === 443);
    await expectSame(place, { assignee: "me" }, (each) => each.assignee_id === me!.personId);
    await expectSame(place, { assignee: `none,${other!.id}` }, (each) => each.assignee_id === null || each.assignee_id === other!.personId);
    await expectSame(place, { tag: '"a,b",edge' }, (each) => (each.tags ?? []).some((tag) => tag === "a,b" || tag === "edge"));
    await expectSame(place, { age: ">30d" }, (each) => each.added_on.getTime() < now - 30 * DAY);
    await expectSame(place, { seen: "<2d" }, (each) => each.last_seen_on !== null && each.last_seen_on.getTime() >= now - 2 * DAY);
    await expectSame(place, { due: "<48h" }, (each) => runs(each) && nextDue(each) < now + 48 * HOUR);
    await expectSame(place, { decided: `..${new Date(now).toISOString().slice(0, 10)}` }, (each) => each.decided_at !== null && each.decided_at.getTime() < (Math.floor(now / DAY) + 1) * DAY);
    await expectSame(place, { severity: "high", scanner: "open", asset: "web-1.test" }, (each) => each.calibrated === "high" && each.scanner_status === "open" && each.asset === "web-1.test");
  }
});

function nextDue(each: StoredFinding): number {
  const dates = [each.resolve_by, each.first_response_at === null ? each.acknowledge_by : null].flatMap((date) => (date ? [date.getTime()] : []));
  return dates.length > 0 ? Math.min(...dates) : Number.POSITIVE_INFINITY;
}

const holds = (each: StoredFinding, text: string) =>
  [each.title, each.location, each.asset, each.rule, each.rule_name].some((value) => value.toLowerCase().includes(text.toLowerCase()));

test.each(["%", "100%", "_", "under_score", "\\", '" and', "' here", "sql INJECTION", "'; DROP TABLE finding; --", "50%:3", "web-1", "*", "nuclei-rule", "(("])("a search for %j finds that text and nothing that looks like it", async (text) => {
  for (const place of places) {
    const terms = text.split(" ").filter((term) => term !== "" && term !== '"');
    await expectSame(place, { q: textOf(terms) }, (each) => terms.every((term) => holds(each, term)));
  }
});

test("identifiers are found whole: a number, a weakness, a vulnerability", async () => {
  for (const place of places) {
    await expectSame(place, { q: "F-42" }, (each) => each.number === 42 || holds(each, "F-42"));
    await expectSame(place, { q: "CWE-89" }, (each) => (each.cwe ?? []).includes(89));
    await expectSame(place, { q: "cve-2024-12345" }, (each) => (each.cve ?? []).includes("CVE-2024-12345"));
    await expectSame(place, { q: '"Quote \\"' }, (each) => holds(each, "Quote \\"));
  }
});

describe("cursors", () => {
  test("another sort's, a cut and a forged one are refused, never read as a first page", async () => {
    const { asking } = places[0]!;
    const page = await queuePage(prisma, filterOf({ sort: "due" }), asking, { limit: 5, cursor: null });
    const cursor = page.ok ? page.value.nextCursor! : "";
    const forged = Buffer.from(JSON.stringify({ s: "due", p: [0, 0], k: ["2026-01-01'; --", "1"] })).toString("base64url");
    for (const [sort, text] of [["added", cursor], ["due", cursor.slice(0, -6)], ["due", forged], ["due", "%%%"]] as const) {
      const answer = await queuePage(prisma, filterOf({ sort }), asking, { limit: 5, cursor: text });
      expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "cursor" }] } });
    }
  });

  test("a cursor made in another environment opens nothing of it", async () => {
    const [one, other] = places;
    const page = await queuePage(prisma, filterOf({ sort: "title" }), one!.asking, { limit: 5, cursor: null });
    const there = await queuePage(prisma, filterOf({ sort: "title" }), other!.asking, { limit: 500, cursor: page.ok ? page.value.nextCursor : null });
    expect(there).toMatchObject({ ok: true, value: { rows: [] } });
  });
});

test("a facet says what choosing it alone would leave, its own choice left open", async () => {
  for (const place of places) {
    const filter = filterOf({ severity: "high", detector: "trivy" });
    for (const { value, count } of await facetOf(prisma, "severity", filter, place.asking))
      expect(count).toBe(place.all.filter((each) => each.detector === "trivy" && each.calibrated === value).length);
    for (const { value, count } of await facetOf(prisma, "tag", filter, place.asking))
      expect(count).toBe(place.all.filter((each) => each.detector === "trivy" && each.calibrated === "high" && (each.tags ?? []).includes(value)).length);
    const people = await facetOf(prisma, "assignee", filterOf({}), place.asking);
    expect(people.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(place.all.filter((each) => each.assignee_id !== null).length);
  }
});

test("a kept count never drifts from the rows", async () => {
  const drift = await rows(prisma, z.object({}).loose(), sql`SELECT * FROM invariant_counts`);
  expect(drift).toEqual([]);
});
