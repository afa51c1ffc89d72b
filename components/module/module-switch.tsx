"use client";
import { ChevronDown } from "lucide-react";
import { Menu } from "@/components/ui/menu";
import { moduleNamed, type ModuleKey } from "@/lib/domain/module/table";
import { useModulesHere } from "./module-context";

/** The name of what is shown, and the way to the other modules that hold findings here. */
export function ModuleSwitch({ shown, environment, onGo }: { shown: ModuleKey; environment: number; onGo: (module: ModuleKey) => void }) {
  const here = useModulesHere().map(({ key }) => key);
  const offered: readonly ModuleKey[] = ["alerts", ...here, ...(shown === "alerts" || here.includes(shown) ? [] : [shown])];
  const row = moduleNamed(shown);
  return (
    <div className="flex items-center gap-1.5">
      <h1 className="text-base font-semibold tracking-tight whitespace-nowrap">{row.label}</h1>
      <Menu
        label="Modules" align="start" width={400}
        items={offered.map((key) => ({ key, label: moduleNamed(key).label, hint: moduleNamed(key).what, current: key === shown, onSelect: () => onGo(key) }))}
        trigger={(wires) => <button {...wires} type="button" aria-label="Modules" title="Another module" className="grid size-6 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"><ChevronDown size={14} aria-hidden /></button>}
      />
      {shown === "alerts" ? null : <a href={`/e/${environment}/help#module-${shown}`} className="text-xs whitespace-nowrap text-ink-3 hover:text-ink hover:underline max-md:hidden">What differs here?</a>}
    </div>
  );
}
