import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { rows } from "@/lib/db/rows";
import { route } from "@/lib/commands/findings/route";
import { filteredCounts } from "@/lib/db/sql/filtered-counts";
import { BESIDE_FINDING, FINDING_COLUMNS, findingRow } from "@/lib/db/sql/finding-row";
import { queuePage, queueTotal } from "@/lib/db/sql/queue-page";
import type { Asking } from "@/lib/db/sql/queue-where";
import { isTerm, type Expression } from "@/lib/domain/filter/expression";
import { FIELD_NAMES, fieldOf, type FieldName } from "@/lib/domain/filter/fields";
import { printQuery } from "@/lib/domain/filter/query";
import { parseQuery } from "@/lib/domain/filter/typed";
import { spanBounds } from "@/lib/domain/filter/span";
import { isInTab } from "@/lib/domain/finding/governance";
import { isModule } from "@/lib/domain/module/table";
import { expressionOf } from "@/lib/domain/module/spelled-out";
import { TABS } from "@/lib/domain/finding/words";
import { SORTS, type QueueFilter } from "@/lib/domain/views/alerts";
import { slaView } from "@/lib/queries/finding-row";
import { done } from "@/lib/testing/done";
import { makeCrowd } from "@/lib/testing/crowd";
import { makeEnvironment } from "@/lib/testing/make";

// Every filter that can be written, against the database and against the same rules said once more over plain rows.

const full = findingRow.extend({ other_names: z.array(z.string()), package: z.string().nullable(), ghsa: z.array(z.string()), exposure: z.string(), sensitivity: z.string(), owner: z.string().nullable(), team: z.string().nullable(), kind: z.string() });
type Full = z.output<typeof full>;

let asking: Asking;
let all: Full[];
let mails: string[];

beforeAll(async () => {
  const environment = await makeEnvironment();
  for (const name of ["web-1.test", "web-2.test"]) await prisma.asset.create({ data: { environmentId: environment, name, exposure: "internet", otherNames: name === "web-1.test" ? ["192.0.2.7", "web-2.test"] : [], owner: "Head of Web", team: "Web", kind: "api" } });
  const { people } = await makeCrowd({ environment, size: 90, seed: 5, empty: 0.3 });
  await makeCrowd({ environment: await makeEnvironment(), size: 20, seed: 5, empty: 0.1 }); // somebody else's, that no filter may show
  await prisma.$executeRaw(sql`UPDATE finding SET category = CASE WHEN number % 7 = 0 THEN 'Secret' ELSE category END, package = CASE WHEN number % 3 = 0 THEN 'openssl' WHEN number % 3 = 1 THEN 'left_pad' END,
    component = CASE WHEN number % 2 = 0 THEN 'openssl 3.0.' || number END, ghsa = CASE WHEN number % 4 = 0 THEN ARRAY['GHSA-jfh8-c2jp-5v3q'] ELSE '{}' END,
    cvss_score = CASE WHEN number % 5 > 0 THEN (number % 11)::float8 END, epss = CASE WHEN number % 2 = 0 THEN (number % 10) / 10.0 END WHERE environment_id = ${environment}`);
  done(await route(people[0]!, { environment, items: Array.from({ length: 30 }, (_, at) => ({ number: 3 * at + 1 })), decision: "record_only", reason: "For the test." }));
  mails = people.map(({ id }) => id);
  asking = { environment, personId: people[0]!.personId, now: await databaseNow(prisma), warnDays: 14 };
  all = await rows(prisma, full, sql`SELECT ${FINDING_COLUMNS}, a.other_names, f.package, f.ghsa, a.exposure, a.sensitivity, a.owner, a.team, a.kind::text FROM finding f JOIN asset a ON a.id = f.asset_id ${BESIDE_FINDING} WHERE f.environment_id = ${environment}`);
  expect(all).toHaveLength(90);
});

const same = (value: string | null, name: string) => value !== null && new RegExp(`^${name.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[^]*")}$`).test(value);
const within = (at: Date | null, span: string, way: "past" | "future") => {
  const { from, until } = spanBounds(span, asking.now, way);
  return at !== null && (from === null || at >= from) && (until === null || at < until);
};

function compares(value: number | null, asked: string): boolean {
  if (value === null) return false;
  const [first, last] = asked.split("..").map(Number);
  if (last !== undefined) return value >= first! && value <= last;
  const number = Number(asked.replace(/[<>=]/g, ""));
  if (asked.startsWith(">=")) return value >= number;
  if (asked.startsWith("<=")) return value <= number;
  return asked.startsWith(">") ? value > number : asked.startsWith("<") ? value < number : value === number;
}

const active = (each: Full) => ["needs_review", "investigating"].includes(each.response);
const proved = (each: Full) => ["verified", "attested"].includes(each.verification);
const overdue = (at: Date | null) => at !== null && at < asking.now;

const FLAGS: Record<string, (each: Full) => boolean> = {
  kev: (each) => each.kev, new: (each) => each.scanner_status === "new", regressed: (each) => each.governance_status === "reopened",
  overdue: (each) => active(each) && each.sla_paused_at === null && (overdue(each.resolve_by) || (each.first_response_at === null && overdue(each.acknowledge_by))),
  unassigned: (each) => each.assignee_id === null && active(each) && each.scanner_status !== "closed", verified: proved,
  administrative: (each) => each.governance_status === "resolved" && !proved(each) && !["duplicate", "decommissioned"].includes(each.close_reason ?? ""),
  re_review: (each) => each.re_review !== null, live: (each) => each.response === "closed" && each.scanner_status !== "closed",
  waiting: (each) => each.governance_status === "in_progress" && each.follow_up_on !== null,
  expiring: (each) => each.accepted_until !== null && each.accepted_until.getTime() < asking.now.getTime() + 14 * 86_400_000,
};
const ASKED_FLAGS = Object.keys(FLAGS);

function due(each: Full): Date | null {
  if (!active(each) || each.sla_paused_at !== null) return null;
  const dates = [each.resolve_by, each.first_response_at === null ? each.acknowledge_by : null].filter((date) => date !== null);
  return dates.toSorted((one, other) => one.getTime() - other.getTime())[0] ?? null;
}

const holds = (each: Full, text: string) =>
  [each.title, each.location, each.asset, each.rule, each.rule_name].some((value) => value.toLowerCase().includes(text.toLowerCase())) || each.number === Number(/^(?:F-)?(\d+)$/i.exec(text)?.[1]);

/** One value of one field, over a plain row. */
const ORACLE: Partial<Record<FieldName, (each: Full, value: string) => boolean>> = {
  severity: (each, value) => each.calibrated === value, technical: (each, value) => each.technical === value, effective: (each, value) => each.effective === value,
  scanner: (each, value) => each.scanner_status === value, governance: (each, value) => each.governance_status === value, response: (each, value) => each.response === value,
  reason: (each, value) => each.close_reason === value, verification: (each, value) => each.verification === value,
  detector: (each, value) => same(each.detector, value), asset: (each, value) => same(each.asset, value), host: (each, value) => [each.asset, ...each.other_names].some((name) => same(name, value)), category: (each, value) => same(each.category, value),
  rule: (each, value) => same(each.rule, value) || same(each.rule_name, value), package: (each, value) => same(each.package, value), component: (each, value) => same(each.component, value),
  cve: (each, value) => (each.cve ?? []).some((cve) => same(cve, value)), ghsa: (each, value) => each.ghsa.some((ghsa) => same(ghsa, value)), tag: (each, value) => [...(each.tags ?? []), ...(value.startsWith("response:") && each.response !== "needs_review" ? [`response:${each.response}`] : [])].some((tag) => same(tag, value)),
  cwe: (each, value) => (each.cwe ?? []).some((cwe) => compares(cwe, value)), cvss: (each, value) => compares(each.cvss_score, value), epss: (each, value) => compares(each.epss, value),
  port: (each, value) => compares(each.port, value), number: (each, value) => compares(each.number, value), ticket: () => false, kev: (each, value) => each.kev === (value === "true"),
  assignee: (each, value) => (value === "none" ? each.assignee_id === null : value === "me" ? each.assignee_id === asking.personId : same(each.assignee_email, value) || same(each.assignee_name?.toLowerCase() ?? null, value)),
  exposure: (each, value) => each.exposure === value, sensitivity: (each, value) => each.sensitivity === value, kind: (each, value) => each.kind === value,
  owner: (each, value) => (value === "none" ? each.owner === null : same(each.owner, value)), team: (each, value) => (value === "none" ? each.team === null : same(each.team, value)),
  added: (each, value) => within(each.added_on, value, "past"), seen: (each, value) => within(each.last_seen_on, value, "past"), decided: (each, value) => within(each.decided_at, value, "past"),
  due: (each, value) => within(due(each), value, "future"), expires: (each, value) => within(each.accepted_until, value, "future"), follow_up: (each, value) => within(each.follow_up_on, value, "future"),
  sla: (each, value) => slaView(each, asking.now).state === value, text: holds,
  route: (each, value) => (each.route ?? "none") === value,
  state: (each, value) => (value === "none" ? each.state_module !== null && each.module_state === null : each.module_state === value),
  module: (each, value) => isModule(value) && meets(each, expressionOf(value)),
};

function meets(each: Full, expression: Expression): boolean {
  if (!isTerm(expression)) return "not" in expression ? !meets(each, expression.not) : "any" in expression ? expression.any.some((part) => meets(each, part)) : expression.all.every((part) => meets(each, part));
  if (expression.field === "is") return expression.values.every((flag) => FLAGS[flag]?.(each));
  return expression.values.some((value) => ORACLE[expression.field]?.(each, value));
}

const SPANS = ["<2d", ">2d", ">30d", "<24h", "2026-01-01..", "..2026-11-21"];
const WORDS: Partial<Record<FieldName, readonly string[]>> = {
  detector: ["nuclei", "tri*", "'; --"], asset: ["web-1.test", "web-*", "db_1.test", "db?1.test", "*", "%"], host: ["web-2.test", "192.0.2.7", "192.0.*", "web-*", "db_1.test", "*", "%"], rule: ["nuclei-rule", "Rule of *"], category: ["Network", "Web*", "*"],
  package: ["openssl", "left_*", "left%"], component: ["openssl*", "*.4"], cve: ["CVE-2024-1234", "CVE-2024-*"], ghsa: ["GHSA-jfh8-c2jp-5v3q", "*"], tag: ["pci", "a,b", "e*", "*", "response:closed", "response:*"],
  cwe: ["79", ">79", "80..90"], cvss: [">=7", "5", "3..6", "<2"], epss: [">0.5", "0.2", "<=0.4"], port: ["443", ">100", "80..90"], number: ["42", "<10", "20..30"], ticket: ["1", ">=1"],
  owner: ["none", "Head of Web"], team: ["Web", "none", "*"], text: ["sql", "web-1", "100%", "a_b", "F-42", "back", "\\", '"', "';", "42"],
};

function valuesOf(name: FieldName): readonly string[] {
  const { kind, values } = fieldOf(name);
  if (name === "is") return ASKED_FLAGS;
  if (name === "assignee") return ["me", "none", ...mails, "nobody@x.test", "*"];
  return WORDS[name] ?? (kind === "past" || kind === "future" ? SPANS : (values ?? []));
}

const ASKED = FIELD_NAMES.filter((name) => !fieldOf(name).alone && name !== "scan");
const term = fc.constantFrom(...ASKED).chain((field) => fc.uniqueArray(fc.constantFrom("", "x").chain(() => fc.constantFrom(...valuesOf(field))), { minLength: 1, maxLength: 3 }).map((values): Expression => ({ field, values })));
const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, { arbitrary: term, weight: 3 }, { arbitrary: tie("tree").map((not) => ({ not })), weight: 1 },
    { arbitrary: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }).map((any) => ({ any })), weight: 1 }, { arbitrary: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }).map((parts) => ({ all: parts })), weight: 1 }),
}));

async function walk(filter: QueueFilter): Promise<number[]> {
  const numbers: number[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await queuePage(prisma, filter, asking, { limit: 37, cursor });
    if (!page.ok) throw new Error(page.refusal.message);
    numbers.push(...page.value.rows.map(({ number }) => number));
    cursor = page.value.nextCursor;
    if (cursor === null) return numbers.toSorted((one, other) => one - other);
  }
}

test("every field alone and its opposite: together they are all findings, and each is what the rules say", async () => {
  expect(ASKED.filter((name) => name !== "is" && !ORACLE[name])).toEqual([]);
  for (const field of ASKED) for (const value of valuesOf(field)) {
    const asked: Expression = { field, values: [value] };
    for (const each of [asked, { not: asked }]) {
      const { filter, faults } = parseQuery(printQuery({ ...parseQuery("").filter, rest: [each] }));
      expect(faults).toEqual([]);
      const expected = all.filter((row) => meets(row, each)).map(({ number }) => number).toSorted((one, other) => one - other);
      expect(await walk(filter), `${field} ${JSON.stringify(each)}`).toEqual(expected);
    }
  }
}, 120_000);

test("any filter: its count is its rows page by page, and both are what the rules say over plain rows", async () => {
  let some = 0;
  await fc.assert(fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 3 }), fc.constantFrom(...TABS), fc.constantFrom(...SORTS), async (rest, tab, sort) => {
    const asked = { ...parseQuery("").filter, rest };
    const { filter: read, faults } = parseQuery(printQuery(asked));
    expect(faults).toEqual([]);
    const filter = { ...read, tab, sort };
    const matching = all.filter((each) => rest.every((part) => meets(each, part)));
    const expected = matching.filter((each) => isInTab(tab, each.scanner_status, each.governance_status)).map(({ number }) => number).toSorted((one, other) => one - other);
    expect(await walk(filter), printQuery(filter)).toEqual(expected);
    expect(await queueTotal(prisma, filter, asking)).toBe(expected.length);
    expect((await filteredCounts(prisma, { ...filter, tab: "all" }, asking)).tabs.all).toBe(matching.length);
    some += expected.length > 0 && expected.length < all.length ? 1 : 0;
  }), { numRuns: 150 });
  expect(some).toBeGreaterThan(20);
}, 120_000);
