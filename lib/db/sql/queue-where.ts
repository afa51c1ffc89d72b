import { joinSql, sql, trustedSql, type Sql } from "@/lib/db/client";
import { every, literal, named, some, within } from "@/lib/db/sql/matching";
import { scanChanged } from "@/lib/db/sql/queue-scan";
import { searchTerms } from "@/lib/domain/filter/search-text";
import { spanBounds } from "@/lib/domain/filter/span";
import type { IsFlag, QueueFilter } from "@/lib/domain/views/alerts";

/** Who asks in which environment, and the moment that ages and due times count from. */
export type Asking = { environment: number; personId: number | null; now: Date; warnDays: number };

const DAY = 86_400_000;

/** A clock runs: somebody must still act, and it does not stand. */
const RUNS = sql`(f.response IN ('needs_review', 'investigating') AND f.sla_paused_at IS NULL)`;

const FLAGS: Record<IsFlag, (asking: Asking) => Sql> = {
  kev: () => sql`f.kev`,
  new: () => sql`f.scanner_status = 'new'`,
  regressed: () => sql`f.governance_status = 'reopened'`,
  overdue: ({ now }) => sql`(${RUNS} AND (f.resolve_by < ${now} OR (f.first_response_at IS NULL AND f.acknowledge_by < ${now})))`,
  unassigned: () => sql`(f.assignee_id IS NULL AND f.tab IN ('needs_review', 'investigating'))`,
  verified: () => sql`f.verification IN ('verified', 'attested')`,
  administrative: () => sql`(f.governance_status = 'resolved' AND f.verification NOT IN ('verified', 'attested')
    AND (f.close_reason IS NULL OR f.close_reason NOT IN ('duplicate', 'decommissioned')))`,
  re_review: () => sql`f.re_review IS NOT NULL`,
  live: () => sql`(f.response = 'closed' AND f.scanner_status <> 'closed')`,
  waiting: () => sql`(f.governance_status = 'in_progress' AND f.follow_up_on IS NOT NULL)`,
  expiring: ({ now, warnDays }) => sql`f.accepted_until < ${new Date(now.getTime() + warnDays * DAY)}`,
  requested: () => sql`FALSE`, // no acceptance waits: a request is not stored yet
};

/** The condition behind one `is:` property. */
export function flagged(flag: IsFlag, asking: Asking): Sql {
  return FLAGS[flag](asking);
}

type Condition = (filter: QueueFilter, asking: Asking) => Sql | null;

const given = <T>(list: readonly T[], condition: (list: readonly T[]) => Sql): Sql | null => (list.length > 0 ? condition(list) : null);

/** One row for each field: its condition, or null where it asks for everything. */
const CONDITIONS = {
  severity: ({ severity }) => given(severity, (list) => sql`f.calibrated = ANY(${list}::severity[])`),
  technical: ({ technical }) => given(technical, (list) => sql`f.technical = ANY(${list}::severity[])`),
  effective: ({ effective }) => given(effective, (list) => sql`f.effective = ANY(${list}::severity[])`),
  scanner: ({ scanner }) => given(scanner, (list) => sql`f.scanner_status = ANY(${list}::scanner_status[])`),
  governance: ({ governance }) => given(governance, (list) => sql`f.governance_status = ANY(${list}::governance_status[])`),
  response: ({ response }) => given(response, (list) => sql`f.response = ANY(${list}::response[])`),
  detector: ({ detector }, { environment }) =>
    given(detector, (list) => sql`f.detector_id = ANY(ARRAY(SELECT id FROM detector WHERE environment_id = ${environment} AND ${named("name", list)}))`),
  asset: ({ asset }, { environment }) =>
    given(asset, (list) => sql`f.asset_id = ANY(ARRAY(SELECT id FROM asset WHERE environment_id = ${environment} AND ${named("name", list)}))`),
  rule: ({ rule }, { environment }) =>
    given(rule, (list) => sql`f.rule_id = ANY(ARRAY(SELECT id FROM rule WHERE environment_id = ${environment} AND ${some([named("key", list), named("name", list)])}))`),
  category: ({ category }) => given(category, (list) => named("f.category", list)),
  cwe: ({ cwe }) => given(cwe, (list) => sql`f.cwe && ${list}::int[]`),
  cve: ({ cve }) => given(cve, (list) => sql`f.cve && ${list}::text[]`),
  port: ({ port }) => given(port, (list) => sql`f.port = ANY(${list}::int[])`),
  assignee: ({ assignee }, asking) => given(assignee, (list) => assigned(list, asking)),
  tag: ({ tag }) => given(tag, (list) => sql`(f.tags <> '{}' AND f.tags && ${list}::text[])`),
  // Properties are fields of their own: they add up.
  is: ({ is }, asking) => given(is, (list) => every(list.map((flag) => flagged(flag, asking)))),
  added: ({ added }, { now }) => (added === null ? null : within(sql`f.added_on`, spanBounds(added, now, "past"))),
  decided: ({ decided }, { now }) => (decided === null ? null : within(sql`f.decided_at`, spanBounds(decided, now, "past"))),
  seen: ({ seen }, asking) => (seen === null ? null : seenWithin(seen, asking)),
  due: ({ due }, { now }) => (due === null ? null : sql`(${RUNS} AND ${within(NEXT_DUE, spanBounds(due, now, "future"))})`),
  scan: ({ scan, change }, { environment }) => (scan === null ? null : scanChanged(environment, scan, change)),
  q: ({ q }, { environment }) => given(searchTerms(q), (terms) => every(terms.map((term) => found(term, environment)))),
} as const satisfies Partial<Record<keyof QueueFilter, Condition>>;

export type FilterField = keyof typeof CONDITIONS;

const NEXT_DUE = sql`least(f.resolve_by, CASE WHEN f.first_response_at IS NULL THEN f.acknowledge_by END)`;

function assigned(names: readonly string[], { personId }: Asking): Sql {
  const mails = names.filter((name) => name !== "me" && name !== "none");
  const some_ = [
    ...(names.includes("none") ? [sql`f.assignee_id IS NULL`] : []),
    ...(names.includes("me") && personId !== null ? [sql`f.assignee_id = ${personId}`] : []),
    ...(mails.length > 0 ? [sql`f.assignee_id = ANY(ARRAY(SELECT id FROM person WHERE email = ANY(${mails}::text[])))`] : []),
  ];
  return some(some_);
}

/** Without a sighting of its own a finding was seen by the newest full scan of its scope. */
function seenWithin(span: string, { environment, now }: Asking): Sql {
  const bounds = spanBounds(span, now, "past");
  return sql`(${within(sql`f.last_seen_on`, bounds)} OR (f.last_seen_on IS NULL AND f.scope_id = ANY(ARRAY(
    SELECT s.id FROM scope s WHERE s.environment_id = ${environment} AND ${within(sql`s.last_scanned`, bounds)}))))`;
}

/**
 * One word of a search: in title, location, asset or rule, or as an identifier (CVE, CWE, F-number). The ids first, each branch off its
 * own index. Titles and places stand in a dictionary: a place is a location without its digits and colons at the end, so a word
 * is looked up without those of its own and then compared with the whole location. One that is nothing else is compared with all.
 */
function found(term: string, environment: number): Sql {
  const like = `%${literal(term)}%`;
  const head = term.replace(/[0-9:]+$/, "");
  const number = /^(?:F-)?(\d{1,9})$/i.exec(term)?.[1];
  const weakness = /^CWE-(\d{1,9})$/i.exec(term)?.[1];
  const findings = sql`SELECT g.id FROM finding g WHERE g.environment_id = ${environment}`;
  const branches = [
    ...(head === "" ? [sql`${findings} AND (g.title LIKE ${like} OR g.location LIKE ${like})`] : inPhrases(like, `%${literal(head)}%`, environment)),
    of("rule_id", sql`SELECT id FROM rule WHERE environment_id = ${environment} AND (key ILIKE ${like} OR name ILIKE ${like})`),
    of("asset_id", sql`SELECT id FROM asset WHERE environment_id = ${environment} AND name ILIKE ${like}`),
    ...(number === undefined ? [] : [sql`${findings} AND g.number = ${Number(number)}`]),
    ...(weakness === undefined ? [] : [sql`${findings} AND g.cwe && ${[Number(weakness)]}::int[]`]),
    ...(/^CVE-\d{4}-\d{4,}$/i.test(term) ? [sql`${findings} AND g.cve && ${[term.toUpperCase()]}::text[]`] : []),
  ];
  return sql`f.id = ANY(ARRAY(${joinSql(branches, " UNION ALL ")}))`;
}

/** Findings of these rules or assets, one after the other: where none is found, no finding is read. */
function of(column: "rule_id" | "asset_id", owners: Sql): Sql {
  return sql`SELECT g.id FROM (${owners} OFFSET 0) o CROSS JOIN LATERAL (SELECT id FROM finding WHERE ${trustedSql(column)} = o.id OFFSET 0) g`;
}

/** Findings whose title or location holds the text, through the dictionary. The hash leads to them, the text decides. */
function inPhrases(like: string, placeLike: string, environment: number): Sql[] {
  const hashes = (text: string) => sql`ARRAY(SELECT hashtextextended(text, 0) FROM phrase WHERE environment_id = ${environment} AND text ILIKE ${text})`;
  return [
    sql`SELECT g.id FROM finding g WHERE hashtextextended(g.title, 0) = ANY(${hashes(like)}) AND g.environment_id = ${environment} AND g.title ILIKE ${like}`,
    sql`SELECT g.id FROM finding g WHERE hashtextextended(docket_place(g.location), 0) = ANY(${hashes(placeLike)})
      AND g.environment_id = ${environment} AND g.location ILIKE ${like}`,
  ];
}

function fieldsOf(): FilterField[] {
  return Object.keys(CONDITIONS).filter((key): key is FilterField => key in CONDITIONS);
}

/** What a filter asks of a finding `f` inside its tab, bound; `without` leaves one field open, as its own facet needs it. */
export function queueWhere(filter: QueueFilter, asking: Asking, without: FilterField | null = null): Sql {
  const conditions = fieldsOf().flatMap((field) => (field === without ? [] : (CONDITIONS[field](filter, asking) ?? [])));
  return every([sql`f.environment_id = ${asking.environment}`, ...conditions]);
}

/** Does the filter ask for everything in its tab? */
export function isWholeTab(filter: QueueFilter, asking: Asking): boolean {
  return fieldsOf().every((field) => CONDITIONS[field](filter, asking) === null);
}

/** The tab as a condition; All asks nothing. The stored column holds the union rule of Closed. */
export function inTab({ tab }: Pick<QueueFilter, "tab">): Sql {
  return tab === "all" ? sql`TRUE` : sql`f.tab = ${tab}::response`;
}
