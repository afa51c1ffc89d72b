import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { DENSITIES, type Layout } from "@/lib/domain/desk/layout";

const density = z.enum(DENSITIES).nullable();
const texts = z.array(z.string()).nullable();
const stored = z.object({
  columns: texts, density, default_view_id: z.number().nullable(), last_view_id: z.number().nullable(), last_address: z.string().nullable(), last_at: z.date().nullable(),
  last_columns: texts, last_density: density, pins: z.array(z.number()), recent: z.array(z.number()), lost: z.string().nullable(),
});
export type StoredDesk = z.output<typeof stored>;

/** A person's desk here; null: they have none yet. */
export async function deskRow(db: Db, environment: number, person: number): Promise<StoredDesk | null> {
  return row(db, stored, sql`SELECT columns, density, default_view_id, last_view_id, last_address, last_at, last_columns, last_density, pins, recent, lost
    FROM queue_desk WHERE environment_id = ${environment} AND person_id = ${person}`);
}

export type Looked = { view: number | null; address: string; changed: Layout | null; now: Date };

/** What a person looks at: the view where they may see it, the filter, and columns that differ from the view's. One statement. */
export async function keepLooked(db: Db, environment: number, person: number, { view, address, changed, now }: Looked): Promise<void> {
  const seen = sql`(SELECT id FROM saved_view WHERE id = ${view} AND environment_id = ${environment} AND (is_shared OR owner_id = ${person}))`;
  await db.$executeRaw(sql`INSERT INTO queue_desk AS d (environment_id, person_id, last_view_id, last_address, last_at, last_columns, last_density, recent)
    SELECT ${environment}, ${person}, v.id, ${address}, ${now}, ${changed?.columns ?? null}::text[], ${changed?.density ?? null}::density, CASE WHEN v.id IS NULL THEN '{}' ELSE ARRAY[v.id] END
    FROM (SELECT ${seen} AS id) v
    ON CONFLICT (environment_id, person_id) DO UPDATE SET last_view_id = excluded.last_view_id, last_address = excluded.last_address, last_at = excluded.last_at,
      last_columns = excluded.last_columns, last_density = excluded.last_density, lost = NULL,
      recent = (excluded.recent || array_remove(d.recent, excluded.last_view_id))[1:8]`);
}

/** Columns and density outside of views; null: as everybody begins. */
export async function keepLayout(db: Db, environment: number, person: number, layout: Layout | null): Promise<void> {
  await db.$executeRaw(sql`INSERT INTO queue_desk (environment_id, person_id, columns, density) VALUES (${environment}, ${person}, ${layout?.columns ?? null}::text[], ${layout?.density ?? null}::density)
    ON CONFLICT (environment_id, person_id) DO UPDATE SET columns = excluded.columns, density = excluded.density`);
}

/** Which views stand in the side. */
export async function keepPins(db: Db, environment: number, person: number, pins: readonly number[]): Promise<void> {
  await db.$executeRaw(sql`INSERT INTO queue_desk (environment_id, person_id, pins) VALUES (${environment}, ${person}, ${pins}::int[])
    ON CONFLICT (environment_id, person_id) DO UPDATE SET pins = excluded.pins`);
}
