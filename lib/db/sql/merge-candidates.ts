import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { every } from "@/lib/db/sql/matching";
import { found, ticketWords, wordsOf } from "@/lib/db/sql/ticket-search";
import { SEVERITIES } from "@/lib/domain/finding/words";

const MOST = 8;

const candidate = z.object({ number: z.number(), title: z.string(), severity: z.enum(SEVERITIES), findingCount: z.number(), shared: count });

export type MergeCandidate = z.output<typeof candidate>;

/** Open tickets that one may be merged with: those that have most of its findings first, then the last changed. ticket_finding_open_partial; the order of the list. */
export async function mergeCandidates(db: Db, environment: number, ticket: { id: number; findings: readonly number[] }, search: string): Promise<MergeCandidate[]> {
  const words = await ticketWords(db, search, environment);
  if ([...words.values()].some((known) => known.length === 0)) return [];
  const asked = every([sql`t.environment_id = ${environment}`, sql`t.state = 'open'`, sql`t.id <> ${ticket.id}`, ...wordsOf(search).map((word) => found(word, words, environment, true))]);
  return rows(db, candidate, sql`
    WITH shared AS (
      SELECT tf.ticket_id AS id, count(*) AS n FROM ticket_finding tf WHERE tf.is_open AND tf.unlinked_at IS NULL AND tf.finding_id = ANY (${[...ticket.findings]}::int[]) GROUP BY 1),
    offered AS (
      (SELECT t.id, s.n FROM shared s JOIN ticket t ON t.id = s.id WHERE ${asked} ORDER BY s.n DESC, t.id DESC LIMIT ${MOST})
      UNION ALL
      (SELECT t.id, 0 FROM ticket t WHERE ${asked} AND NOT (t.id = ANY (ARRAY(SELECT id FROM shared))) ORDER BY t.updated_at DESC, t.id DESC LIMIT ${MOST}))
    SELECT t.number, t.title, t.severity, t.finding_count AS "findingCount", o.n AS shared FROM offered o JOIN ticket t ON t.id = o.id
    ORDER BY o.n DESC, t.updated_at DESC, t.id DESC LIMIT ${MOST}`);
}
