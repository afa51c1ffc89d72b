import { sql, type Sql } from "@/lib/db/client";

/**
 * The ports that were looked at, beside the look, as import_port: a row for each asset (empty: all of the look) and protocol (empty: the
 * host itself). A look that names its ports covers its assets as far as those: finding by finding, like one that lists its checks.
 */
export const lookedPorts: readonly Sql[] = [
  sql`CREATE TEMP TABLE import_port ON COMMIT DROP AS
    SELECT position, coalesce(p.asset, '') AS asset, coalesce(p.protocol, '') AS protocol, range_agg(int4range(p."from", p."to", '[]')) AS ports
    FROM import_look, jsonb_to_recordset(ports) AS p(asset text, protocol text, "from" int, "to" int) WHERE ports IS NOT NULL GROUP BY 1, 2, 3`,
  sql`CREATE INDEX ON import_port (position, asset, protocol)`,
  sql`ANALYZE import_port`,
];

/** Was a result on this port (null: the host itself), at this location (`443/tcp`, `53/udp (domain)`), in what scope `i` was looked at? Without a protocol it is TCP. */
export function lookedAtPort(port: Sql, location: Sql): Sql {
  const protocol = sql`CASE WHEN ${port} IS NULL THEN '' ELSE coalesce(substring(${location} from '^[0-9]+/([a-z]+)'), 'tcp') END`;
  return sql`(NOT i.lists_ports OR EXISTS (SELECT FROM import_port p WHERE p.position = i.position AND p.asset IN ('', i.asset) AND p.protocol = ${protocol} AND p.ports @> coalesce(${port}, 0)))`;
}
