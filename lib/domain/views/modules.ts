import type { Tab } from "@/lib/domain/finding/words";
import type { ModuleKey } from "@/lib/domain/module/table";

/** A module that holds findings here. `count`: of its working queue, exact; null where it would have to be counted finding by finding. */
export type ModuleHere = { key: ModuleKey; count: number | null };

/** The modules that hold findings, and where one was asked for, its tabs with their exact counts. */
export type ModulesView = { modules: readonly ModuleHere[]; tabs: Record<Tab, number> | null };
