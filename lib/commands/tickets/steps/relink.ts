import type { Tx } from "@/lib/db/client";
import { lockFindings } from "@/lib/db/sql/finding-lock";
import { oneStep, type Known, type Move } from "@/lib/domain/finding/move";
import { peopleState } from "@/lib/domain/finding/outcome";
import type { PeopleState } from "@/lib/domain/finding/state";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import { openTicket, type HeldTicket } from "@/lib/gate/tickets";

/** Findings by number, held, in the order of their ids: all of them or a refusal that names the first that is not there. */
async function holdFindings(tx: Tx, environment: number, numbers: readonly number[]): Promise<Result<Known[]>> {
  const known = await lockFindings(tx, environment, [...new Set(numbers)]);
  const missing = numbers.find((number) => !known.some(({ state }) => state.number === number));
  return missing === undefined ? ok(known) : refuse("missing", `There is no finding F-${missing} here.`);
}

type OnFindings = { environment: number; ticket: number; version?: number | null | undefined; findings: readonly number[] };

/** A ticket and findings to link or part, held: the findings first, as everybody holds them. */
export async function holdBoth(tx: Tx, { environment, ticket, version, findings }: OnFindings): Promise<Result<{ ticket: HeldTicket; known: Known[] }>> {
  const known = await holdFindings(tx, environment, findings);
  if (!known.ok) return known;
  const held = await openTicket(tx, environment, { number: ticket, version });
  return held.ok ? ok({ ticket: held.value, known: known.value }) : held;
}

/** Work is moved between open tickets alone: what was closed stays as it was closed. */
export function openRefusal(ticket: HeldTicket): Refused | null {
  return ticket.state === "open" ? null : refuse("illegal", `T-${ticket.number} is closed.`, { next: "Reopen it first.", allowed: ["reopen"] });
}

/** The links of these findings that stand now. Refused where one is not linked, or where nothing would be left. */
export function partOf(ticket: HeldTicket, known: readonly Known[], otherwise: string): Result<HeldTicket["links"]> {
  const linked = ticket.links.filter(({ unlinkedAt }) => unlinkedAt === null);
  const stranger = known.find(({ id }) => !linked.some((link) => link.id === id));
  if (stranger) return refuse("conflict", `F-${stranger.state.number} is not on T-${ticket.number}.`);
  if (known.length === linked.length) return refuse("conflict", `Nothing would be left on T-${ticket.number}.`, { next: otherwise });
  return ok(linked.filter(({ id }) => known.some((finding) => finding.id === id)));
}

/** The finding's own entry about its tickets. Whoever puts it on one has made that its route; whoever parts it leaves its columns as they are. */
export function ticketStep(finding: Known, action: "finding.ticketed" | "finding.unticketed", details: Readonly<Record<string, unknown>>, note: string | null = null): Move {
  const state = peopleState(finding.state);
  const after: PeopleState = action === "finding.ticketed" ? { ...state, route: "ticket" } : state;
  const step = oneStep(finding, ok(after), { action, fields: ["tickets"], details, note });
  return step.ok ? step.value : { finding, after, steps: [] };
}
