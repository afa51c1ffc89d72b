import { z } from "zod";
import { joinSql, sql, type Db, type Sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { literal, some } from "@/lib/db/sql/matching";

/** From so many tickets on a word is common. */
const COMMON = 2_000;

/** What is known of the words of a search: the tickets that hold one, or that very many do. */
export type TicketWords = ReadonlyMap<string, readonly number[] | "common">;

/** The words of a search, at most eight. */
export const wordsOf = (search: string): readonly string[] => [...new Set(search.trim().split(/\s+/).filter(Boolean))].slice(0, 8);

/** Looks the words up, each no further than to where it is common. */
export async function ticketWords(db: Db, search: string, environment: number): Promise<TicketWords> {
  return new Map(await Promise.all(wordsOf(search).map(async (word) => [word, await holdersOf(db, word, environment)] as const)));
}

async function holdersOf(db: Db, word: string, environment: number): Promise<readonly number[] | "common"> {
  const ids = await rows(db, z.object({ id: z.number() }), sql`SELECT t.id FROM (${idsOf(word, environment)}) t LIMIT ${COMMON}`);
  return ids.length >= COMMON ? "common" : ids.map(({ id }) => id);
}

/** The tickets that hold a word in title or key over there, as T-12, F-42 or a CVE: each branch off its own index. */
function idsOf(word: string, environment: number): Sql {
  const like = `%${literal(word)}%`;
  const tickets = sql`SELECT t.id FROM ticket t WHERE t.environment_id = ${environment}`;
  return joinSql([sql`${tickets} AND t.title ILIKE ${like}`, sql`${tickets} AND t.external_key ILIKE ${like}`, ...identified(word, environment).map((condition) => sql`${tickets} AND ${condition}`)], " UNION ALL ");
}

/** What the word says if it is an identifier. */
function identified(word: string, environment: number): Sql[] {
  const [, number] = /^t-(\d{1,9})$/i.exec(word) ?? [];
  const [, finding] = /^f-(\d{1,9})$/i.exec(word) ?? [];
  return [
    ...(number === undefined ? [] : [sql`t.number = ${Number(number)}`]),
    ...(finding === undefined ? [] : [ofFindings(sql`f.number = ${Number(finding)}`, environment)]),
    ...(/^CVE-\d{4}-\d{4,}$/i.test(word) ? [ofFindings(sql`f.cve && ${[word.toUpperCase()]}::text[]`, environment)] : []),
  ];
}

/** Tickets of findings `f`. */
export const ofFindings = (condition: Sql, environment: number): Sql => sql`t.id = ANY(ARRAY(
  SELECT tf.ticket_id FROM finding f JOIN ticket_finding tf ON tf.finding_id = f.id WHERE f.environment_id = ${environment} AND ${condition}))`;

/** A word as a condition on a ticket `t`. On the way down an order a common one is asked of one ticket after the other, else of its index. */
export function found(word: string, words: TicketWords, environment: number, isOnTheWay: boolean): Sql {
  const known = words.get(word);
  if (known !== undefined && known !== "common") return sql`t.id = ANY(${[...known]}::int[])`;
  const like = `%${literal(word)}%`;
  const held = some([sql`t.title ILIKE ${like}`, sql`t.external_key ILIKE ${like}`, ...identified(word, environment)]);
  return isOnTheWay ? sql`${held} IS TRUE` : held;
}
