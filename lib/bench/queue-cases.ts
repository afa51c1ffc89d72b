import type { Sort } from "@/lib/domain/views/alerts";

/** One queue that is asked for, and what it means in SQL written by hand. `ordered` stands where the reference sorts. */
export type Case = { name: string; asked: Readonly<Record<string, string>>; tables: string; where: string; ordered: string };

const TABS = ["needs_review", "investigating", "accepted_risk", "closed", "all"] as const;

/** The orders that are offered, as a good hand would write them. */
const ORDERED: Record<Exclude<Sort, `-${string}`>, { tables?: string; holds?: string; ordered: string }> = {
  // Ascending, what has no date comes last by itself.
  severity: { ordered: "f.effective, f.calibrated, f.id" },
  due: { ordered: "f.next_due, f.id" },
  added: { ordered: "f.added_on, f.id" },
  seen: { tables: "scope o JOIN finding f ON f.scope_id = o.id AND o.environment_id = 1", holds: "f.last_seen_on IS NULL", ordered: "o.last_scanned, o.id, f.effective, f.calibrated, f.id" },
  decided: { ordered: "f.decided_at, f.id" },
  asset: { tables: "asset o JOIN finding f ON f.asset_id = o.id AND o.environment_id = 1", ordered: "o.name, o.id, f.effective, f.calibrated, f.id" },
  title: { tables: "rule o JOIN finding f ON f.rule_id = o.id AND o.environment_id = 1", ordered: "o.name, o.id, f.effective, f.calibrated, f.id" },
  number: { ordered: "f.number" },
  status: { holds: "f.scanner_status <> 'closed'", ordered: "f.effective, f.calibrated, f.id" },
};

const turned = (ordered: string) => ordered.split(", ").map((column) => `${column} DESC`).join(", ");
const DATED = ["f.next_due", "f.decided_at"];
const inTab = (tab: string) => (tab === "all" ? "TRUE" : `f.tab = '${tab}'`);

/** What a queue is narrowed by, most as people do it. */
const FILTERS: readonly { name: string; asked: Readonly<Record<string, string>>; where: string }[] = [
  { name: "severity", asked: { severity: "critical,high" }, where: "f.calibrated IN ('critical', 'high')" },
  { name: "kev", asked: { is: "kev" }, where: "f.kev" },
  { name: "overdue", asked: { is: "overdue" }, where: "f.next_due < now()" },
  { name: "due in a day", asked: { due: "<24h" }, where: "f.next_due < now() + interval '1 day'" },
  { name: "of a person", asked: { assignee: "person-3@bench.test" }, where: "f.assignee_id = (SELECT id FROM person WHERE email = 'person-3@bench.test')" },
  { name: "nobody's", asked: { assignee: "none" }, where: "f.assignee_id IS NULL" },
  { name: "a tag", asked: { tag: "t5" }, where: "f.tags <> '{}' AND f.tags && '{t5}'" },
  { name: "an asset", asked: { asset: "10.0.0.1" }, where: "f.asset_id = (SELECT id FROM asset WHERE environment_id = 1 AND name = '10.0.0.1')" },
  { name: "a network", asked: { asset: "10.0.*" }, where: "f.asset_id IN (SELECT id FROM asset WHERE environment_id = 1 AND name LIKE '10.0.%')" },
  { name: "a check", asked: { rule: "900100" }, where: "f.rule_id IN (SELECT id FROM rule WHERE environment_id = 1 AND key = '900100')" },
  { name: "a type", asked: { category: "ssl" }, where: "f.category = 'ssl'" },
  { name: "a year old", asked: { added: ">365d" }, where: "f.added_on < now() - interval '365 days'" },
  { name: "new", asked: { is: "new" }, where: "f.scanner_status = 'new'" },
  { name: "a vulnerability", asked: { cve: "CVE-2020-10005" }, where: "f.cve && '{CVE-2020-10005}'" },
  { name: "critical, KEV, nobody's", asked: { severity: "critical", is: "kev", assignee: "none" }, where: "f.calibrated = 'critical' AND f.kev AND f.assignee_id IS NULL" },
  { name: "not KEV, or overdue", asked: { q: "-is:kev OR is:overdue" }, where: "(NOT f.kev OR f.next_due < now())" },
];

/** Every tab in every order, both ways. */
export function sortCases(): Case[] {
  return TABS.flatMap((tab) => Object.entries(ORDERED).flatMap(([sort, { tables = "finding f", holds = "TRUE", ordered }]) =>
    ["", "-"].map((sign) => ({
      name: `${tab} by ${sign}${sort}`, asked: { tab, sort: `${sign}${sort}` }, tables,
      where: `f.environment_id = 1 AND ${inTab(tab)} AND ${sign === "-" ? (DATED.filter((date) => ordered.startsWith(date)).map((date) => `${date} IS NOT NULL`)[0] ?? holds) : holds}`, ordered: sign === "-" && sort !== "status" ? turned(ordered) : ordered,
    }))));
}

/** Every filter where people work: what is to be reviewed, and everything. */
export function filterCases(): Case[] {
  return (["needs_review", "all"] as const).flatMap((tab) => FILTERS.map(({ name, asked, where }) => ({
    name: `${tab}, ${name}`, asked: { tab, sort: "severity", ...asked }, tables: "finding f", where: `f.environment_id = 1 AND ${inTab(tab)} AND ${where}`, ordered: ORDERED.severity.ordered,
  })));
}

const phrases = (word: string) => `(SELECT hashtextextended(text, 0) FROM phrase WHERE environment_id = 1 AND text ILIKE '%${word}%')`;

/** Words that few and that very many findings hold: ids first through the dictionary, or met on the way. */
export function searchCases(): Case[] {
  const ids = (word: string) => `f.id = ANY(ARRAY(SELECT g.id FROM finding g WHERE hashtextextended(g.title, 0) = ANY(ARRAY${phrases(word)}) AND g.title ILIKE '%${word}%'
    UNION ALL SELECT g.id FROM (SELECT id FROM rule WHERE environment_id = 1 AND (key ILIKE '%${word}%' OR name ILIKE '%${word}%') OFFSET 0) o CROSS JOIN LATERAL (SELECT id FROM finding WHERE rule_id = o.id OFFSET 0) g
    UNION ALL SELECT g.id FROM (SELECT id FROM asset WHERE environment_id = 1 AND name ILIKE '%${word}%' OFFSET 0) o CROSS JOIN LATERAL (SELECT id FROM finding WHERE asset_id = o.id OFFSET 0) g))`;
  const met = (word: string) => `(f.rule_id IN (SELECT id FROM rule WHERE environment_id = 1 AND (key ILIKE '%${word}%' OR name ILIKE '%${word}%'))
    OR (hashtextextended(f.title, 0) IN ${phrases(word)} AND f.title ILIKE '%${word}%') OR f.asset_id IN (SELECT id FROM asset WHERE environment_id = 1 AND name ILIKE '%${word}%'))`;
  return (["needs_review", "all"] as const).flatMap((tab) => [
    { word: "kernel", where: met("kernel") }, { word: "9c2h0", where: ids("9c2h0") }, { word: "nowhere", where: ids("nowhere") },
  ].map(({ word, where }) => ({ name: `${tab}, "${word}"`, asked: { tab, sort: "severity", q: word }, tables: "finding f", where: `f.environment_id = 1 AND ${inTab(tab)} AND ${where}`, ordered: ORDERED.severity.ordered })));
}
