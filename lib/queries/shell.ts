import { z } from "zod";
import { prisma, sql, type Db } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { modulesHere } from "@/lib/db/sql/modules";
import { unreadOf } from "@/lib/db/sql/notices";
import { visibleEnvironments } from "@/lib/db/visible";
import type { KeyboardSettings } from "@/lib/domain/person/keyboard";
import { readKeyboard } from "@/lib/domain/person/keyboard-input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { EnvironmentView, ShellView } from "@/lib/domain/views/shell";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { pinnedFor } from "@/lib/queries/desk";
import { meOf } from "@/lib/queries/who";

const seen = z.object({ number: z.number(), name: z.string() });

/** The environments that the actor is a member of, by name; at most 500. */
async function environmentsOf(db: Db, actor: Actor): Promise<EnvironmentView[]> {
  return rows(db, seen, sql`SELECT e.id AS number, e.name FROM environment e WHERE ${visibleEnvironments(actor.roles)} ORDER BY e.name, e.id LIMIT 500`);
}

/** What frames every screen: `{environment}`. An environment that the actor may not know of is missing. */
export function shell(actor: Actor, raw: unknown): Promise<Result<ShellView>> {
  return read(actor, {
    act: "environment.read",
    input: z.object({ environment: z.number().int().positive() }),
    load: async (db, { environment: where }, { now }) => {
      const modules = modulesHere(db, { environment: where, personId: actor.personId, now, warnDays: 0 });
      const messages = actor.personId === null ? 0 : unreadOf(db, where, actor.personId);
      const [environments, queue, unread, keyboard, here] = await Promise.all([environmentsOf(db, actor), queueOf(db, where), messages, keyboardOf(db, actor), modules]);
      const pins = await pinnedFor(db, actor, where, now);
      const environment = environments.find(({ number }) => number === where);
      if (!environment) return refuse("missing", `There is no environment ${where}.`);
      return ok({ environment, environments, me: meOf(actor, where), counts: { queue, unread }, modules: here, keyboard, pins });
    },
  }, raw);
}

/** How this person uses the keyboard; the defaults for whoever is no person. */
async function keyboardOf(db: Db, actor: Actor): Promise<KeyboardSettings> {
  const found = actor.personId === null ? null : await row(db, z.object({ keyboard: z.unknown() }), sql`SELECT keyboard FROM person WHERE id = ${actor.personId}`);
  return readKeyboard(found?.keyboard);
}

/** What waits in the working queue: to be reviewed or investigated, and detected. */
async function queueOf(db: Db, environment: number): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`SELECT coalesce(sum(n), 0)::bigint AS n FROM queue_count
    WHERE environment_id = ${environment} AND detected AND response IN ('needs_review', 'investigating')`);
  return found?.n ?? 0;
}

/** Where the front door leads: the environment of the last visit when the actor still sees it, else the first; null when they see none. */
export async function homeOf(actor: Actor, last: number | null): Promise<number | null> {
  const environments = await environmentsOf(prisma, actor);
  const first = environments.toSorted((one, other) => one.number - other.number)[0];
  return environments.find(({ number }) => number === last)?.number ?? first?.number ?? null;
}
