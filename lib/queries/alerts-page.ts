import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { queueCounts } from "@/lib/db/sql/queue-counts";
import { queueAround, queuePage, type QueuePage } from "@/lib/db/sql/queue-page";
import { isWholeTab, type Asking } from "@/lib/db/sql/queue-where";
import { moduleOf } from "@/lib/domain/module/view";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { AlertsPage, QueueFilter } from "@/lib/domain/views/alerts";
import { queueFilter } from "@/lib/domain/views/queue-input";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { findingDetail, queuePolicyOf } from "@/lib/queries/finding-page";
import { rowView } from "@/lib/queries/finding-row";
import { askingOf, PAGE_ROWS, totalAtOnce } from "@/lib/queries/queue";
import { tabsOfModule, talliedTabs } from "@/lib/queries/modules";
import { environmentOf, membersOf, meOf } from "@/lib/queries/who";

const number = z.number().int().positive().max(2_147_483_647).nullable().default(null);

const input = z.object({ environment: z.number().int().positive(), filter: queueFilter, open: number, at: number });

/** Rows before a finding that an address leads to. */
const BEFORE = 20;

type Start = QueuePage & { offset: number; at: number | null };

/** The first rows, or those around a finding where the queue holds it. */
async function startOf(db: Db, filter: QueueFilter, asking: Asking, number: number | null): Promise<Result<Start>> {
  const around = number === null ? null : await queueAround(db, filter, asking, number, { before: BEFORE, limit: BEFORE + PAGE_ROWS });
  if (around && around.position > BEFORE) return ok({ ...around, offset: around.position - BEFORE, at: number });
  const page = await queuePage(db, filter, asking, { limit: PAGE_ROWS, cursor: null });
  return page.ok ? ok({ ...page.value, offset: 0, at: around ? number : null }) : page;
}

/** The queue: `{environment, filter, open, at}`. First rows or those around a finding, exact counts but for a total that is dear, of a whole tab the one that stands on it, and the finding that the drawer shows. */
export function alertsPage(actor: Actor, raw: unknown): Promise<Result<AlertsPage>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment: where, filter, open, at }, context) => {
      const asking = await askingOf(db, actor, where, context.now);
      const [environment, page, counts, people, policy, lastScan, detail, moduleTabs, shownTabs] = await Promise.all([
        environmentOf(db, where),
        startOf(db, filter, asking, at ?? open),
        queueCounts(db, asking),
        membersOf(db, where),
        queuePolicyOf(db, where),
        lastScanOf(db, where),
        open === null ? null : findingDetail(db, where, open, context),
        tabsOfModule(db, moduleOf(filter), asking),
        talliedTabs(db, filter, asking),
      ]);
      if (!environment) return refuse("missing", `There is no environment ${where}.`);
      if (!page.ok) return page;
      const { nextCursor, previousCursor, offset, at: place } = page.value;
      return ok({
        environment, me: meOf(actor, where), now: context.now.toISOString(), filter, counts, moduleTabs, shownTabs, people, policy, lastScan,
        rows: page.value.rows.map((stored) => rowView(stored, context.now)),
        ...{ nextCursor, previousCursor, offset, at: place },
        total: nextCursor === null && !isWholeTab(filter) ? offset + page.value.rows.length : await totalAtOnce(db, filter, asking, counts),
        isEmpty: counts.tabs.all === 0 && !(await hasScans(db, where)),
        open: detail,
      });
    },
  }, raw);
}

const last = z.object({ number: z.number(), at: z.date(), new: z.number(), regressed: z.number() });

async function lastScanOf(db: Db, environment: number): Promise<AlertsPage["lastScan"]> {
  const found = await row(db, last, sql`SELECT id AS number, coalesce(taken_at, finished_at, requested_at) AS at, "new", regressed FROM scan
    WHERE environment_id = ${environment} AND status = 'completed' ORDER BY requested_at DESC, id DESC LIMIT 1`);
  return found && { ...found, at: found.at.toISOString() };
}

async function hasScans(db: Db, environment: number): Promise<boolean> {
  return (await row(db, z.object({ id: z.number() }), sql`SELECT id FROM scan WHERE environment_id = ${environment} AND status = 'completed' LIMIT 1`)) !== null;
}
