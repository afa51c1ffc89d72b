import { emptySql, joinSql, sql, trustedSql, type Sql } from "@/lib/db/client";
import { SCANNER_STATUSES } from "@/lib/domain/finding/words";
import { SORT_KEYS, type Sort, type SortKey } from "@/lib/domain/views/alerts";

/** One column of an order: what it reads, and its type, by which a cursor's text is read back. A name is too long for a cursor: it is read from its owner. */
export type Column = { read: string; type: "severity" | "timestamptz" | "int" | "name" };

/** What a finding `f` hangs on and is ordered by, as `o`: read in its own order, and the findings of each after it. */
export type Owner = { table: "asset" | "rule" | "scope"; on: string };

/** Findings that come off one index in their order. `order` says more than the columns where a constant one leads to the index. */
export type Part = { owner: Owner | null; holds: string; columns: readonly Column[]; order: readonly string[]; byTab: boolean };

/**
 * An order of the queue: stretches that follow each other, each of parts that are merged (by the first column, then part by part).
 * `oneWay`: the same whichever way it is asked for. Every part ends in what makes it unique.
 */
type Order = { stretches: readonly (readonly Part[])[]; oneWay: boolean };

const id: Column = { read: "f.id", type: "int" };
const worst: readonly Column[] = [{ read: "f.effective", type: "severity" }, { read: "f.calibrated", type: "severity" }, id];

function plain(columns: readonly Column[], more: Partial<Part> = {}): Part {
  return { owner: null, holds: "TRUE", columns, order: columns.map(({ read }) => read), byTab: false, ...more };
}

/** By a date that may be missing: then it comes last either way. */
function dated(read: string): Order {
  const empty = plain([id], { holds: `${read} IS NULL`, order: [read, "f.id"], byTab: true });
  return { stretches: [[plain([{ read, type: "timestamptz" }, id], { holds: `${read} IS NOT NULL`, byTab: true })], [empty]], oneWay: false };
}

function owned(owner: Owner, key: Column, holds: string): Part {
  return plain([key, { read: "o.id", type: "int" }, ...worst], { owner, holds });
}

const named = (owner: Owner): Order => ({ stretches: [[owned(owner, { read: "o.name", type: "name" }, "TRUE")]], oneWay: false });

const scope: Owner = { table: "scope", on: "f.scope_id = o.id" };
const scanned: Column = { read: "o.last_scanned", type: "timestamptz" };

/** What is still detected was seen by the newest scan of its scope; everything else has a date of its own. */
const SEEN: Order = {
  stretches: [
    [
      owned(scope, scanned, "f.last_seen_on IS NULL AND o.last_scanned IS NOT NULL"),
      plain([{ read: "f.last_seen_on", type: "timestamptz" }, id], { holds: "f.last_seen_on IS NOT NULL", byTab: true }),
    ],
    [plain([{ read: "o.id", type: "int" }, ...worst], { owner: scope, holds: "f.last_seen_on IS NULL AND o.last_scanned IS NULL", order: ["o.last_scanned", "o.id", ...worst.map(({ read }) => read)] })],
  ],
  oneWay: false,
};

const ORDERS = {
  severity: { stretches: [[plain(worst)]], oneWay: false },
  due: dated("f.next_due"),
  added: { stretches: [[plain([{ read: "f.added_on", type: "timestamptz" }, id], { byTab: true })]], oneWay: false },
  seen: SEEN,
  decided: dated("f.decided_at"),
  asset: named({ table: "asset", on: "f.asset_id = o.id" }),
  title: named({ table: "rule", on: "f.rule_id = o.id" }),
  number: { stretches: [[plain([{ read: "f.number", type: "int" }])]], oneWay: false },
  status: { stretches: SCANNER_STATUSES.map((status) => [plain(worst, { holds: `f.scanner_status = '${status}'` })]), oneWay: true },
} as const satisfies Record<SortKey, Order>;

/** A sort with its direction. */
export type Sorting = Order & { sort: Sort; descending: boolean };

/** The order behind a sort's name. */
export function sortingOf(sort: Sort): Sorting {
  const key = SORT_KEYS.find((name) => sort === name || sort === `-${name}`) ?? "severity";
  const order: Order = ORDERS[key];
  return { ...order, sort, descending: sort.startsWith("-") && !order.oneWay };
}

/** A place in an order: right after a row, or right before it where somebody reads upwards. Keys are the row's columns as texts; null stands for a name. */
export type Place = { stretch: number; part: number; keys: readonly (string | null)[] };

/** What is read in one go: parts to be merged, each with what it asks besides. */
export type Piece = { stretch: number; parts: readonly { index: number; part: Part; beyond: Sql }[]; descending: boolean };

const list = (parts: readonly Sql[]) => joinSql([...parts], ", ");
const reads = (columns: readonly Column[]) => list(columns.map(({ read }) => trustedSql(read)));

function valueOf(column: Column, place: Place, at: number, part: Part, environment: number): Sql {
  if (column.type !== "name") return sql`${place.keys[at] ?? ""}::${trustedSql(column.type)}`;
  return sql`(SELECT name FROM ${trustedSql(part.owner?.table ?? "asset")} WHERE id = ${place.keys[at + 1] ?? ""}::int AND environment_id = ${environment})`;
}

function compared(columns: readonly Column[], from: number, how: Sql, part: Part, place: Place, environment: number): Sql {
  return sql`(${reads(columns)}) ${how} (${list(columns.map((column, at) => valueOf(column, place, from + at, part, environment)))})`;
}

/** How many columns lead to the owner, and are its own. */
const ownersColumns = (part: Part) => part.columns.length - worst.length;

function pieceAfter(stretch: readonly Part[], index: number, descending: boolean, place: Place, environment: number): Piece[] {
  const how = descending ? sql`<` : sql`>`;
  const parts = stretch.map((part, at) => {
    if (at !== place.part) {
      const isLater = at > place.part;
      const first = part.columns.slice(0, 1);
      return { index: at, part, beyond: compared(first, 0, isLater === descending ? how : sql`${how}=`, part, place, environment) };
    }
    const columns = part.owner ? part.columns.slice(0, ownersColumns(part)) : part.columns;
    return { index: at, part, beyond: compared(columns, 0, how, part, place, environment) };
  });
  const here = stretch[place.part];
  if (!here?.owner) return [{ stretch: index, parts, descending }];
  const start = ownersColumns(here);
  // IS TRUE, so that the findings of this owner are compared and no other index is walked for the comparison.
  const rest = sql`o.id = ${place.keys[start - 1] ?? ""}::int AND (${compared(here.columns.slice(start), start, how, here, place, environment)}) IS TRUE`;
  return [{ stretch: index, parts: [{ index: place.part, part: here, beyond: rest }], descending }, { stretch: index, parts, descending }];
}

/** What follows a place, one piece after the other; `backwards` what comes before it, nearest first. Null: from the very beginning. */
export function piecesFrom(sorting: Sorting, place: Place | null, backwards: boolean, environment: number): Piece[] {
  const descending = sorting.descending !== backwards;
  const all = sorting.stretches.map((stretch, index) => ({ stretch, index }));
  const ahead = place === null ? all : all.filter(({ index }) => (backwards ? index <= place.stretch : index >= place.stretch));
  return (backwards ? ahead.toReversed() : ahead).flatMap(({ stretch, index }) => place !== null && index === place.stretch
    ? pieceAfter(stretch, index, descending, place, environment)
    : [{ stretch: index, parts: stretch.map((part, at) => ({ index: at, part, beyond: sql`TRUE` })), descending }]);
}

/** `f`, and beside it what it is ordered by. */
export function partTables({ owner }: Part, environment: number): Sql {
  return owner === null ? sql`finding f` : sql`${trustedSql(owner.table)} o JOIN finding f ON ${trustedSql(owner.on)} AND o.environment_id = ${environment}`;
}

const way = (descending: boolean) => (descending ? sql` DESC` : emptySql);

/** Straight off the index of a part. */
export function orderInPart({ order }: Part, descending: boolean): Sql {
  return list(order.map((read) => sql`${trustedSql(read)}${way(descending)}`));
}

/** Over parts that are merged. */
export function orderOverParts(width: number, descending: boolean): Sql {
  const keys = Array.from({ length: width }, (_, at) => `k${at}`);
  return list([...keys.slice(0, 1), "part", ...keys.slice(1)].map((read) => sql`${trustedSql(read)}${way(descending)}`));
}

const EMPTY = { severity: "NULL::severity", timestamptz: "NULL::timestamptz", int: "0", name: "NULL::text" } as const;

/** The columns of a part as k0, k1 … in the number and with the types that the widest of its stretch has; the unique one last. */
export function keyColumns(part: Part, widest: Part): Sql {
  const filled = widest.columns.map((column, at) => (at === widest.columns.length - 1 ? part.columns.at(-1)?.read : at < part.columns.length - 1 ? part.columns[at]?.read : undefined) ?? EMPTY[column.type]);
  return list(filled.map((read, at) => sql`${trustedSql(read)} AS ${trustedSql(`k${at}`)}`));
}

/** The columns of a part as texts, for a cursor. */
export function keyTexts(part: Part): Sql {
  return sql`ARRAY[${list(part.columns.map(({ read, type }) => (type === "name" ? sql`NULL` : sql`${trustedSql(read)}::text`)))}]::text[]`;
}
