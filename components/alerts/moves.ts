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
const STAYS_MS = 60_000;

function isMoved(value: unknown): value is MovedView[] {
  return Array.isArray(value) && value.every((one: unknown) => typeof one === "object" && one !== null && "row" in one && "moves" in one);
}

/** Who did what to these findings since these versions; null where no answer came. */
async function askMoves(environment: number, seen: Deed["items"]): Promise<readonly MovedView[] | null> {
  const answer = await ask(environment, "moves", { seen });
  return isMoved(answer) ? answer : null;
}

const changeWords = ({ field, from, to }: FieldChange) => `${field} ${from ?? "–"} → ${to ?? "–"}`;
const moveWords = ({ by, changes }: MoveView) => `${by}: ${changes.map(changeWords).join("; ") || "a note"}`;

/** Of the first few who moved them from what to what, or, where nobody answered that, why each was left alone; of the others how many they are. */
function lines(moved: readonly MovedView[] | null, stale: BulkOutcome["skipped"]): string {
  const asMoved = moved?.flatMap(({ row, moves }) => moves.slice(0, SHOWN).map((move) => `F-${row.number} · ${moveWords(move)}`)) ?? [];
  const shown = asMoved.length > 0 ? asMoved : stale.slice(0, SHOWN).map(({ number, why }) => `F-${number} · ${why}`);
  const rest = stale.length - SHOWN;
  return [...shown, ...(rest > 0 ? [`and ${rest.toLocaleString("en")} more`] : [])].join("\n");
}

/** Says who moved what a deed came too late for, from what to what, and offers to do it again on all of these findings as they are now. */
export async function askAgain(environment: number, deed: Deed, outcome: BulkOutcome, numbers: ReadonlySet<number>, redo: (deed: Deed) => void): Promise<void> {
  const { again } = deed;
  if (!again || numbers.size === 0) return;
  const stale = outcome.skipped.filter(({ number }) => numbers.has(number));
  const first = new Set(stale.slice(0, SHOWN).map(({ number }) => number));
  const moved = await askMoves(environment, deed.items.filter(({ number }) => first.has(number)));
  dismissAbout(ABOUT);
  const which = numbers.size === 1 ? `F-${stale[0]?.number} has moved since` : `${numbers.size.toLocaleString("en")} have moved since`;
  toast({
    tone: "error", about: ABOUT, stays: STAYS_MS, title: `${outcome.changed === 0 ? "Nothing was changed" : "Left alone"}: ${which}`, description: lines(moved, stale),
    action: { label: `${deed.did} all the same${keyInBrackets("decision.redo")}`, onClick: () => redo(again(outcome.rows.filter(({ number }) => numbers.has(number)))) },
  });
}
