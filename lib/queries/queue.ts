import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { filteredCounts } from "@/lib/db/sql/filtered-counts";
import { queueCounts as countQueue } from "@/lib/db/sql/queue-counts";
import { findingsByNumber, queuePage, queueTotal } from "@/lib/db/sql/queue-page";
import { isTallied } from "@/lib/db/sql/queue-tally";
import { isWholeTab, type Asking } from "@/lib/db/sql/queue-where";
import { MAX_LIMIT } from "@/lib/domain/filter/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { FindingRow, QueueCounts, QueueFilter, RowsPage } from "@/lib/domain/views/alerts";
import { queueFilter } from "@/lib/domain/views/queue-input";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { rowView } from "@/lib/queries/finding-row";

const environment = z.number().int().positive();

/** How many rows the screen asks for at a time. */
export const PAGE_ROWS = 50;

/** What conditions on ages, acceptances and "me" are counted from. */
export async function askingOf(db: Db, actor: Actor, where: number, now: Date): Promise<Asking> {
  const { decisions } = await policyOf(db, where);
  return { environment: where, personId: actor.personId, now, warnDays: decisions.warnDays };
}

/** How many match: off the kept counts where nothing narrows the tab. */
export async function totalOf(db: Db, filter: QueueFilter, asking: Asking, counts?: QueueCounts): Promise<number> {
  return isWholeTab(filter) ? (counts ?? (await filteredCounts(db, filter, asking))).tabs[filter.tab] : queueTotal(db, filter, asking);
}

/** A tab of so many findings is counted one by one while its page waits: some milliseconds. */
const COUNTED_AT_ONCE = 10_000;

/** How many match, where that is soon known; null where it would be dear: the rows do not wait, and whoever shows them asks for it then. */
export async function totalAtOnce(db: Db, filter: QueueFilter, asking: Asking, counts: QueueCounts): Promise<number | null> {
  return isTallied(filter) || counts.tabs[filter.tab] <= COUNTED_AT_ONCE ? totalOf(db, filter, asking, counts) : null;
}

/** The next rows of a queue: `{environment, filter, cursor, limit}`, 50 where no limit is given. A cursor of another sort is refused. */
export function loadRows(actor: Actor, raw: unknown): Promise<Result<RowsPage>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment, filter: queueFilter, cursor: z.string().max(2_000).nullable(), limit: z.number().int().min(1).max(MAX_LIMIT).default(PAGE_ROWS) }),
    load: async (db, { environment: where, filter, cursor, limit }, { now }) => {
      const page = await queuePage(db, filter, await askingOf(db, actor, where, now), { limit, cursor });
      return page.ok ? ok({ ...page.value, rows: page.value.rows.map((row) => rowView(row, now)) }) : page;
    },
  }, raw);
}

/** The rows of these findings as they stand now: `{environment, numbers}`; unknown numbers are left out. */
export function queueRows(actor: Actor, raw: unknown): Promise<Result<FindingRow[]>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment, numbers: z.array(z.number().int().positive().max(2_147_483_647)).max(2 * MAX_LIMIT) }),
    load: async (db, { environment: where, numbers }, { now }) =>
      ok((await findingsByNumber(db, where, numbers)).map((row) => rowView(row, now))),
  }, raw);
}

/** Exact counts of the whole environment: `{environment}`. */
export function queueCounts(actor: Actor, raw: unknown): Promise<Result<QueueCounts>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment }),
    load: async (db, { environment: where }, { now }) => ok(await countQueue(db, await askingOf(db, actor, where, now))),
  }, raw);
}
