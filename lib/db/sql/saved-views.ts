import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { DENSITIES } from "@/lib/domain/desk/layout";

const stored = z.object({
  id: z.number(), owner_id: z.number().nullable(), owner: z.string(), name: z.string(), description: z.string(), is_shared: z.boolean(), is_default: z.boolean(),
  address: z.string(), columns: z.array(z.string()).nullable(), density: z.enum(DENSITIES), version: z.number(), created_at: z.date(), changed_at: z.date(), default_of: count,
});
export type StoredView = z.output<typeof stored>;

const COLUMNS = sql`v.id, v.owner_id, coalesce(p.name, v.created_by) AS owner, v.name, v.description, v.is_shared, v.is_default, v.address, v.columns, v.density, v.version,
  v.created_at, v.changed_at, (SELECT count(*) FROM queue_desk d WHERE d.default_view_id = v.id) AS default_of`;

/** The views that a person sees here: those that are shared, and their own; by name. */
export async function viewsFor(db: Db, environment: number, person: number | null): Promise<StoredView[]> {
  return rows(db, stored, sql`SELECT ${COLUMNS} FROM saved_view v LEFT JOIN person p ON p.id = v.owner_id
    WHERE v.environment_id = ${environment} AND (v.is_shared OR v.owner_id = ${person}) ORDER BY lower(v.name), v.id LIMIT 500`);
}

/** One view of the environment, whoever sees it; `hold` keeps it as it is until the transaction ends. */
export async function viewById(db: Db, environment: number, id: number, hold = false): Promise<StoredView | null> {
  if (hold) await db.$queryRaw(sql`SELECT id FROM saved_view WHERE id = ${id} AND environment_id = ${environment} FOR UPDATE`);
  return row(db, stored, sql`SELECT ${COLUMNS} FROM saved_view v LEFT JOIN person p ON p.id = v.owner_id WHERE v.id = ${id} AND v.environment_id = ${environment}`);
}

/** A view under this name among the shared ones, or among one person's own; another than `except`. */
export async function viewNamed(db: Db, environment: number, name: string, owner: number | null, except: number | null): Promise<boolean> {
  const found = await row(db, z.object({ id: z.number() }), sql`SELECT id FROM saved_view WHERE environment_id = ${environment} AND lower(name) = lower(${name})
    AND CASE WHEN ${owner}::int IS NULL THEN is_shared ELSE NOT is_shared AND owner_id = ${owner} END AND id IS DISTINCT FROM ${except} LIMIT 1`);
  return found !== null;
}

/** How many are shared here, and how many this person keeps. */
export async function viewTally(db: Db, environment: number, person: number | null): Promise<{ shared: number; own: number }> {
  const found = await row(db, z.object({ shared: count, own: count }), sql`SELECT count(*) FILTER (WHERE is_shared) AS shared,
    count(*) FILTER (WHERE NOT is_shared AND owner_id = ${person}) AS own FROM saved_view WHERE environment_id = ${environment}`);
  return found ?? { shared: 0, own: 0 };
}

/** People but `person` whose default it is. */
export async function defaultedBy(db: Db, view: number, person: number | null): Promise<string[]> {
  const found = await rows(db, z.object({ name: z.string() }), sql`SELECT p.name FROM queue_desk d JOIN person p ON p.id = d.person_id
    WHERE d.default_view_id = ${view} AND d.person_id IS DISTINCT FROM ${person} ORDER BY p.name, p.id LIMIT 1000`);
  return found.map(({ name }) => name);
}

/**
 * Takes a view off the desks of everybody but `keeper`, who still sees it (null: of everybody). Whose default it was is told `lost` at their
 * next visit, but for `silent`, who took it away.
 */
export async function clearView(db: Db, view: number, { keeper, silent, lost }: { keeper: number | null; silent: number | null; lost: string }): Promise<void> {
  await db.$executeRaw(sql`UPDATE queue_desk SET
      lost = CASE WHEN default_view_id = ${view} AND person_id IS DISTINCT FROM ${silent} THEN ${lost} ELSE lost END,
      default_view_id = nullif(default_view_id, ${view}), last_view_id = nullif(last_view_id, ${view})
    WHERE (default_view_id = ${view} OR last_view_id = ${view}) AND person_id IS DISTINCT FROM ${keeper}`);
}
