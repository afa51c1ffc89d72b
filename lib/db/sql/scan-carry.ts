import { z } from "zod";
import { sql, trustedSql, type Sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { count, row, rows } from "@/lib/db/rows";
import { withoutLoops } from "@/lib/db/sql/scan-delta";
import { isDecided } from "@/lib/db/sql/scan-known";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { LIKENESSES, type Likeness } from "@/lib/domain/finding/carry";

/** A place without what moves when code is edited or a package is updated: line numbers, "and 2 more", the version of the package. */
const place = (f: Sql): Sql => sql`regexp_replace(
  CASE WHEN ${f}.component <> '' AND ${f}.package <> '' THEN replace(${f}.location, ${f}.component, ${f}.package) ELSE ${f}.location END,
  '([:#]L?\\d+([-:]L?\\d+)*(?=$|[ ),])| and \\d+ more$| [(][+]\\d+ more[)]$)', '', 'g')`;

/** What a pair has in common, line by line of the table of likenesses. `looseEnds`: as many pairs as there are, whatever is left over. */
const KEYS: Record<Likeness, { on: Sql; where: Sql; looseEnds: boolean }> = {
  place: { on: sql`ARRAY[rule_id::text, location, port::text]`, where: sql`location <> ''`, looseEnds: false },
  text: { on: sql`ARRAY[rule_id::text, encode(context, 'hex')]`, where: sql`context IS NOT NULL`, looseEnds: true },
  line: { on: sql`ARRAY[rule_id::text, place, port::text]`, where: sql`true`, looseEnds: false },
  package: { on: sql`ARRAY[cve, package, place]`, where: sql`cve <> '' AND package <> ''`, looseEnds: false },
  title: { on: sql`ARRAY[title, place, port::text]`, where: sql`true`, looseEnds: false },
};
const ORDER: readonly Likeness[] = ["place", "text", "line", "package", "title"];

/**
 * After the delta of a scan is worked out, before any of it is written: pairs what vanishes with what is new and like it, and gives how
 * many pairs have a decision to carry over. Leaves import_gone and import_pair, unless nothing of it is alike. Each stands in at most one pair of this scan.
 * Within one likeness the n-th of a place in the order of its lines is taken for the n-th: only where as many came as went,
 * or where all that went were decided alike, so that it does not matter which is which.
 * All that vanished is paired, also what nobody decided, for the sake of that order. Sorts and hash joins of what came and went.
 */
export async function pairCarries(tx: Tx, scan: ScanOptions): Promise<number> {
  const found = await row(tx, z.object({ vanishes: z.boolean() }), sql`SELECT EXISTS (SELECT ${gone(scan)}) AS vanishes`);
  if (!found?.vanishes) return 0;
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_came ON COMMIT DROP AS
    SELECT n.place AS id, n.scope_id, n.rule_id, f.title, f.location, f.port, f.context, f.package, array_to_string(f.cve, ',') AS cve, ${place(sql`f`)} AS place,
      substring(f.location FROM ':L?(\\d{1,9})')::int AS line, n.fingerprint
    FROM import_fresh n JOIN scan_stage f ON f.scan_id = ${scan.scan} AND f.row = n.row WHERE n.status <> 'closed'`);
  const rounds = await gatherGone(tx, scan);
  if (rounds.length === 0) return 0;
  await inOneGo(tx, [
    sql`CREATE TEMP TABLE import_pair (from_id int PRIMARY KEY, to_place int UNIQUE, likeness text) ON COMMIT DROP`,
    ...withoutLoops(rounds.map(({ likeness, earlier }) => pair(likeness, earlier))),
  ]);
  const paired = await row(tx, z.object({ pairs: count }), sql`SELECT count(*) AS pairs FROM import_pair p JOIN import_gone g ON g.id = p.from_id WHERE g.decided`);
  return paired?.pairs ?? 0;
}

/** What each pair has in common, in words. */
export const LIKENESS_WORDS = sql`jsonb_each_text(${JSON.stringify(LIKENESSES)}::jsonb) AS w(likeness, why)`;

/** The pairs with a decision become proposals, once the new findings have their ids. Call it only where there are any. */
export async function proposeCarries(tx: Tx, scan: ScanOptions): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO carry (environment_id, scan_id, from_id, to_id, why)
    SELECT ${scan.environment}, ${scan.scan}, p.from_id, n.finding_id, w.why
    FROM import_pair p JOIN import_gone g ON g.id = p.from_id JOIN ${LIKENESS_WORDS} USING (likeness) JOIN import_fresh n ON n.place = p.to_place
    WHERE g.decided ORDER BY n.place`);
}

const gathered = z.object({ earlier: z.boolean(), texts: z.boolean(), packages: z.boolean() });
type Round = { likeness: Likeness; earlier: boolean };

/**
 * What the look says is gone, in scopes that something new came into: by this scan, or earlier with a decision. Of a report that cannot prove its end nothing
 * is ever gone, and an upgrade would double every finding: there all counts that it does not hold.
 */
const gone = ({ unproven }: ScanOptions): Sql => sql`FROM import_known k WHERE NOT k.sees AND NOT k.older
  AND (k.status = 'closed' AND (k.kind = 'unseen' OR k.decided)${unproven ? sql` OR k.status <> 'closed' AND k.row IS NULL` : sql``})
  AND k.scope_id IN (SELECT scope_id FROM import_fresh WHERE status <> 'closed')`;

const NOT_CARRIED = sql`NOT EXISTS (SELECT FROM carry c WHERE c.from_id = f.id AND c.outcome = 'carried')`;

/** Every likeness has one of these in common: what shares none of them with anything that came is in no pair, and in nobody's order. */
const SHARED = sql`((f.scope_id, f.rule_id) IN (SELECT scope_id, rule_id FROM import_came) OR (f.scope_id, f.title) IN (SELECT scope_id, title FROM import_came)
  OR f.package <> '' AND f.cve <> '{}' AND (f.scope_id, f.package) IN (SELECT scope_id, package FROM import_came WHERE cve <> '' AND package <> ''))`;

/**
 * What this scan made vanish, or does not hold; and, behind it, what was gone before with a decision that nobody has carried over yet. Gives the likenesses
 * that any of it can have, in the order in which they are tried. Few share anything with what came: the rest is not looked at closer.
 */
async function gatherGone(tx: Tx, scan: ScanOptions): Promise<Round[]> {
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_gone ON COMMIT DROP AS
    SELECT * FROM (
      SELECT f.id, f.scope_id, f.rule_id, f.title, f.location, f.port, f.context, f.package, array_to_string(f.cve, ',') AS cve, ${place(sql`f`)} AS place,
        substring(f.location FROM ':L?(\\d{1,9})')::int AS line, f.fingerprint, f.scanner_status = 'closed' AS earlier,
        f.governance_status::text || coalesce(f.close_reason::text, '') AS decision, ${isDecided(sql`f`)} AS decided
      FROM (SELECT * FROM finding WHERE id = ANY (ARRAY(SELECT k.id ${gone(scan)})) OFFSET 0) f WHERE ${SHARED} -- through the key first: they are few
    ) f WHERE ${scan.unproven ? sql`(NOT earlier OR decided) AND ${NOT_CARRIED}` : sql`NOT earlier OR (decided AND ${NOT_CARRIED})`}`);
  const found = await rows(tx, gathered, sql`
    SELECT earlier, bool_or(context IS NOT NULL) AS texts, bool_or(cve <> '' AND package <> '') IS TRUE AS packages FROM import_gone GROUP BY earlier ORDER BY earlier`);
  return found.flatMap(({ earlier, texts, packages }) => ORDER
    .filter((likeness) => (likeness !== "text" || texts) && (likeness !== "package" || packages)).map((likeness) => ({ likeness, earlier })));
}

function pair(likeness: Likeness, earlier: boolean): Sql {
  const { on, where, looseEnds } = KEYS[likeness];
  const inOrder = sql`line, location, title, fingerprint`;
  const first = looseEnds ? sql`NOT decided, ${inOrder}` : inOrder; // where some are left over, not those with a decision
  const many = sql`count(*) OVER (PARTITION BY scope_id, ${on}) AS many`;
  return sql`
    INSERT INTO import_pair
    WITH gone AS (
      SELECT id, scope_id, ${on} AS key, row_number() OVER (PARTITION BY scope_id, ${on} ORDER BY ${first}) AS at, ${many},
        min(decision) OVER (PARTITION BY scope_id, ${on}) = max(decision) OVER (PARTITION BY scope_id, ${on}) AS alike
      FROM import_gone g WHERE earlier = ${earlier} AND ${where} AND NOT EXISTS (SELECT FROM import_pair p WHERE p.from_id = g.id)
    ), came AS (
      SELECT id, scope_id, ${on} AS key, row_number() OVER (PARTITION BY scope_id, ${on} ORDER BY ${inOrder}) AS at, ${many}
      FROM import_came n WHERE ${where} AND NOT EXISTS (SELECT FROM import_pair p WHERE p.to_place = n.id)
        AND (scope_id, ${on}) IN (SELECT scope_id, ${on} FROM import_gone g WHERE earlier = ${earlier} AND ${where})
    )
    SELECT g.id, n.id, ${trustedSql(`'${likeness}'`)}::text FROM gone g JOIN came n USING (scope_id, key, at)
    WHERE ${looseEnds}::boolean OR g.many = n.many OR (g.many > n.many AND g.alike)`;
}
