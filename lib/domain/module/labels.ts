import { RESPONSE_LABELS, TAB_LABELS, type Response, type Tab } from "@/lib/domain/finding/words";
import { moduleNamed, type ModuleKey } from "./table";

/** What a response is called in a module. */
export function labelOf(response: Response, module: ModuleKey): string {
  return moduleNamed(module).responses?.[response] ?? RESPONSE_LABELS[response];
}

/** What a tab is called in a module. */
export function tabLabelOf(tab: Tab, module: ModuleKey): string {
  return tab === "all" ? TAB_LABELS.all : labelOf(tab, module);
}

/** What the button says that sets a response, where the module calls it by a name of its own; else what it says everywhere. */
export function deedLabelOf(response: Response, module: ModuleKey, everywhere: string): string {
  const own = moduleNamed(module).responses?.[response];
  return own === undefined ? everywhere : `${own}…`;
}
