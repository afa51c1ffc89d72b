import type { ModuleKey } from "@/lib/domain/module/table";

/** A module that holds findings here. `count`: of its working queue, exact; null where it would have to be counted finding by finding. */
export type ModuleHere = { key: ModuleKey; count: number | null };
