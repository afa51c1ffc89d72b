import { z } from "zod";
import { joinSql, sql, trustedSql, type Db, type Sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { literal } from "@/lib/db/sql/matching";
import type { Asking } from "@/lib/db/sql/queue-flags";

/**
 * One word of a search: in title, location, asset or rule, or as an identifier (CVE, CWE, F-number). The ids first, each branch off its
 * own index; a word that very many findings hold is asked of one finding after the other instead.
 */
export function found(term: string, { environment, words }: Pick<Asking, "environment" | "words">): Sql {
  const known = words?.get(term);
  if (known === "common") return heldBy(term, environment);
  return known ? sql`f.id = ANY(${known}::int[])` : sql`f.id = ANY(ARRAY(${idsOf(term, environment)}))`;
}

/**
 * Titles and places stand in a dictionary: a place is a location without its digits and colons at the end, so a word
 * is looked up without those of its own and then compared with the whole location. One that is nothing else is compared with all.
 */
function idsOf(term: string, environment: number): Sql {
  const like = `%${literal(term)}%`;
  const head = term.replace(/[0-9:]+$/, "");
  const findings = sql`SELECT g.id FROM finding g WHERE g.environment_id = ${environment}`;
  const branches = [
    ...(head === "" ? [sql`${findings} AND (g.title LIKE ${like} OR g.location LIKE ${like})`] : inPhrases(like, `%${literal(head)}%`, environment)),
    of("rule_id", sql`SELECT id FROM rule WHERE environment_id = ${environment} AND (key ILIKE ${like} OR name ILIKE ${like})`),
    of("asset_id", sql`SELECT id FROM asset WHERE environment_id = ${environment} AND name ILIKE ${like}`),
    ...identified(term, "g").map((condition) => sql`${findings} AND ${condition}`),
  ];
  return joinSql(branches, " UNION ALL ");
}

/** The same as a condition on one finding. Hashes of texts are compared first, which is quicker than to read each. */
function heldBy(term: string, environment: number): Sql {
  const like = `%${literal(term)}%`;
  const head = term.replace(/[0-9:]+$/, "");
  const phrases = (text: string) => sql`(SELECT hashtextextended(text, 0) FROM phrase WHERE environment_id = ${environment} AND text ILIKE ${text})`;
  return sql`(${joinSql([
    sql`f.rule_id IN (SELECT id FROM rule WHERE environment_id = ${environment} AND (key ILIKE ${like} OR name ILIKE ${like}))`,
    sql`f.asset_id IN (SELECT id FROM asset WHERE environment_id = ${environment} AND name ILIKE ${like})`,
    ...(head === "" ? [sql`f.title LIKE ${like}`, sql`f.location LIKE ${like}`] : [
      sql`(hashtextextended(f.title, 0) IN ${phrases(like)} AND f.title ILIKE ${like})`,
      sql`(hashtextextended(docket_place(f.location), 0) IN ${phrases(`%${literal(head)}%`)} AND f.location ILIKE ${like})`,
    ]),
    ...identified(term, "f"),
  ], " OR ")})`;
}

/** What the word says if it is an identifier. */
function identified(term: string, table: "f" | "g"): Sql[] {
  const at = trustedSql(table);
  const number = /^(?:F-)?(\d{1,9})$/i.exec(term)?.[1];
  const weakness = /^CWE-(\d{1,9})$/i.exec(term)?.[1];
  return [
    ...(number === undefined ? [] : [sql`${at}.number = ${Number(number)}`]),
    ...(weakness === undefined ? [] : [sql`${at}.cwe && ${[Number(weakness)]}::int[]`]),
    ...(/^GHSA(-[a-z0-9]{4}){3}$/i.test(term) ? [sql`${at}.ghsa <> '{}' AND ${at}.ghsa && ${[`GHSA${term.slice(4).toLowerCase()}`]}::text[]`] : []),
    ...(VULNERABILITY.test(term) ? [sql`${at}.cve && ${[term.toUpperCase()]}::text[]`] : []),
  ];
}

/** From so many places on, each in another finding, a word is common. One vulnerability is looked up further: its index leads to them, while to compare each finding with it takes a second and more. */
const COMMON = 2_000;
const COMMON_VULNERABILITY = 20_000;
/** A finding that holds a word in its title mostly holds it in its rule too, and is met in both. */
const MET_TWICE = 3;
const VULNERABILITY = /^CVE-\d{4}-\d{4,}$/i;

/** A word whose index leads to all that hold it within a statement, however many they are. */
export const leadsByItself = (term: string): boolean => VULNERABILITY.test(term);

const holders = z.object({ ids: z.array(z.number()).max(MET_TWICE * COMMON_VULNERABILITY) });

/** The findings that hold a word, each as often as it was met, and no more than so many. */
async function metIn(db: Db, term: string, environment: number, most: number): Promise<number[]> {
  const held = await row(db, holders, sql`SELECT ARRAY(SELECT id FROM (${idsOf(term, environment)}) ids LIMIT ${most}) AS ids`);
  return held?.ids ?? [];
}

/** The findings that hold a word; "common" where they are very many: it looks no further than that, but where the same ones were met again. */
export async function holdersOf(db: Db, term: string, environment: number): Promise<readonly number[] | "common"> {
  const most = VULNERABILITY.test(term) ? COMMON_VULNERABILITY : COMMON;
  const first = await metIn(db, term, environment, most);
  const each = new Set(first);
  if (first.length < most) return [...each];
  if (each.size === most) return "common";
  const further = await metIn(db, term, environment, MET_TWICE * most);
  return further.length < MET_TWICE * most ? [...new Set(further)] : "common";
}

/** Findings of these rules or assets, one after the other: where none is found, no finding is read. */
function of(column: "rule_id" | "asset_id", owners: Sql): Sql {
  return sql`SELECT g.id FROM (${owners} OFFSET 0) o CROSS JOIN LATERAL (SELECT id FROM finding WHERE ${trustedSql(column)} = o.id OFFSET 0) g`;
}

/** Findings whose title or location holds the text, through the dictionary. The hash leads to them, the text decides. */
function inPhrases(like: string, placeLike: string, environment: number): Sql[] {
  const hashes = (text: string) => sql`ARRAY(SELECT hashtextextended(text, 0) FROM phrase WHERE environment_id = ${environment} AND text ILIKE ${text})`;
  return [
    sql`SELECT g.id FROM finding g WHERE hashtextextended(g.title, 0) = ANY(${hashes(like)}) AND g.environment_id = ${environment} AND g.title ILIKE ${like}`,
    sql`SELECT g.id FROM finding g WHERE hashtextextended(docket_place(g.location), 0) = ANY(${hashes(placeLike)})
      AND g.environment_id = ${environment} AND g.location ILIKE ${like}`,
  ];
}
