import type { FindingState } from "@/lib/domain/finding/state";

/** A resolution that is not recorded yet: the next covering scan is to prove it. */
export function isClaimed({ governance, verification }: Pick<FindingState, "governance" | "verification">): boolean {
  return governance === "in_progress" && verification === "pending";
}
