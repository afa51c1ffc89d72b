import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { listsOf } from "@/lib/db/sql/notices-told";
import { number } from "@/lib/domain/finding/input";
import { NOTICE_EVENTS } from "@/lib/domain/notice/events";
import { lists } from "@/lib/domain/notice/input";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";

const input = z.object({ environment: number, lists });

/** Who is written to beside the people concerned: `{environment, lists: [{event, addresses}]}`. A list that is named is replaced. Refuses events that have none. */
export function saveLists(actor: Actor, raw: unknown): Promise<Result<{ changed: number }>> {
  return commit(actor, { act: "environment.manage", input, work }, raw);
}

async function work(tx: Tx, asked: z.output<typeof input>): Promise<Result<Change<{ changed: number }>>> {
  const wrong = asked.lists.flatMap(({ event }, place) => (NOTICE_EVENTS[event].list ? [] : [{ path: `lists.${place}.event`, message: "This goes to the people concerned alone." }]));
  if (wrong.length > 0) return refuseInput(wrong);

  const before = await listsOf(tx, asked.environment);
  const changed = asked.lists.filter(({ event, addresses }) => JSON.stringify(before.get(event) ?? []) !== JSON.stringify(addresses));
  if (changed.length === 0) return ok({ unchanged: { changed: 0 } });

  return ok({
    trail: [{ action: "notices.lists_changed", record: { type: "environment", number: asked.environment }, before: Object.fromEntries(before), after: Object.fromEntries(changed.map(({ event, addresses }) => [event, addresses])) }],
    write: async (writing) => ({
      changed: await writing.$executeRaw(sql`
        INSERT INTO recipient_list (environment_id, event, addresses)
        SELECT ${asked.environment}, l.event, ARRAY(SELECT jsonb_array_elements_text(l.addresses)) FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS l(event text, addresses jsonb)
        ON CONFLICT (environment_id, event) DO UPDATE SET addresses = excluded.addresses`),
    }),
  });
}
