import { sql, trustedSql, type Sql } from "@/lib/db/client";
import { assetNamed } from "@/lib/db/sql/asset-named";
import { every, named, some, within } from "@/lib/db/sql/matching";
import { flagged, type Asking } from "@/lib/db/sql/queue-flags";
import { scanChanged } from "@/lib/db/sql/queue-scan";
import { found } from "@/lib/db/sql/queue-search";
import { slaStateSql } from "@/lib/db/sql/queue-sla";
import type { FieldName } from "@/lib/domain/filter/fields";
import { spanBounds, type Direction } from "@/lib/domain/filter/span";
import { responsesTagged } from "@/lib/domain/finding/response-tag";
import { IS_FLAGS, SCAN_CHANGES } from "@/lib/domain/views/alerts";

type Values = readonly string[];
/** Has the finding `f` one of these values? Values stand as `readValue` gives them, and are bound. Empty lists are never asked. */
type Condition = (values: Values, asking: Asking) => Sql;

const enumerated = (column: string, type: string): Condition => (values) => sql`${trustedSql(column)} = ANY(${values}::${trustedSql(type)}[])`;
const text = (column: string): Condition => (values) => named(column, values);

const spans = (column: Sql, direction: Direction): Condition => (values, { now }) => some(values.map((span) => within(column, spanBounds(span, now, direction))));

/** "7", ">=7" or "4..6.9" of a number that stands in `column`. */
function compared(column: string, type: "int" | "float8", values: Values): Sql {
  const plain = values.filter((value) => /^[\d.]+$/.test(value) && !value.includes("..")).map(Number);
  const others = values.flatMap((value) => {
    const [first, last] = value.split("..");
    if (last !== undefined) return [sql`${trustedSql(column)} BETWEEN ${Number(first)}::${trustedSql(type)} AND ${Number(last)}::${trustedSql(type)}`];
    const [, sign, number] = /^(>=|<=|>|<)(.+)$/.exec(value) ?? [];
    return sign === undefined ? [] : [sql`${trustedSql(column)} ${trustedSql(sign)} ${Number(number)}::${trustedSql(type)}`];
  });
  return some([...(plain.length > 0 ? [sql`${trustedSql(column)} = ANY(${plain}::${trustedSql(type)}[])`] : []), ...others]);
}

const numbers = (column: string, type: "int" | "float8"): Condition => (values) => compared(column, type, values);

/** Lists of a finding: off the index where the values are plain, one by one where they are patterns or comparisons. */
function listed(column: string, values: Values): Sql {
  const exact = values.filter((value) => !value.includes("*"));
  const patterns = values.filter((value) => value.includes("*"));
  const holds = sql`${trustedSql(column)} <> '{}'`;
  if (values.includes("*")) return holds;
  return some([
    ...(exact.length > 0 ? [sql`(${holds} AND ${trustedSql(column)} && ${exact}::text[])`] : []),
    ...(patterns.length > 0 ? [sql`(${holds} AND EXISTS (SELECT FROM unnest(${trustedSql(column)}) AS each(value) WHERE ${named("each.value", patterns)}))`] : []),
  ]);
}

function weaknesses(values: Values): Sql {
  const plain = values.filter((value) => /^\d+$/.test(value)).map(Number);
  const others = values.filter((value) => !/^\d+$/.test(value));
  return some([
    ...(plain.length > 0 ? [sql`f.cwe && ${plain}::int[]`] : []),
    ...(others.length > 0 ? [sql`EXISTS (SELECT FROM unnest(f.cwe) AS each(value) WHERE ${compared("each.value", "int", others)})`] : []),
  ]);
}

/** Findings of these detectors or rules: through their index where all are wanted, row by row where the first are. */
const owned = (column: "detector_id" | "rule_id", table: string, condition: (values: Values) => Sql): Condition => (values, { environment, lazily }) => {
  const owners = sql`SELECT id FROM ${trustedSql(table)} WHERE environment_id = ${environment} AND ${condition(values)}`;
  return lazily ? sql`f.${trustedSql(column)} IN (${owners})` : sql`f.${trustedSql(column)} = ANY(ARRAY(${owners}))`;
};

/** Of assets, which may be very many: the planner knows how many, and joins them, looks each up or walks all findings. A list of theirs led to each finding by itself. */
const ofAsset = (condition: (values: Values) => Sql): Condition => (values, { environment }) =>
  sql`EXISTS (SELECT FROM asset o WHERE o.environment_id = ${environment} AND o.id = f.asset_id AND ${condition(values)})`;

/** Tags that people gave, and those that follow the response; a bare `*` asks for the former alone. */
function tagged(values: Values): Sql {
  const responses = responsesTagged(values);
  return some([listed("f.tags", values), ...(responses.length > 0 ? [sql`f.response = ANY(${responses}::response[])`] : [])]);
}

/** Types are few: which of them a pattern means is read off the tally once, and not asked of each finding. */
function typed(values: Values, { environment, chosen }: Asking): Sql {
  if (chosen || !values.some((value) => value.includes("*"))) return named("f.category", values);
  return sql`f.category = ANY(ARRAY(SELECT DISTINCT t.category FROM queue_tally t WHERE t.environment_id = ${environment} AND t.category <> '' AND ${named("t.category", values)}))`;
}

/** What an asset may lack: "none" asks for those without. */
const optional = (column: string) => (values: Values): Sql => {
  const given = values.filter((value) => value !== "none");
  return some([...(given.length > 0 ? [named(column, given)] : []), ...(values.includes("none") ? [sql`${trustedSql(column)} IS NULL`] : [])]);
};

const oneOf = (column: string) => (values: Values): Sql => sql`${trustedSql(column)} = ANY(${values}::text[])`;

function assigned(names: Values, { personId }: Asking): Sql {
  const people = names.filter((name) => name !== "me" && name !== "none");
  return some([
    ...(names.includes("none") ? [sql`f.assignee_id IS NULL`] : []),
    ...(names.includes("me") && personId !== null ? [sql`f.assignee_id = ${personId}`] : []),
    ...(people.length > 0 ? [sql`f.assignee_id = ANY(ARRAY(SELECT id FROM person WHERE ${named("email", people)} OR ${named("lower(name)", people)}))`] : []),
  ]);
}

/** Without a sighting of its own a finding was seen by the newest full scan of its scope. */
function seenWithin(span: string, { environment, now }: Asking): Sql {
  const bounds = spanBounds(span, now, "past");
  return sql`(${within(sql`f.last_seen_on`, bounds)} OR (f.last_seen_on IS NULL AND f.scope_id IN (
    SELECT s.id FROM scope s WHERE s.environment_id = ${environment} AND ${within(sql`s.last_scanned`, bounds)})))`;
}

function ofScan(value: string, environment: number): Sql {
  const [number, change] = value.split("/");
  return scanChanged(environment, Number(number), SCAN_CHANGES.find((each) => each === change) ?? null);
}

/** On a ticket whose number is one of these. */
const onTickets: Condition = (values, { environment, lazily }) => {
  const linked = sql`FROM ticket t JOIN ticket_finding tf ON tf.ticket_id = t.id WHERE t.environment_id = ${environment} AND ${compared("t.number", "int", values)} AND tf.unlinked_at IS NULL`;
  return lazily ? sql`EXISTS (SELECT ${linked} AND tf.finding_id = f.id)` : sql`f.id = ANY(ARRAY(SELECT tf.finding_id ${linked}))`;
};

/** One row for each field of the language that asks something of a finding; the queue's own fields, parameters and `rest` all come here. */
export const CONDITIONS: Record<Exclude<FieldName, "tab" | "sort" | "change" | "module">, Condition> = {
  severity: enumerated("f.calibrated", "severity"),
  technical: enumerated("f.technical", "severity"),
  effective: enumerated("f.effective", "severity"),
  scanner: enumerated("f.scanner_status", "scanner_status"),
  governance: enumerated("f.governance_status", "governance_status"),
  response: enumerated("f.response", "response"),
  reason: enumerated("f.close_reason", "close_reason"),
  verification: enumerated("f.verification", "verification"),
  detector: owned("detector_id", "detector", (values) => named("name", values)),
  asset: ofAsset((values) => named("name", values)),
  host: ofAsset(assetNamed),
  exposure: ofAsset(oneOf("exposure")),
  sensitivity: ofAsset(oneOf("sensitivity")),
  kind: ofAsset((values) => sql`kind = ANY(${values}::asset_kind[])`),
  owner: ofAsset(optional("owner")),
  team: ofAsset(optional("team")),
  rule: owned("rule_id", "rule", (values) => some([named("key", values), named("name", values)])),
  category: typed,
  package: text("f.package"),
  component: text("f.component"),
  cve: (values) => listed("f.cve", values),
  ghsa: (values) => listed("f.ghsa", values),
  tag: tagged,
  cwe: weaknesses,
  cvss: numbers("f.cvss_score", "float8"),
  epss: numbers("f.epss", "float8"),
  port: numbers("f.port", "int"),
  number: numbers("f.number", "int"),
  ticket: onTickets,
  kev: (values) => sql`f.kev = ANY(${values.map((value) => value === "true")}::boolean[])`,
  assignee: assigned,
  // Properties are fields of their own: they add up.
  is: (values, asking) => sql`(${every(IS_FLAGS.filter((flag) => values.includes(flag)).map((flag) => flagged(flag, asking)))})`,
  added: spans(sql`f.added_on`, "past"),
  decided: spans(sql`f.decided_at`, "past"),
  seen: (values, asking) => some(values.map((span) => seenWithin(span, asking))),
  due: spans(sql`f.next_due`, "future"),
  expires: spans(sql`f.accepted_until`, "future"),
  follow_up: spans(sql`f.follow_up_on`, "future"),
  state: (values) => sql`f.module_state = ANY(${values}::text[])`, // "none" is spelled out before it comes here
  route: (values) => some([sql`f.route = ANY(${values}::text[])`, ...(values.includes("none") ? [sql`f.route IS NULL`] : [])]),
  sla: (values, { now }) => sql`${slaStateSql(now)} = ANY(${values}::text[])`,
  scan: (values, { environment }) => some(values.map((value) => ofScan(value, environment))),
  text: (values, asking) => some(values.map((term) => found(term, asking))),
};
