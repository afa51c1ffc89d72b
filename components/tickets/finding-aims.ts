import { allowedMoves } from "@/lib/domain/remediation/machine";
import type { Remediation } from "@/lib/domain/ticket/words";

const AIMS = [{ to: "in_progress", label: "The fix is in progress" }, { to: "resolved", label: "The fix is shipped" }, { to: "open", label: "The fix is open again" }] as const;

/** Where a person may take a fix from here, in the words of a menu: what would be refused is not offered. */
export function aimsFrom(remediation: Remediation): (typeof AIMS)[number][] {
  const allowed = allowedMoves(remediation, "person");
  return AIMS.filter(({ to }) => allowed.includes(to));
}
