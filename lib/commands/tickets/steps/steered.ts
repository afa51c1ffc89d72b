import type { Tx } from "@/lib/db/client";
import type { PolicyInForce } from "@/lib/db/policy";
import { lockFixes, type Fix } from "@/lib/db/sql/scan-proof";
import { grouped } from "@/lib/domain/grouped";
import { storable } from "@/lib/domain/storable";
import { turnOf } from "@/lib/domain/ticket/fold";
import { aimOf, steer, type Back, type Recorded } from "@/lib/domain/ticket/there";
import type { Remediation } from "@/lib/domain/ticket/words";
import { moveFixes, together, type Following } from "@/lib/gate/remediation";
import type { Heard } from "./heard";

export type Steering = { environment: number; name: string; back: Back; policy: PolicyInForce["tickets"]; now: Date };

type Way = { fix: Fix; to: Remediation; reason: string };

/**
 * Moves the fixes of open tickets whose status over there says something else than before; gives what follows, and how far each fix was when the
 * tracker began to move it, by ticket id.
 */
export async function steered(tx: Tx, heard: readonly Heard[], { environment, name, back, policy, now }: Steering): Promise<{ following: Following; before: Map<number, Recorded["before"]> }> {
  const before = new Map<number, Recorded["before"]>();
  const turned = heard.filter(({ ticket, known, folded }) => ticket.state === "open" && aimOf(known, back) !== aimOf(folded.external, back));
  if (turned.length === 0) return { following: together(), before };
  const fixes = grouped(await lockFixes(tx, environment, { tickets: turned.map(({ ticket }) => ticket.id) }), ({ ticketId }) => ticketId);
  const ways: Way[] = [];
  for (const { ticket, known, folded } of turned) {
    const mine = fixes.get(ticket.id) ?? [];
    const steps = steer(mine, known.before, aimOf(known, back), aimOf(folded.external, back));
    before.set(ticket.id, steps.before);
    const to = new Map(steps.moves.map((move) => [move.finding, move.to]));
    const turn = turnOf(known, folded.steps, (external) => aimOf(external, back)) ?? folded;
    const reason = storable(`${name}: ${turn.external.status ?? "no status"}`, 500);
    ways.push(...mine.flatMap((fix) => (to.has(fix.finding) ? [{ fix, to: to.get(fix.finding) ?? fix.remediation, reason }] : [])));
  }
  const all: Following[] = [];
  for (const way of grouped(ways, ({ to, reason }) => `${to} ${reason}`).values()) {
    const [{ to, reason } = { to: null, reason: "" }] = way;
    if (to !== null) all.push(await moveFixes(tx, environment, way.map(({ fix }) => fix), { to, by: "connector", now, policy, reason }));
  }
  return { following: together(...all), before };
}
