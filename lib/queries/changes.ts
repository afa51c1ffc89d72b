import { z } from "zod";
import { changesSince } from "@/lib/db/sql/finding-changes";
import { beyondAmong, matchingAmong } from "@/lib/db/sql/queue-among";
import { queueCounts } from "@/lib/db/sql/queue-counts";
import { findingsByNumber } from "@/lib/db/sql/queue-page";
import { withWords } from "@/lib/db/sql/queue-where";
import { MOST_NUMBERS } from "@/lib/domain/live";
import { number, seen } from "@/lib/domain/finding/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { QueueChanges } from "@/lib/domain/views/live";
import { queueFilter } from "@/lib/domain/views/queue-input";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { rowView } from "@/lib/queries/finding-row";
import { askingOf, totalOf } from "@/lib/queries/queue";

const input = z.object({
  environment: z.number().int().positive(),
  filter: queueFilter,
  seen: z.array(seen).max(MOST_NUMBERS),
  unknown: z.array(number).max(MOST_NUMBERS),
  ends: z.array(z.string().min(1).max(2_000)).max(2).default([]),
});

/** What has become of a queue since a screen read it: `{environment, filter, seen, unknown, ends}`, as lib/domain/views/live.ts describes it. */
export function queueChanges(actor: Actor, raw: unknown): Promise<Result<QueueChanges>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, filter, seen: known, unknown, ends }, { now }) => {
      const asking = await withWords(db, filter, await askingOf(db, actor, environment, now));
      const numbers = known.map((one) => one.number);
      const [stored, listed] = await Promise.all([findingsByNumber(db, environment, numbers), matchingAmong(db, filter, asking, [...numbers, ...unknown])]);
      const holds = new Set(listed);
      const beyond = await beyondAmong(db, filter, asking, unknown.filter((each) => holds.has(each)), ends);
      const counts = await queueCounts(db, asking); // after the rows, as the total below: what is decided in between is never taken for something new
      const versions = new Map(known.map((one) => [one.number, one.version]));
      const since = stored.flatMap(({ id, number: each, version }) => ((versions.get(each) ?? version) < version ? [{ id, version: versions.get(each) ?? 0 }] : []));
      const changes = await changesSince(db, environment, since);
      const moved = stored.flatMap(({ id, number: each }) => {
        const newest = changes.find(({ finding }) => finding === id);
        return newest ? [{ number: each, by: newest.by }] : [];
      });
      return ok({
        rows: stored.map((one) => rowView(one, now)),
        moved,
        counts,
        total: await totalOf(db, filter, asking, counts),
        fitting: numbers.filter((each) => holds.has(each)),
        arrived: unknown.filter((each) => holds.has(each) && !beyond.has(each)),
      });
    },
  }, raw);
}
