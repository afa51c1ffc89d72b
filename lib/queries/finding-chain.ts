import type { StoredFinding } from "@/lib/db/sql/finding-row";
import { CLOSE_REASON_LABELS, VERIFICATION_LABELS } from "@/lib/domain/finding/words";
import type { ChainStep } from "@/lib/domain/views/finding";
import type { FindingTicketView } from "@/lib/domain/views/tickets";
import { ticketSteps } from "@/lib/queries/finding-tickets";

export type Proven = { needed: boolean; at: Date | null };
type Chained = Pick<StoredFinding, "added_on" | "acknowledged_at" | "close_reason" | "verification">;

/** The four steps of custody, and the proof where policy asks for one in this band or there is one. */
export function chainOf({ added_on: matched, acknowledged_at: disposed, close_reason: reason, verification }: Chained, tickets: readonly FindingTicketView[], proof: Proven): ChainStep[] {
  const isProven = verification === "verified" || verification === "attested";
  const verified: ChainStep = { step: "verified", at: isProven ? (proof.at ?? disposed)?.toISOString() ?? null : null, label: VERIFICATION_LABELS[verification] };
  return [
    { step: "matched", at: matched.toISOString(), label: null },
    ...ticketSteps(tickets),
    { step: "disposition", at: disposed?.toISOString() ?? null, label: disposed && reason ? CLOSE_REASON_LABELS[reason] : null },
    ...(proof.needed || verification !== "none" ? [verified] : []),
  ];
}
