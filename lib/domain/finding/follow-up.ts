import type { FindingState } from "@/lib/domain/finding/state";

const DAY = 86_400_000;

/** Why findings are looked at again when the date beside their decision comes; one line for each decision that has one. */
const ASKS = [
  { governance: "resolved", closeReason: "mitigated", why: "The day to review this mitigation has come: does the control still cover it?" },
  { governance: "in_progress", closeReason: "vendor_notified", why: "The day to follow up with the vendor has come: is there an answer?" },
] as const satisfies readonly (Pick<FindingState, "governance" | "closeReason"> & { why: string })[];

/** What is to be asked of this finding, now that the day (in UTC) of its follow-up has come; null: nothing, or not yet. */
export function followUpAsked({ governance, closeReason, followUpOn }: Pick<FindingState, "governance" | "closeReason" | "followUpOn">, now: Date): string | null {
  if (followUpOn === null || Math.floor(followUpOn.getTime() / DAY) > Math.floor(now.getTime() / DAY)) return null;
  return ASKS.find((ask) => ask.governance === governance && ask.closeReason === closeReason)?.why ?? null;
}
