"use client";
import { createContext, useContext, type ReactNode } from "react";
import { deedLabelOf, labelOf, tabLabelOf } from "@/lib/domain/module/labels";
import type { ModuleKey } from "@/lib/domain/module/table";
import type { Response, Tab } from "@/lib/domain/finding/words";
import type { ModuleHere } from "@/lib/domain/views/modules";

const Here = createContext<readonly ModuleHere[]>([]);
const Shown = createContext<ModuleKey>("alerts");

/** The modules that hold findings in this environment. */
export function ModulesHere({ modules, children }: { modules: readonly ModuleHere[]; children: ReactNode }) {
  return <Here value={modules}>{children}</Here>;
}

export function useModulesHere(): readonly ModuleHere[] {
  return useContext(Here);
}

/** Which module a screen is a view of: what stands below calls responses by its names. */
export function InModule({ name, children }: { name: ModuleKey; children: ReactNode }) {
  return <Shown value={name}>{children}</Shown>;
}

/** What responses, tabs and buttons are called where this is asked. */
export function useModuleWords() {
  const shown = useContext(Shown);
  return {
    shown,
    response: (response: Response) => labelOf(response, shown),
    tab: (tab: Tab) => tabLabelOf(tab, shown),
    deed: (response: Response, everywhere: string) => deedLabelOf(response, shown, everywhere),
  };
}
