import { emptySql, joinSql, sql, trustedSql, type Sql } from "@/lib/db/client";

/** Text as it must stand in a LIKE pattern to mean itself. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** The pattern of a name in which `*` stands for anything. */
export function pattern(name: string): string {
  return literal(name).replaceAll("*", "%");
}

/** Is the column one of these names, exactly or through a wildcard? */
export function named(column: string, names: readonly string[]): Sql {
  const exact = names.filter((name) => !name.includes("*"));
  const patterns = names.filter((name) => name.includes("*")).map(pattern);
  if (patterns.length === 0) return sql`${trustedSql(column)} = ANY(${exact}::text[])`;
  return sql`(${trustedSql(column)} = ANY(${exact}::text[]) OR ${trustedSql(column)} LIKE ANY(${patterns}::text[]))`;
}

/** All of them; with none, everything. */
export function every(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : joinSql([...conditions], " AND ");
}

/** Any of them; with none, nothing. */
export function some(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`FALSE` : sql`(${joinSql([...conditions], " OR ")})`;
}

/** A column within bounds, from the first on and before the last. */
export function within(column: Sql, { from, until }: { from: Date | null; until: Date | null }): Sql {
  const start = from ? sql` AND ${column} >= ${from}` : emptySql;
  const end = until ? sql` AND ${column} < ${until}` : emptySql;
  return sql`(${column} IS NOT NULL${start}${end})`;
}
