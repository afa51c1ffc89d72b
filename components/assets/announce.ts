"use client";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { keyInBrackets } from "@/components/shell/command-registry";
import { toast } from "@/components/ui/toast";
import type { AssetActions, AssetsChangedView } from "@/lib/domain/views/assets";

const SHOWN = 4;

export const assetsWord = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "asset" : "assets"}`;

/** The inventory of an environment: where what was done to assets is taken back by key. */
export const assetsOf = (environment: number) => `assets ${environment}`;

type Told = Pick<AssetsChangedView, "changed" | "skipped">;

function linesOf({ skipped }: Told): string[] {
  return [...skipped.slice(0, SHOWN).map(({ why }) => why), ...(skipped.length > SHOWN ? [`and ${skipped.length - SHOWN} more`] : [])];
}

/** Says what an action did to assets and what it left alone, and offers to take it back. */
export function announceAssets(did: string, told: Told, { same = 0, undo }: { same?: number; undo: { environment: number; press: () => void } | null }) {
  const { changed, skipped } = told;
  const description = [...(same > 0 ? [`${assetsWord(same)} said so already`] : []), ...linesOf(told)].join("\n") || undefined;
  if (changed.length === 0) return toast({ tone: skipped.length > 0 ? "error" : "plain", title: "Nothing was changed", description, stays: 10_000 });
  toast({
    tone: "plain", title: `${did} ${assetsWord(changed.length)}${skipped.length > 0 ? `, ${skipped.length.toLocaleString("en")} skipped` : ""}`, description, stays: description ? 12_000 : 7_000,
    ...(undo ? { undoes: assetsOf(undo.environment), action: { label: `Undo${keyInBrackets("action.undo")}`, onClick: undo.press } } : {}),
  });
}

type Undoing = { environment: number; actionId: string; assets?: readonly number[]; revert: AssetActions["revertAssets"]; onDone: () => void };

/** Takes an action on assets back, on all of them or on these, and says what came of it. */
export async function takeBack({ environment, actionId, assets, revert, onDone }: Undoing): Promise<void> {
  const answer = await revert({ environment, actionId, assets }).catch(() => null);
  if (!answer) announceSilence();
  else if (!answer.ok) announceRefusal(answer.refusal);
  else announceAssets("Taken back:", answer.value, { undo: null });
  onDone();
}
