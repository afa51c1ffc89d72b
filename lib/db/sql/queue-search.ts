import { joinSql, sql, trustedSql, type Sql } from "@/lib/db/client";
import { literal } from "@/lib/db/sql/matching";

/**
 * One word of a search: in title, location, asset or rule, or as an identifier (CVE, CWE, F-number). The ids first, each branch off its
 * own index. Titles and places stand in a dictionary: a place is a location without its digits and colons at the end, so a word
 * is looked up without those of its own and then compared with the whole location. One that is nothing else is compared with all.
 */
export function found(term: string, environment: number): Sql {
  const like = `%${literal(term)}%`;
  const head = term.replace(/[0-9:]+$/, "");
  const number = /^(?:F-)?(\d{1,9})$/i.exec(term)?.[1];
  const weakness = /^CWE-(\d{1,9})$/i.exec(term)?.[1];
  const findings = sql`SELECT g.id FROM finding g WHERE g.environment_id = ${environment}`;
  const branches = [
    ...(head === "" ? [sql`${findings} AND (g.title LIKE ${like} OR g.location LIKE ${like})`] : inPhrases(like, `%${literal(head)}%`, environment)),
    of("rule_id", sql`SELECT id FROM rule WHERE environment_id = ${environment} AND (key ILIKE ${like} OR name ILIKE ${like})`),
    of("asset_id", sql`SELECT id FROM asset WHERE environment_id = ${environment} AND name ILIKE ${like}`),
    ...(number === undefined ? [] : [sql`${findings} AND g.number = ${Number(number)}`]),
    ...(weakness === undefined ? [] : [sql`${findings} AND g.cwe && ${[Number(weakness)]}::int[]`]),
    ...(/^GHSA(-[a-z0-9]{4}){3}$/i.test(term) ? [sql`${findings} AND g.ghsa <> '{}' AND g.ghsa && ${[`GHSA${term.slice(4).toLowerCase()}`]}::text[]`] : []),
    ...(/^CVE-\d{4}-\d{4,}$/i.test(term) ? [sql`${findings} AND g.cve && ${[term.toUpperCase()]}::text[]`] : []),
  ];
  return sql`f.id = ANY(ARRAY(${joinSql(branches, " UNION ALL ")}))`;
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
