"use client";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { toast } from "@/components/ui/toast";
import type { Refusal, Result } from "@/lib/domain/refusal";
import type { TicketsChanged, TicketsMadeView } from "@/lib/domain/views/ticket-actions";

const SHOWN = 4;

export const ticketsWord = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "ticket" : "tickets"}`;

/** "T-12", "T-12 and T-13", "T-12, T-13 and 4 more". */
export function named(numbers: readonly number[]): string {
  const names = numbers.slice(0, 2).map((number) => `T-${number}`);
  return numbers.length > 2 ? `${names.join(", ")} and ${numbers.length - 2} more` : names.join(" and ");
}

function linesOf(whys: readonly string[]): string | undefined {
  if (whys.length === 0) return undefined;
  return [...whys.slice(0, SHOWN), ...(whys.length > SHOWN ? [`and ${whys.length - SHOWN} more`] : [])].join("\n");
}

/** Why something was refused and what would work instead, in one line, each sentence once. */
export function refusalWords({ message, next, errors }: Refusal): string {
  return [...new Set([...(errors ?? []).map((fault) => fault.message), ...(errors?.length ? [] : [message]), next ?? ""])].filter(Boolean).join(" ");
}

/** Says what closing or reopening did, and what was left alone and why. True when something changed. */
export function announceTickets(did: string, answer: Result<TicketsChanged> | null): boolean {
  if (answer === null) announceSilence();
  else if (!answer.ok) announceRefusal(answer.refusal);
  if (!answer?.ok) return false;
  const { changed, skipped, findings } = answer.value;
  const flagged = findings.length > 0 ? [`${findings.length === 1 ? "One finding is" : `${findings.length} findings are`} flagged for re-review.`] : [];
  const description = linesOf([...flagged, ...skipped.map(({ number, why }) => `T-${number}: ${why}`)]);
  if (changed.length === 0) toast({ tone: "error", title: "Nothing was changed", description, stays: 10_000 });
  else toast({ tone: "plain", title: `${did}: ${named(changed)}${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`, description, stays: description ? 12_000 : 7_000 });
  return changed.length > 0;
}

/** Says which tickets were made and which findings have none, with the way to the first. True when one was made. */
export function announceMade(answer: Result<TicketsMadeView> | null, show: (ticket: number) => void): boolean {
  if (answer === null) announceSilence();
  else if (!answer.ok) announceRefusal(answer.refusal);
  if (!answer?.ok) return false;
  const { tickets, left } = answer.value;
  const [first] = tickets;
  const description = linesOf(left.map(({ why }) => why));
  if (!first) toast({ tone: "error", title: "No ticket was made", description, stays: 12_000 });
  else toast({ tone: "plain", title: `Made ${named(tickets.map(({ number }) => number))}${left.length > 0 ? `, ${left.length} left out` : ""}`, description, stays: 12_000, leads: true, action: { label: `Open T-${first.number}`, onClick: () => show(first.number) } });
  return first !== undefined;
}

/** Why a deed changed nothing although it was taken: the first ticket or finding that was left alone says it. */
function leftAlone(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("changed" in value) || !("skipped" in value)) return null;
  const { changed, skipped } = value;
  if (!Array.isArray(changed) || changed.length > 0 || !Array.isArray(skipped)) return null;
  const first: unknown = skipped[0];
  return typeof first === "object" && first !== null && "why" in first && typeof first.why === "string" ? first.why : null;
}

/** Says why a deed on a page was refused, or left everything alone; true when it was done. */
export function wentThrough(answer: Result<unknown> | null): boolean {
  if (answer === null) announceSilence();
  else if (!answer.ok) announceRefusal(answer.refusal);
  const why = answer?.ok ? leftAlone(answer.value) : null;
  if (why !== null) toast({ tone: "error", title: "Nothing was changed", description: why, stays: 10_000 });
  return answer?.ok === true && why === null;
}
