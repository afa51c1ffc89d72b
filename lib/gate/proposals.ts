import type { Tx } from "@/lib/db/client";
import { closedTicketsOf, ticketedOn, writeProposals } from "@/lib/db/sql/ticket-proposals";
import type { KnownAsset } from "@/lib/domain/asset/plan";
import { EXPOSURES, type Exposure } from "@/lib/domain/asset/words";
import { grouped } from "@/lib/domain/grouped";
import type { Crossing } from "@/lib/domain/feeds/crossing";
import type { Move } from "@/lib/domain/finding/move";
import type { CloseReason } from "@/lib/domain/finding/words";
import { storable } from "@/lib/domain/storable";
import { NOTHING_FOLLOWS, type Following } from "@/lib/gate/remediation";
import { ticketTrail } from "@/lib/gate/tickets";

/** Why a closed ticket should be looked at again. `key` names the occasion: the same one proposes once, also after somebody dismissed it. */
export type Occasion = { finding: number; why: string; key: string; only?: CloseReason };

const MOST = 2_000;

/**
 * Proposes to reopen the closed tickets of these findings, as the system; a person decides. What was proposed for the same occasion before is left
 * alone, and so is a finding whose work goes on in an open ticket.
 */
export async function proposeReopening(tx: Tx, environment: number, occasions: readonly Occasion[], now: Date): Promise<Following> {
  if (occasions.length === 0) return NOTHING_FOLLOWS;
  const tickets = await closedTicketsOf(tx, environment, occasions.map(({ finding }) => finding));
  const byFinding = grouped(occasions, ({ finding }) => finding);
  const proposed = [...grouped(tickets, ({ id }) => id).values()].flatMap((rows) => {
    const [ticket] = rows;
    if (!ticket) return [];
    const fresh = rows.flatMap(({ finding }) => byFinding.get(finding) ?? []).filter(({ key, only }) => !ticket.proposedFor.includes(key) && (only === undefined || only === ticket.closeReason));
    if (fresh.length === 0) return [];
    const why = storable(fresh.map((occasion) => occasion.why).join(" "), MOST);
    return [{ ticket, why, id: ticket.id, proposal: storable([ticket.proposal, why].filter(Boolean).join("\n"), MOST), keys: [...new Set(fresh.map(({ key }) => key))] }];
  });
  return {
    trail: proposed.map(({ ticket, why, proposal, keys }) => ticketTrail(ticket, "ticket.reopening_proposed", { before: { proposal: ticket.proposal }, after: { proposal, occasions: keys }, reason: why, bySystem: true })),
    jobs: [],
    write: (writing) => writeProposals(writing, proposed.map(({ id, proposal, keys }) => ({ id, proposal, keys })), now),
  };
}

/** Findings that entered the catalogue of what is known to be exploited. */
export function occasionsOfKev(crossings: readonly Crossing[]): Occasion[] {
  return crossings.filter(({ kev }) => kev).map(({ id, number, cve, addedOn }) => (
    { finding: id, why: `F-${number} is known to be exploited now: ${cve ?? "it"} entered the catalogue.`, key: `kev:${id}:${cve ?? ""}:${addedOn?.toISOString().slice(0, 10) ?? ""}` }));
}

/** Acceptances that ended by this act, expired or revoked: of tickets that were closed with them. */
export function occasionsOfAcceptances(moves: readonly Move[], how: "expired" | "was revoked"): Occasion[] {
  return moves.filter(({ finding, after }) => finding.state.governance === "accepted_risk" && after.governance !== "accepted_risk").map(({ finding: { id, state } }) => (
    { finding: id, why: `The acceptance of F-${state.number} ${how}.`, key: `acceptance:${state.acceptanceId}`, only: "risk_accepted" }));
}

/** An asset as it was, held by the caller, and what its facts become. */
export type Changing = { asset: Pick<KnownAsset, "id" | "name" | "version"> & { facts: { exposure: Exposure } }; after: { exposure: Exposure } };

/** Proposes the tickets of findings on assets that more people can reach than before: what shielded them is gone. However the asset came to change. */
export async function proposeExposed(tx: Tx, environment: number, assets: readonly Changing[], now: Date): Promise<Following> {
  const wider = new Map(assets.filter(({ asset, after }) => EXPOSURES.indexOf(after.exposure) < EXPOSURES.indexOf(asset.facts.exposure)).map((one) => [one.asset.id, one]));
  if (wider.size === 0) return NOTHING_FOLLOWS;
  const occasions = (await ticketedOn(tx, environment, [...wider.keys()])).flatMap(({ finding, number, asset: id }): Occasion[] => {
    const one = wider.get(id);
    if (!one) return [];
    const { asset, after } = one;
    return [{ finding, why: `${asset.name}, where F-${number} is, is more exposed: ${asset.facts.exposure} before, ${after.exposure} now.`, key: `exposure:${id}:${asset.version + 1}` }];
  });
  return proposeReopening(tx, environment, occasions, now);
}
