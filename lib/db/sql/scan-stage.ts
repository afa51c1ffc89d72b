import { hash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { copyFields } from "@/lib/db/sql/copy-text";
import { withRawClient } from "@/lib/db/raw";
import type { Severity } from "@/lib/domain/finding/words";
import type { AssetKind } from "@/lib/domain/scan/report";

/** One result on its way in: what the importer read, on the asset that the scan's options say. */
export type StagedRow = {
  /** The part of the report it belongs to, from 0. */
  part: number;
  asset: string;
  assetKind: AssetKind | null;
  rule: { key: string; name: string; help: string | null };
  /** Hexadecimal SHA-256. */
  fingerprint: string;
  fingerprintVersion: number;
  title: string;
  location: string;
  category: string | null;
  component: string | null;
  port: number | null;
  technical: Severity;
  cvss: { version: string; vector: string | null; score: number | null } | null;
  cwe: readonly number[];
  cve: readonly string[];
  legacyCode: string | null;
  suppressed: boolean;
  description: string | null;
  observation: string | null;
  remediation: string | null;
  links: readonly string[];
  ghsa: readonly string[];
  package: string | null;
  /** Hexadecimal SHA-256 of the fingerprint without the path. */
  context: string | null;
  /** The score that the vector gives by the standard's rules. */
  cvssComputed: number | null;
  severityWord: string | null;
  firstSeen: Date | null;
  /** Where in the report it stands, for people. */
  place: string | null;
};

export type StageKey = { environment: number; scan: number; attempt: number };

/** The columns in the order of the values in `lineOf`. What follows the digest is what it is made of: all that a look renews of a known finding. */
const COPY = `COPY scan_stage (environment_id, scan_id, row, part, asset_name, asset_kind, rule_name, rule_help, fingerprint, fingerprint_version, legacy_code, suppressed, place,
  told, rule_key, title, location, category, component, port, technical, cvss_version, cvss_vector, cvss_score, cwe, cve, ghsa, package, context, cvss_computed,
  description, observation, remediation, links, severity_word, first_seen) FROM STDIN`;

/** Half of a SHA-256, in hexadecimal digits: two texts that share 128 bits are the same text. */
const DIGEST = 32;

/** One row as COPY reads it. Tabs in values are escaped, so that the digest of a part of the line is one of its values. */
function lineOf({ environment, scan }: StageKey, at: number, row: StagedRow): string {
  const { rule, cvss } = row;
  const told = copyFields([
    rule.key, row.title, row.location, row.category, row.component, row.port, row.technical, cvss?.version ?? null, cvss?.vector ?? null, cvss?.score ?? null,
    row.cwe, row.cve, row.ghsa, row.package, row.context === null ? null : `\\x${row.context}`, row.cvssComputed,
    row.description, row.observation, row.remediation, row.links, row.severityWord, row.firstSeen?.toISOString() ?? null,
  ]);
  const head = copyFields([
    environment, scan, at, row.part, row.asset, row.assetKind, rule.name, rule.help, `\\x${row.fingerprint}`, row.fingerprintVersion, row.legacyCode, row.suppressed, row.place,
    `\\x${hash("sha256", told, "hex").slice(0, DIGEST)}`,
  ]);
  return `${head}\t${told}\n`;
}

const BUFFER = 64 * 1024;

/** The scan was taken over by another runner, or cancelled: whoever held it stops. */
export class Replaced extends Error {}

/**
 * Copies the rows of a report beside the tables, in a transaction of their own; gives how many there are.
 * What an earlier attempt left is dropped first. A fault in the source rolls everything back and is thrown on.
 * @throws Replaced when another attempt has the scan by now
 */
export async function stageRows(key: StageKey, source: AsyncIterable<StagedRow>): Promise<number> {
  return withRawClient(async (client) => {
    let staged = 0;
    const pieces = async function* () { // of about 64 KiB: few writes, little memory, and no step for a single row
      let buffer = "";
      for await (const row of source) {
        buffer += lineOf(key, ++staged, row);
        if (buffer.length < BUFFER) continue;
        yield buffer;
        buffer = "";
      }
      if (buffer !== "") yield buffer;
    };
    await client.query("BEGIN");
    try {
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('docket scan ' || $1::text, 1))", [key.scan]);
      await client.query("DELETE FROM scan_stage WHERE scan_id = $1", [key.scan]);
      await pipeline(pieces, client.query(copyFrom(COPY)));
      const mine = await client.query("SELECT FROM scan WHERE id = $1 AND attempt = $2 AND status = 'parsing'", [key.scan, key.attempt]);
      if (mine.rowCount === 0) throw new Replaced();
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK").catch(() => {}); // a dead connection has rolled back by itself
      throw error;
    }
    await client.query("SET default_statistics_target = 10");
    await client.query("ANALYZE scan_stage (scan_id, row, part, asset_name, rule_key, fingerprint)").catch(() => {}); // statistics help the plan; a role that may not gather them still imports
    return staged;
  });
}
