"use client";
import { keyInBrackets } from "@/components/shell/command-registry";
import { toast } from "@/components/ui/toast";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import type { Refusal } from "@/lib/domain/refusal";

const SHOWN = 4;

/** "3 findings", "1 finding". */
export function findings(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "finding" : "findings"}`;
}

function skippedLines(outcome: BulkOutcome, told: ReadonlySet<number>): string | undefined {
  const untold = outcome.skipped.filter(({ number }) => !told.has(number));
  if (untold.length === 0) return undefined;
  const lines = untold.slice(0, SHOWN).map((each) => `F-${each.number}: ${each.why}`);
  const rest = untold.length - SHOWN;
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n");
}

/** Says what an action did, what it skipped and why, and offers to take it back. Why those of `told` were skipped is said elsewhere. */
export function announce(did: string, outcome: BulkOutcome, undo: ((actionId: string) => void) | null, told: ReadonlySet<number> = new Set()) {
  const { actionId } = outcome;
  const description = skippedLines(outcome, told);
  const acted = outcome.changed + outcome.requested;
  if (acted === 0) {
    if (told.size > 0 && description === undefined) return;
    toast({ tone: "error", title: "Nothing was changed", description, stays: 10_000 });
    return;
  }
  const skipped = outcome.skipped.length > 0 ? `, ${outcome.skipped.length} skipped` : "";
  toast({
    tone: "plain",
    about: actionId ?? undefined,
    title: outcome.requested > 0 ? `Approval asked for: ${findings(outcome.requested)}${outcome.changed > 0 ? `, ${outcome.changed} changed` : ""}${skipped}` : `${did}: ${findings(outcome.changed)}${skipped}`,
    description,
    stays: description ? 12_000 : 7_000,
    action: actionId && undo ? { label: `Undo${keyInBrackets("action.undo")}`, onClick: () => undo(actionId) } : undefined,
  });
}

/** What moved on a stale row, where the refusal carries it as text lines or as field changes. */
function changeLines(changes: unknown): string[] {
  if (!Array.isArray(changes)) return [];
  return changes.slice(0, SHOWN).map((each: unknown) => {
    if (typeof each === "string") return each;
    return typeof each === "object" && each !== null && "why" in each && typeof each.why === "string" ? each.why : "";
  }).filter(Boolean);
}

/** Says why an action was refused and what would work instead. */
export function announceRefusal(refusal: Refusal) {
  const lines = [...changeLines(refusal.changes), ...(refusal.errors ?? []).slice(0, SHOWN).map((fault) => fault.message), refusal.next ?? ""];
  const description = [...new Set(lines)].filter((line) => line && line !== refusal.message).join("\n");
  toast({ tone: "error", title: refusal.message, description: description || undefined, stays: 12_000 });
}

export function announceSilence() {
  toast({ tone: "error", title: "Docket did not answer", description: "The row is shown as it was. Check your connection and try again.", stays: 12_000 });
}
