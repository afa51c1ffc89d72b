"use client";
import { ask } from "@/components/shell/ask";
import { keyInBrackets } from "@/components/shell/command-registry";
import { dismissAbout, toast } from "@/components/ui/toast";
import type { FieldChange } from "@/lib/domain/finding/field-changes";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import type { MovedView, MoveView } from "@/lib/domain/views/live";
import { ABOUT } from "./too-late";
import type { Deed } from "./use-line";

const SHOWN = 3;
/** As many as one question may name. */
const MOST = 50;
const STAYS_MS = 60_000;

function isMoved(value: unknown): value is MovedView[] {
  return Array.isArray(value) && value.every((one: unknown) => typeof one === "object" && one !== null && "row" in one && "moves" in one);
}

/** Who did what to findings since these versions; nothing where nobody did, or there is no answer. */
export async function askMoves(environment: number, seen: Deed["items"]): Promise<readonly MovedView[]> {
  const answer = await ask(environment, "moves", { seen: seen.slice(0, MOST) });
  return isMoved(answer) ? answer : [];
}

const changeWords = ({ field, from, to }: FieldChange) => `${field} ${from ?? "–"} → ${to ?? "–"}`;
const moveWords = ({ by, changes }: MoveView) => `${by}: ${changes.map(changeWords).join("; ") || "a note"}`;

function lines(moved: readonly MovedView[]): string {
  const shown = moved.slice(0, SHOWN).flatMap(({ row, moves }) => moves.slice(0, SHOWN).map((move) => `F-${row.number} · ${moveWords(move)}`));
  return [...shown, ...(moved.length > SHOWN ? [`and ${moved.length - SHOWN} more`] : [])].join("\n");
}

/** Says who moved what a deed came too late for, from what to what, and offers to do it again on the findings as they are now. */
export async function askAgain(environment: number, deed: Deed, outcome: BulkOutcome, numbers: ReadonlySet<number>, redo: (deed: Deed) => void): Promise<void> {
  const { again } = deed;
  if (!again) return;
  const moved = await askMoves(environment, deed.items.filter(({ number }) => numbers.has(number)));
  if (moved.length === 0) return;
  dismissAbout(ABOUT);
  const [first] = moved;
  const which = moved.length === 1 ? `F-${first?.row.number} has moved since` : `${moved.length} have moved since`;
  toast({
    tone: "error", about: ABOUT, stays: STAYS_MS, title: `${outcome.changed === 0 ? "Nothing was changed" : "Left alone"}: ${which}`, description: lines(moved),
    action: { label: `${deed.did} all the same${keyInBrackets("decision.redo")}`, onClick: () => redo(again(moved.map(({ row }) => row))) },
  });
}
