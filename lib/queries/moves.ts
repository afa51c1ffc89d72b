import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { movesSince, type LoggedMove } from "@/lib/db/sql/finding-changes";
import { findingsByNumber } from "@/lib/db/sql/queue-page";
import { fieldChanges, foldChanges, peopleIn } from "@/lib/domain/finding/field-changes";
import { seen } from "@/lib/domain/finding/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { MovedView, MoveView } from "@/lib/domain/views/live";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { rowView } from "@/lib/queries/finding-row";

const MOST = 50;
const input = z.object({ environment: z.number().int().positive(), seen: z.array(seen).max(MOST) });

/** Who did what to findings since the versions that a screen saw: `{environment, seen}`, at most 50. Those that have not moved are left out. */
export function movesOf(actor: Actor, raw: unknown): Promise<Result<MovedView[]>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, seen: known }, { now }) => {
      const stored = await findingsByNumber(db, environment, known.map(({ number }) => number));
      const versions = new Map(known.map(({ number, version }) => [number, version]));
      const logged = await movesSince(db, environment, stored.map(({ id, number }) => ({ id, version: versions.get(number) ?? 0 })));
      const names = await namesOf(db, logged.flatMap(({ before, after }) => peopleIn(before, after)));
      return ok(stored.flatMap((finding) => {
        const own = logged.filter((one) => one.finding === finding.id);
        return own.length === 0 ? [] : [{ row: rowView(finding, now), moves: acts(own, (id) => names.get(id) ?? "Somebody") }];
      }));
    },
  }, raw);
}

async function namesOf(db: Db, people: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const found = await rows(db, z.object({ id: z.number(), name: z.string() }), sql`SELECT id, name FROM person WHERE id = ANY (${[...new Set(people)]}::int[]) ORDER BY id`);
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** Entries of one act as one, the newest first. */
function acts(logged: readonly LoggedMove[], nameOf: (person: number) => string): MoveView[] {
  const byAct = new Map<string, LoggedMove[]>();
  for (const one of logged) byAct.set(one.actionId, [...(byAct.get(one.actionId) ?? []), one]);
  return [...byAct.values()].reverse().flatMap((entries) => {
    const last = entries.at(-1);
    const changes = foldChanges(entries.flatMap(({ before, after }) => fieldChanges(before, after, nameOf)));
    return last ? [{ at: last.at.toISOString(), by: last.by, changes }] : [];
  });
}
