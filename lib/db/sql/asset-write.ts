import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import type { KnownAsset } from "@/lib/domain/asset/plan";
import { ASSET_KINDS, EXPOSURES, SENSITIVITIES, type AssetFacts } from "@/lib/domain/asset/words";

const stored = z.object({
  id: z.number(), name: z.string(), version: z.number(), kind: z.enum(ASSET_KINDS), exposure: z.enum(EXPOSURES), sensitivity: z.enum(SENSITIVITIES),
  owner: z.string().nullable(), team: z.string().nullable(), decommissionOn: z.string().nullable(),
});

const COLUMNS = sql`id, name, version, kind, exposure, sensitivity, owner, team, decommission_on::text AS "decommissionOn"`;

function knownOf({ id, name, version, ...facts }: z.output<typeof stored>): KnownAsset {
  return { id, name, version, facts };
}

/** These assets of the environment, locked in one order. */
export async function lockAssets(tx: Tx, environment: number, ids: readonly number[]): Promise<KnownAsset[]> {
  const found = await rows(tx, stored, sql`SELECT ${COLUMNS} FROM asset WHERE environment_id = ${environment} AND id = ANY(${[...ids]}::int[]) ORDER BY id FOR UPDATE`);
  return found.map(knownOf);
}

/** The assets of these names, locked in the same order. */
export async function lockAssetsNamed(tx: Tx, environment: number, names: readonly string[]): Promise<KnownAsset[]> {
  const found = await rows(tx, stored, sql`SELECT ${COLUMNS} FROM asset WHERE environment_id = ${environment} AND name = ANY(${[...names]}::text[]) ORDER BY id FOR UPDATE`);
  return found.map(knownOf);
}

/** So many ids of assets to come, so that the log can name them first. */
export async function takeAssetIds(tx: Tx, howMany: number): Promise<number[]> {
  const taken = await rows(tx, z.object({ id: count }), sql`SELECT nextval(pg_get_serial_sequence('asset', 'id')) AS id FROM generate_series(1, ${howMany}::int)`);
  return taken.map(({ id }) => id);
}

export type NewAsset = { id: number; name: string; facts: AssetFacts };

const plain = (id: number, name: string, { decommissionOn, ...facts }: AssetFacts) => ({ id, name, ...facts, decommission_on: decommissionOn });

/** Writes new assets. Gives how many were written: fewer when a name was taken meanwhile. */
export async function insertAssets(tx: Tx, environment: number, assets: readonly NewAsset[]): Promise<number> {
  if (assets.length === 0) return 0;
  const given = JSON.stringify(assets.map(({ id, name, facts }) => plain(id, name, facts)));
  return tx.$executeRaw(sql`
    INSERT INTO asset (id, environment_id, name, kind, exposure, sensitivity, owner, team, decommission_on)
    SELECT g.id, ${environment}, g.name, g.kind, g.exposure, g.sensitivity, g.owner, g.team, g.decommission_on
    FROM jsonb_to_recordset(${given}::jsonb) AS g(id int, name text, kind asset_kind, exposure text, sensitivity text, owner text, team text, decommission_on date)
    ORDER BY g.name ON CONFLICT DO NOTHING`);
}

/** Writes what people say about assets that are locked; each moves on by a version. */
export async function updateAssets(tx: Tx, environment: number, assets: readonly { asset: KnownAsset; after: AssetFacts }[]): Promise<void> {
  if (assets.length === 0) return;
  const given = JSON.stringify(assets.map(({ asset, after }) => plain(asset.id, asset.name, after)));
  await tx.$executeRaw(sql`
    UPDATE asset a SET kind = g.kind, exposure = g.exposure, sensitivity = g.sensitivity, owner = g.owner, team = g.team, decommission_on = g.decommission_on, version = a.version + 1
    FROM jsonb_to_recordset(${given}::jsonb) AS g(id int, kind asset_kind, exposure text, sensitivity text, owner text, team text, decommission_on date)
    WHERE a.id = g.id AND a.environment_id = ${environment}`);
}
