import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { filteredCounts } from "@/lib/db/sql/filtered-counts";
import { isTallied } from "@/lib/db/sql/queue-tally";
import type { Asking } from "@/lib/db/sql/queue-where";
import type { Tab } from "@/lib/domain/finding/words";
import type { ModuleKey } from "@/lib/domain/module/table";
import { inModule } from "@/lib/domain/module/view";
import { ok, type Result } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { queueFilter } from "@/lib/domain/views/queue-input";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { askingOf } from "@/lib/queries/queue";

type Tabs = Record<Tab, number>;

/** What a filter leaves in each tab, exactly and in one statement. */
async function tabsUnder(db: Db, filter: QueueFilter, asking: Asking): Promise<Tabs> {
  return (await filteredCounts(db, filter, asking)).tabs;
}

/** The tabs of a module with their exact counts; null for Alerts, whose tabs are the environment's own. */
export async function tabsOfModule(db: Db, key: ModuleKey, asking: Asking): Promise<Tabs | null> {
  return key === "alerts" ? null : tabsUnder(db, inModule(wholeTab("all"), key), asking);
}

/** What a filter leaves in each tab where the tally knows it; null where findings must be counted: a screen asks for that once it stands. */
export async function talliedTabs(db: Db, filter: QueueFilter, asking: Asking): Promise<Tabs | null> {
  return isTallied(filter) ? tabsUnder(db, filter, asking) : null;
}

/** What a filter leaves in each tab: `{environment, filter}`. The filter's own tab and order play no part. */
export function tabsOfFilter(actor: Actor, raw: unknown): Promise<Result<Tabs>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: z.number().int().positive(), filter: queueFilter }),
    load: async (db, { environment, filter }, { now }) => ok(await tabsUnder(db, filter, await askingOf(db, actor, environment, now))),
  }, raw);
}
