import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { facetOf, type FacetField } from "@/lib/db/sql/queue-facets";
import type { Asking } from "@/lib/db/sql/queue-where";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Facet, QueueFacets, QueueFilter } from "@/lib/domain/views/alerts";
import { queueFilter } from "@/lib/domain/views/queue-input";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { askingOf } from "@/lib/queries/queue";

/** What the menus of the filter bar offer inside a queue, each value with its exact count. */
export async function facetsOf(db: Db, filter: QueueFilter, asking: Asking): Promise<QueueFacets> {
  const of = async (field: FacetField): Promise<Facet[]> =>
    (await facetOf(db, field, filter, asking)).map(({ value, label, count }) => ({ value, ...(label === null ? {} : { label }), ...(count === null ? {} : { count }) }));
  const [severity, detector, assignee, tag] = await Promise.all([of("severity"), of("detector"), of("assignee"), of("tag")]);
  return { severity, detector, assignee, tag };
}

/** The same for whoever comes near the menus: `{environment, filter}`. No page waits for it. */
export function queueFacets(actor: Actor, raw: unknown): Promise<Result<QueueFacets>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: z.number().int().positive(), filter: queueFilter }),
    load: async (db, { environment, filter }, { now }) => ok(await facetsOf(db, filter, await askingOf(db, actor, environment, now))),
  }, raw);
}
