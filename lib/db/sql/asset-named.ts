import { sql, type Sql } from "@/lib/db/client";
import { named, pattern, some } from "@/lib/db/sql/matching";

/** Does the asset bear one of these names, as its own or as one that a report gave it besides? Exactly or through a wildcard; the others off asset_other_names_partial. */
export function assetNamed(names: readonly string[]): Sql {
  const exact = names.filter((name) => !name.includes("*"));
  const patterns = names.filter((name) => name.includes("*")).map(pattern);
  const has = sql`other_names <> '{}'`;
  return some([
    named("name", names),
    ...(exact.length > 0 ? [sql`(${has} AND other_names && ${exact}::text[])`] : []),
    ...(patterns.length > 0 ? [sql`(${has} AND EXISTS (SELECT FROM unnest(other_names) AS other WHERE other LIKE ANY(${patterns}::text[])))`] : []),
  ]);
}
