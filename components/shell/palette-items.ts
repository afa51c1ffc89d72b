import type { ReactNode } from "react";
import { can, type Role } from "@/lib/domain/access/can";
import { moduleNamed } from "@/lib/domain/module/table";
import type { ModuleHere } from "@/lib/domain/views/modules";
import type { EnvironmentView } from "@/lib/domain/views/shell";
import { COMMAND_WORDS } from "./command-words";
import { answeringCommands, handlerOf } from "./command-registry";
import { fuzzy } from "./fuzzy";
import type { CommandId } from "./keys";
import type { ViewName } from "./find-views";
import type { Recent } from "./recent-findings";
import type { Found } from "./find-findings";

/** One thing that the palette offers. `act` runs once it is closed. */
export type Item = { key: string; group: string; label: string; hint?: ReactNode; command?: CommandId; act: () => void };

/** What the screen behind the palette answers to now, as far as this role may. */
export function commandItems(role: Role): Item[] {
  return answeringCommands().filter((row) => !row.quiet && (!row.act || can(role, row.act)))
    .map((row) => ({ key: row.id, group: row.group === "Go" ? "Go to" : "Do", label: COMMAND_WORDS[row.id], command: row.id, act: () => handlerOf(row.id)?.() }));
}

/** The modules that hold findings here. */
export function moduleItems(modules: readonly ModuleHere[], environment: number, go: (address: string) => void): Item[] {
  return modules.map(({ key }) => ({ key: `module ${key}`, group: "Modules", label: moduleNamed(key).label, hint: "Module", act: () => go(`/e/${environment}/alerts?module=${key}`) }));
}

export function environmentItems(environments: readonly EnvironmentView[], here: number, go: (address: string) => void): Item[] {
  return environments.filter(({ number }) => number !== here).map(({ number, name }) => ({ key: `environment ${number}`, group: "Environments", label: name, hint: `Environment ${number}`, act: () => go(`/e/${number}/alerts`) }));
}

export function recentItems(recent: readonly Recent[], environment: number, go: (address: string) => void): Item[] {
  return recent.map(({ number, title }) => ({ key: `recent ${number}`, group: "Looked at last", label: title, hint: `F-${number}`, act: () => go(`/e/${environment}/findings/${number}`) }));
}

export function foundItems({ findings }: Found, environment: number, go: (address: string) => void): Item[] {
  return findings.map(({ number, title, asset }) => ({ key: `finding ${number}`, group: "Findings", label: title, hint: `F-${number} · ${asset}`, act: () => go(`/e/${environment}/findings/${number}`) }));
}

/** The saved views that may be opened. */
export function viewItems(views: readonly ViewName[], environment: number, go: (address: string) => void): Item[] {
  return views.map(({ id, name, isShared }) => ({ key: `view ${id}`, group: "Views", label: name, hint: isShared ? "Shared view" : "Your view", act: () => go(`/e/${environment}/alerts?view=${id}`) }));
}

const MOST = 40;

/** The items that answer what is typed, best first within a group, groups in the order of their best; all of them while nothing is typed. */
export function ranked(typed: string, items: readonly Item[]): Item[] {
  const scored = items.flatMap((item, place) => {
    const score = fuzzy(typed, item.label);
    return score === null ? [] : [{ item, score: typed.trim() === "" ? -place : score }];
  }).sort((a, b) => b.score - a.score);
  const groups = [...new Set(scored.map(({ item }) => item.group))];
  return groups.flatMap((group) => scored.filter(({ item }) => item.group === group).map(({ item }) => item)).slice(0, MOST);
}
