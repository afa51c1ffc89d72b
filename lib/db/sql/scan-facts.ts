import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { NEW_ASSETS_KEPT, type PreviewFacts } from "@/lib/domain/scan/preview";
import { UNNAMED_ASSET } from "@/lib/domain/scan/report";

const changed = z.object({ raised: count, lowered: count });
const asset = z.object({ name: z.string(), total: count });

/** What a preview tells beside its counts: results that nobody named an asset for, assets that are new, severities that its scanner changes. */
export async function factsShown(tx: Tx, { environment, scan, assetName }: ScanOptions): Promise<PreviewFacts> {
  const severities = await row(tx, changed, sql`
    SELECT count(*) FILTER (WHERE technical < technical_was) AS raised, count(*) FILTER (WHERE technical > technical_was) AS lowered
    FROM import_touched WHERE sees AND renewed AND NOT suppressed AND technical <> technical_was`);
  const fresh = await rows(tx, asset, sql`
    SELECT a.name, count(*) OVER () AS total FROM asset a
    WHERE a.environment_id = ${environment} AND a.created_at = (SELECT docket_now()) AND a.name <> ${UNNAMED_ASSET} AND EXISTS (SELECT FROM import_scope i WHERE i.asset_id = a.id)
    ORDER BY a.name, a.id LIMIT ${NEW_ASSETS_KEPT}`);
  const unnamed = assetName !== null ? null : await row(tx, z.object({ results: count }), sql`
    SELECT CASE WHEN EXISTS (SELECT FROM import_scope WHERE asset = ${UNNAMED_ASSET}) THEN (SELECT count(*) FROM scan_stage WHERE scan_id = ${scan} AND asset_name = ${UNNAMED_ASSET}) ELSE 0 END AS results`);
  return { unnamed: unnamed?.results ?? 0, newAssets: { total: fresh[0]?.total ?? 0, names: fresh.map(({ name }) => name) }, severities: severities ?? { raised: 0, lowered: 0 } };
}
