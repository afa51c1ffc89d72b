import { isTerm, type Term } from "@/lib/domain/filter/expression";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { MODULE_KEYS, type ModuleKey } from "./table";

/** The condition that makes a queue a module's: the only one that names modules, and one of them. */
export function moduleTermOf({ rest }: Pick<QueueFilter, "rest">): Term | null {
  const [only, ...others] = rest.filter((each): each is Term => isTerm(each) && each.field === "module");
  return only && others.length === 0 && only.values.length === 1 ? only : null;
}

/** The module that a queue is a view of; Alerts where its filter names none, or more than one. */
export function moduleOf(filter: Pick<QueueFilter, "rest">): ModuleKey {
  const named = moduleTermOf(filter)?.values[0];
  return MODULE_KEYS.find((key) => key === named) ?? "alerts";
}

/** The same filter in another module. */
export function inModule(filter: QueueFilter, module: ModuleKey): QueueFilter {
  const term = moduleTermOf(filter);
  const others = filter.rest.filter((each) => each !== term);
  return { ...filter, rest: module === "alerts" ? others : [{ field: "module", values: [module] }, ...others] };
}
