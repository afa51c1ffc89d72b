import { FILTERS } from "@/lib/bench/queue-filters";
import type { Sort } from "@/lib/domain/views/alerts";

const TABS = ["needs_review", "investigating", "accepted_risk", "closed", "all"] as const;
export type CaseTab = (typeof TABS)[number];

/** Rows that a hand reads off one index in their order; `key` is what it is merged by with another part of its stretch. */
export type Part = { tables: string; holds: string; ordered: string; key: string };

/**
 * One queue that is asked for, and what it means in SQL written by hand: `where` it looks, and its order in stretches that follow each other, each of parts that are merged.
 * `now()` is the moment that both sides count from.
 */
export type Case = { name: string; tab: CaseTab; asked: Readonly<Record<string, string>>; where: string; stretches: readonly (readonly Part[])[]; descending: boolean };

const part = (ordered: string, more: Partial<Part> = {}): Part => ({ tables: "finding f", holds: "TRUE", ordered, key: "NULL::timestamptz", ...more });
const WORST = "f.effective, f.calibrated, f.id";
const owned = (table: string, column: string) => `${table} o JOIN finding f ON f.${column} = o.id AND o.environment_id = 1`;

/** What has no date comes last either way. */
const dated = (date: string) => [[part(`${date}, f.id`, { holds: `${date} IS NOT NULL` })], [part(`${date}, f.id`, { holds: `${date} IS NULL` })]];

/** The orders that are offered, as a good hand would write them. */
const ORDERED: Record<Exclude<Sort, `-${string}`>, Case["stretches"]> = {
  severity: [[part(WORST)]],
  due: dated("f.next_due"),
  added: [[part("f.added_on, f.id")]],
  // What is still detected was seen by the newest scan of its scope; all else has a date of its own.
  seen: [[part(`o.last_scanned, o.id, ${WORST}`, { tables: owned("scope", "scope_id"), holds: "f.last_seen_on IS NULL", key: "o.last_scanned" }), part("f.last_seen_on, f.id", { holds: "f.last_seen_on IS NOT NULL", key: "f.last_seen_on" })]],
  decided: dated("f.decided_at"),
  asset: [[part(`o.name, o.id, ${WORST}`, { tables: owned("asset", "asset_id") })]],
  title: [[part(`o.name, o.id, ${WORST}`, { tables: owned("rule", "rule_id") })]],
  number: [[part("f.number")]],
  status: ["new", "open", "closed"].map((status) => [part(WORST, { holds: `f.scanner_status = '${status}'` })]), // the same either way
};

const inTab = (tab: CaseTab) => (tab === "all" ? "TRUE" : `f.tab = '${tab}'`);

/** Every tab in every order, both ways. */
export function sortCases(): Case[] {
  return TABS.flatMap((tab) => Object.entries(ORDERED).flatMap(([sort, stretches]) => ["", "-"].map((sign) => ({
    name: `${tab} by ${sign}${sort}`, tab, asked: { tab, sort: `${sign}${sort}` }, where: `f.environment_id = 1 AND ${inTab(tab)}`, stretches, descending: sign === "-" && sort !== "status",
  }))));
}

const bySeverity = (name: string, tab: CaseTab, asked: Readonly<Record<string, string>>, where: string): Case => ({
  name: `${tab}, ${name}`, tab, asked: { tab, sort: "severity", ...asked }, where: `f.environment_id = 1 AND ${inTab(tab)} AND ${where}`, stretches: ORDERED.severity, descending: false,
});

/** Every filter inside these tabs. */
export function filterCases(tabs: readonly CaseTab[]): Case[] {
  return tabs.flatMap((tab) => FILTERS.map(({ name, asked, where }) => bySeverity(name, tab, asked, where)));
}

/** A word, and whether a good hand looks up the findings that hold it first or asks one finding after the other. */
type Word = { word: string; common: boolean };

const phrases = (word: string) => `(SELECT hashtextextended(text, 0) FROM phrase WHERE environment_id = 1 AND text ILIKE '%${word}%')`;
/** A place stands in the dictionary without the digits at its end. */
const head = (word: string) => word.replace(/[0-9:]+$/, "");
const identified = (word: string, of: string) => (word.startsWith("CVE-") ? [`${of}.cve && '{${word}}'`] : []);

/** The ids first, each place where a word may stand off its own index. */
function looked({ word }: Word): string {
  const owned = (table: string, column: string, holds: string) => `SELECT g.id FROM (SELECT id FROM ${table} WHERE environment_id = 1 AND (${holds}) OFFSET 0) o CROSS JOIN LATERAL (SELECT id FROM finding WHERE ${column} = o.id OFFSET 0) g`;
  return `f.id = ANY (ARRAY(SELECT g.id FROM finding g WHERE hashtextextended(g.title, 0) = ANY (ARRAY${phrases(word)}) AND g.title ILIKE '%${word}%'
    UNION ALL SELECT g.id FROM finding g WHERE hashtextextended(docket_place(g.location), 0) = ANY (ARRAY${phrases(head(word))}) AND g.location ILIKE '%${word}%'
    UNION ALL ${owned("rule", "rule_id", `key ILIKE '%${word}%' OR name ILIKE '%${word}%'`)} UNION ALL ${owned("asset", "asset_id", `name ILIKE '%${word}%'`)}
    ${identified(word, "g").map((holds) => `UNION ALL SELECT g.id FROM finding g WHERE ${holds}`).join(" ")}))`;
}

/** One finding after the other, hashes before texts. */
function met({ word }: Word): string {
  return `(${[
    `f.rule_id IN (SELECT id FROM rule WHERE environment_id = 1 AND (key ILIKE '%${word}%' OR name ILIKE '%${word}%'))`,
    `f.asset_id IN (SELECT id FROM asset WHERE environment_id = 1 AND name ILIKE '%${word}%')`,
    `(hashtextextended(f.title, 0) IN ${phrases(word)} AND f.title ILIKE '%${word}%')`,
    `(hashtextextended(docket_place(f.location), 0) IN ${phrases(head(word))} AND f.location ILIKE '%${word}%')`,
    ...identified(word, "f"),
  ].join(" OR ")})`;
}

/** In titles, rules, assets and places, and as an identifier: what very many findings hold, what few do, what none does, a vulnerability, a folder, a file in it, and two words at once. */
const SEARCHES: readonly (readonly Word[])[] = [
  [{ word: "kernel", common: true }], [{ word: "9c2h0", common: false }], [{ word: "nowhere", common: false }], [{ word: "CVE-2019-10004", common: false }], [{ word: "module-7/", common: true }],
  [{ word: "module-7/file-3.ts", common: false }], [{ word: "kernel", common: true }, { word: "injection", common: true }], [{ word: "kernel", common: true }, { word: "9c2h0", common: false }],
];

export function searchCases(): Case[] {
  return (["needs_review", "all"] as const).flatMap((tab) => SEARCHES.map((words) => {
    const q = words.map(({ word }) => word).join(" ");
    const where = words.map((word) => (word.common ? met(word) : looked(word))).join(" AND ");
    return bySeverity(`"${q}"`, tab, { q }, where);
  }));
}
