import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { filteredCounts } from "@/lib/db/sql/filtered-counts";
import { modulesHere } from "@/lib/db/sql/modules";
import type { Asking } from "@/lib/db/sql/queue-where";
import { MODULE_KEYS, type ModuleKey } from "@/lib/domain/module/table";
import { inModule } from "@/lib/domain/module/view";
import { ok, type Result } from "@/lib/domain/refusal";
import type { ModulesView } from "@/lib/domain/views/modules";
import { wholeTab } from "@/lib/domain/views/queue-address";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { askingOf } from "@/lib/queries/queue";

/** The tabs of a module with their exact counts; null for Alerts, whose tabs are the environment's own. */
export async function tabsOfModule(db: Db, key: ModuleKey, asking: Asking): Promise<ModulesView["tabs"]> {
  return key === "alerts" ? null : (await filteredCounts(db, inModule(wholeTab("all"), key), asking)).tabs;
}

/** The modules that hold findings, and the tabs of one: `{environment, module?}`. */
export function modulesView(actor: Actor, raw: unknown): Promise<Result<ModulesView>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: z.number().int().positive(), module: z.enum(MODULE_KEYS).default("alerts") }),
    load: async (db, { environment, module: key }, { now }) => {
      const asking = await askingOf(db, actor, environment, now);
      const [modules, tabs] = await Promise.all([modulesHere(db, asking), tabsOfModule(db, key, asking)]);
      return ok({ modules, tabs });
    },
  }, raw);
}
