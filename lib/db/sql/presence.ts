import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { LIVE_CHANNEL } from "@/lib/domain/live";
import { LOOK_SECONDS, MOST_TABS, type Look } from "@/lib/domain/presence";

const look = z.object({ number: z.number(), id: z.number(), name: z.string() });

/** Who looks at what here, each person once for each finding; what was not said again for some seconds is over. Primary key. */
export async function looksIn(db: Db, environment: number): Promise<Look[]> {
  const found = await rows(db, look, sql`
    SELECT DISTINCT p.number, n.id, n.name FROM presence p JOIN person n ON n.id = p.person_id
    WHERE p.environment_id = ${environment} AND p.seen_at > now() - ${LOOK_SECONDS} * interval '1 second' ORDER BY p.number, n.name, n.id LIMIT 200`);
  return found.map(({ number, id, name }) => ({ number, person: { id, name } }));
}

/** What listeners are told when somebody begins or ends to look; that somebody still looks is no news. */
function message(environment: number): string {
  return JSON.stringify({ environment, kinds: { presence: true } });
}

/** This tab of the person has the finding open. Nothing where there is no such finding, or the person looks from too many tabs. */
export async function beginLook(db: Db, environment: number, { person, tab, number }: { person: number; tab: string; number: number }): Promise<void> {
  await db.$executeRaw(sql`
    WITH mine AS (SELECT tab, number, seen_at FROM presence WHERE environment_id = ${environment} AND person_id = ${person}),
    put AS (
      INSERT INTO presence (environment_id, person_id, tab, number)
      SELECT ${environment}, ${person}, ${tab}, f.number FROM finding f
      WHERE f.environment_id = ${environment} AND f.number = ${number} AND (SELECT count(*) FROM mine WHERE tab <> ${tab}) < ${MOST_TABS}
      ON CONFLICT (environment_id, person_id, tab) DO UPDATE SET number = excluded.number, seen_at = now()
      RETURNING number
    )
    SELECT pg_notify(${LIVE_CHANNEL}, ${message(environment)}) FROM put
    WHERE NOT EXISTS (SELECT FROM mine WHERE mine.tab = ${tab} AND mine.number = put.number AND mine.seen_at > now() - ${LOOK_SECONDS} * interval '1 second')`);
}

/** This tab looks at nothing any more. */
export async function endLook(db: Db, environment: number, { person, tab }: { person: number; tab: string }): Promise<void> {
  await db.$executeRaw(sql`
    WITH gone AS (DELETE FROM presence WHERE environment_id = ${environment} AND person_id = ${person} AND tab = ${tab} RETURNING 1)
    SELECT pg_notify(${LIVE_CHANNEL}, ${message(environment)}) FROM gone`);
}
