import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { namesOf } from "@/lib/db/sql/finding-trail";
import { ticketEvents } from "@/lib/db/sql/ticket-detail";
import { grouped } from "@/lib/domain/grouped";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { TimelinePage } from "@/lib/domain/views/finding";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { actionEntry } from "@/lib/queries/timeline-entry";
import { peopleIn } from "@/lib/queries/timeline-words";

const PAGE = 50;

/** The trail of a ticket as people read it, newest act first; `before` is the sequence that the page before ended with. */
export async function ticketTimeline(db: Db, environment: number, number: number, before: number | null): Promise<TimelinePage> {
  const events = await ticketEvents(db, environment, number, before, PAGE + 1);
  const acts = [...grouped(events, ({ action_id: action }) => action).values()];
  const shown = acts.slice(0, PAGE);
  const names = await namesOf(db, peopleIn(events));
  const last = shown.at(-1)?.at(-1);
  return { entries: shown.flatMap((act) => actionEntry(act, names, null)), nextCursor: acts.length > PAGE && last ? String(last.sequence) : null };
}

const input = z.object({ environment: z.number().int().positive(), number: z.number().int().positive().max(2_147_483_647), cursor: z.string().regex(/^\d{1,15}$/, "This cursor is not one of this timeline.").nullable() });

/** More of a ticket's timeline: `{environment, number, cursor}`. */
export function loadTicketTimeline(actor: Actor, raw: unknown): Promise<Result<TimelinePage>> {
  return read(actor, {
    act: "ticket.read",
    input,
    load: async (db, { environment, number, cursor }) => {
      const ticket = await db.ticket.findUnique({ where: { environmentId_number: { environmentId: environment, number } }, select: { id: true } });
      return ticket ? ok(await ticketTimeline(db, environment, number, cursor === null ? null : Number(cursor))) : refuse("missing", `There is no ticket T-${number} here.`);
    },
  }, raw);
}
