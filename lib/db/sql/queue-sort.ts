import { emptySql, joinSql, sql, trustedSql, type Sql } from "@/lib/db/client";
import { SORT_KEYS, type Sort, type SortKey } from "@/lib/domain/views/alerts";

/** One column of a sort: what it reads, and its type, by which a cursor's text is read back. */
type Column = { read: string; type: "severity" | "scanner_status" | "timestamptz" | "text" | "int" };

/**
 * A sort: its columns, ending in what makes it unique. `mayBeEmpty`: the first may be null, and then comes last either way.
 * `byTab`: its index begins with the tab, so that All is read tab by tab. `lookUp`: texts, too long for a cursor, are read from the row it names.
 * `oneWay`: the same order whichever way it is asked for.
 * `beside`: the table, next to `f`, that a column is read from.
 */
type Order = { columns: readonly Column[]; beside: "asset" | "scope" | null; mayBeEmpty: boolean; byTab: boolean; lookUp: boolean; oneWay: boolean };

const id: Column = { read: "f.id", type: "int" };
const time = (read: string): readonly Column[] => [{ read, type: "timestamptz" }, id];

const plain = { beside: null, mayBeEmpty: false, byTab: false, lookUp: false, oneWay: false } as const;

const worst: readonly Column[] = [{ read: "f.effective", type: "severity" }, { read: "f.calibrated", type: "severity" }, id];

const ORDERS = {
  severity: { ...plain, columns: worst },
  due: { ...plain, columns: time("f.resolve_by"), mayBeEmpty: true, byTab: true },
  added: { ...plain, columns: time("f.added_on"), byTab: true },
  seen: { ...plain, columns: time("coalesce(f.last_seen_on, s.last_scanned)"), beside: "scope", mayBeEmpty: true },
  decided: { ...plain, columns: time("f.decided_at"), mayBeEmpty: true, byTab: true },
  asset: { ...plain, columns: [{ read: "a.name", type: "text" }, id], beside: "asset", lookUp: true },
  title: { ...plain, columns: [{ read: "f.title", type: "text" }, id], lookUp: true },
  number: { ...plain, columns: [{ read: "f.number", type: "int" }] },
  status: { ...plain, columns: [{ read: "f.scanner_status", type: "scanner_status" }, ...worst], oneWay: true },
} as const satisfies Record<SortKey, Order>;

/** A sort with its direction. */
export type Sorting = Order & { sort: Sort; descending: boolean };

/** The order behind a sort's name. */
export function sortingOf(sort: Sort): Sorting {
  const key = SORT_KEYS.find((name) => sort === name || sort === `-${name}`) ?? "severity";
  const order: Order = ORDERS[key];
  return { ...order, sort, descending: sort.startsWith("-") && !order.oneWay };
}

const way = ({ descending }: Sorting) => (descending ? sql` DESC` : emptySql);
const tuple = (parts: readonly Sql[]) => joinSql([...parts], ", ");

/** The sort's columns as k0, k1 … beside a finding. */
export function keyColumns({ columns }: Sorting): Sql {
  return tuple(columns.map(({ read }, at) => sql`${trustedSql(read)} AS ${trustedSql(`k${at}`)}`));
}

/** Inside one part, straight off the index. */
export function orderInPart(sorting: Sorting, empties: boolean): Sql {
  const columns = empties ? sorting.columns.slice(1) : sorting.columns;
  return tuple(columns.map(({ read }) => sql`${trustedSql(read)}${way(sorting)}`));
}

/** Over all parts: what is empty comes last. */
export function orderOverParts(sorting: Sorting): Sql {
  const first = sorting.mayBeEmpty ? [sql`k0 IS NULL`] : [];
  return tuple([...first, ...sorting.columns.map((_, at) => sql`${trustedSql(`k${at}`)}${way(sorting)}`)]);
}

/** The keys of a row as texts, for the cursor of the next page; nothing where the row itself is looked up. */
export function keyTexts({ columns, lookUp }: Sorting): Sql {
  const isBare = lookUp || columns.length === 1;
  return isBare ? sql`ARRAY[]::text[]` : sql`ARRAY[${tuple(columns.slice(0, -1).map((_, at) => sql`${trustedSql(`k${at}`)}::text`))}]::text[]`;
}

/** Holds the rows of one part: those with a value to sort by, or those without. */
export function keyIs({ columns, mayBeEmpty }: Sorting, empties: boolean): Sql {
  if (!mayBeEmpty) return sql`TRUE`;
  return sql`${trustedSql(columns[0]?.read ?? "f.id")} IS ${empties ? sql`NULL` : sql`NOT NULL`}`;
}

export type After = { keys: readonly (string | null)[]; last: number };

/** Is a row after this one, in this part? Null: no row of the part is. */
export function afterKey(sorting: Sorting, after: After, empties: boolean, environment: number): Sql | null {
  const beyond = sorting.descending ? sql`<` : sql`>`;
  const columns = tuple(sorting.columns.map(({ read }) => trustedSql(read)));
  if (sorting.lookUp) {
    return sql`(${columns}) ${beyond} (SELECT ${tuple(sorting.columns.map(({ read }) => trustedSql(read)))}
      FROM finding f JOIN asset a ON a.id = f.asset_id WHERE f.id = ${after.last} AND f.environment_id = ${environment})`;
  }
  const isEmpty = after.keys[0] === null && sorting.mayBeEmpty;
  if (isEmpty && !empties) return null;
  if (!isEmpty && empties) return sql`TRUE`;
  const values = [...after.keys, String(after.last)].slice(empties ? 1 : 0);
  const read = empties ? sorting.columns.slice(1) : sorting.columns;
  return sql`(${tuple(read.map((column) => trustedSql(column.read)))}) ${beyond} (${tuple(read.map(({ type }, at) => sql`${values[at] ?? ""}::${trustedSql(type)}`))})`;
}

const BESIDE = { asset: sql`JOIN asset a ON a.id = f.asset_id`, scope: sql`JOIN scope s ON s.id = f.scope_id` } as const;

/** The table beside `f` that the keys are read from. */
export function keyTables({ beside }: Sorting): Sql {
  return beside === null ? emptySql : BESIDE[beside];
}
