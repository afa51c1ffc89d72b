import type { CloseReason, Response, Severity } from "../../lib/domain/finding/words";
import type { Place } from "./reports";

/** Which findings an act is about: by rule or package, asset, and where they stand. */
export type Pick = { place: Place; rule?: string; component?: string; asset?: string; response?: Response; detected?: boolean; regressed?: boolean; severity?: Severity; take: number };

export type Deed =
  | { kind: "respond"; response: Response; reason?: CloseReason; note?: string; days?: number; reviewIn?: number }
  | { kind: "vendor"; note: string; followUpIn: number }
  | { kind: "duplicate"; note: string }
  | { kind: "assign"; to: string }
  | { kind: "tag"; add: readonly string[] }
  | { kind: "calibrate"; to: Severity; reason: string }
  | { kind: "undo" };

/** One act of the demo's people: so many days ago, after the scans of that day. Undo takes back the act before it. */
export type Act = { daysAgo: number; who: "analyst" | "manager"; pick: Pick; deed: Deed };

/** When each place was scanned, in days ago, oldest first. */
export const SCANS = { production: [42, 31, 20, 9, 0.25], staging: [30, 16, 0.6] } as const satisfies Record<Place, readonly number[]>;

const analyst = "analyst@demo.test";
const manager = "manager@demo.test";
const here = (pick: Omit<Pick, "place">): Pick => ({ place: "production", ...pick });
const stage = (pick: Omit<Pick, "place">): Pick => ({ place: "staging", ...pick });

export const STORY: readonly Act[] = [
  { daysAgo: 41, who: "analyst", pick: here({ rule: "900113", take: 4 }), deed: { kind: "respond", response: "investigating", note: "Asked the owners which of these are meant to be open." } },
  { daysAgo: 41, who: "analyst", pick: here({ rule: "900113", take: 4 }), deed: { kind: "assign", to: analyst } },
  { daysAgo: 41, who: "analyst", pick: here({ rule: "todo-security", take: 14 }), deed: { kind: "respond", response: "closed", reason: "false_positive", note: "A comment is no weakness; the checks it names are in place." } },
  { daysAgo: 41, who: "manager", pick: here({ rule: "900107", take: 9 }), deed: { kind: "respond", response: "accepted_risk", note: "Old build agents need this key exchange until they are replaced.", days: 46 } },
  { daysAgo: 40, who: "analyst", pick: here({ rule: "CVE-2022-22965", take: 3 }), deed: { kind: "respond", response: "closed", reason: "patched", note: "Spring raised to 5.3.18 in release 4.2.1." } },
  { daysAgo: 40, who: "analyst", pick: here({ rule: "900103", take: 2 }), deed: { kind: "calibrate", to: "critical", reason: "The console reaches the payment network." } },
  { daysAgo: 30, who: "analyst", pick: here({ rule: "CVE-2022-25883", take: 9 }), deed: { kind: "respond", response: "closed", reason: "patched", note: "Raised in the lock file." } },
  { daysAgo: 30, who: "manager", pick: here({ rule: "900112", take: 8 }), deed: { kind: "respond", response: "accepted_risk", note: "TRACE answers only inside the management network.", days: 120 } },
  { daysAgo: 30, who: "analyst", pick: here({ rule: "900105", take: 5 }), deed: { kind: "calibrate", to: "high", reason: "Customers see the warning of this certificate." } },
  { daysAgo: 30, who: "analyst", pick: here({ rule: "900104", take: 3 }), deed: { kind: "vendor", note: "The storage vendor promised an update by the end of the month.", followUpIn: 26 } },
  { daysAgo: 29, who: "analyst", pick: here({ rule: "900119", take: 12 }), deed: { kind: "respond", response: "closed", reason: "false_positive", note: "Clocks are no secret here." } },
  { daysAgo: 29, who: "analyst", pick: here({ asset: "acme/pay-", take: 60 }), deed: { kind: "tag", add: ["team-payments", "pci"] } },
  { daysAgo: 29, who: "analyst", pick: here({ asset: "acme/shop-", take: 90 }), deed: { kind: "tag", add: ["team-shop"] } },
  { daysAgo: 19, who: "analyst", pick: here({ rule: "900106", take: 6 }), deed: { kind: "respond", response: "closed", reason: "mitigated", note: "The edge terminates TLS; these ports answer to it alone.", reviewIn: 90 } },
  { daysAgo: 19, who: "analyst", pick: here({ response: "needs_review", detected: false, take: 70 }), deed: { kind: "respond", response: "closed", reason: "patched", note: "Gone since the release; confirmed by the scan." } },
  { daysAgo: 19, who: "analyst", pick: here({ rule: "CVE-2023-38545", take: 4 }), deed: { kind: "duplicate", note: "The same base image: mended there once." } },
  { daysAgo: 19, who: "manager", pick: here({ rule: "cookie-without-flags", take: 10 }), deed: { kind: "respond", response: "accepted_risk", note: "These cookies hold the language alone.", days: 30 } },
  { daysAgo: 19, who: "manager", pick: here({ rule: "debug-left-on", take: 6 }), deed: { kind: "respond", response: "accepted_risk", note: "Until the load test is over.", days: 12 } },
  { daysAgo: 18, who: "analyst", pick: here({ rule: "sql-string-concat", take: 7 }), deed: { kind: "respond", response: "investigating", note: "Bound parameters are on their way in each of these." } },
  { daysAgo: 18, who: "analyst", pick: here({ rule: "sql-string-concat", response: "investigating", take: 7 }), deed: { kind: "assign", to: analyst } },
  { daysAgo: 8, who: "manager", pick: here({ rule: "CVE-2011-3374", take: 12 }), deed: { kind: "respond", response: "accepted_risk", note: "Not reachable: images are built without the old command.", days: 180 } },
  { daysAgo: 8, who: "manager", pick: here({ rule: "CVE-2005-2541", take: 12 }), deed: { kind: "respond", response: "accepted_risk", note: "No image unpacks archives as root.", days: 180 } },
  { daysAgo: 8, who: "analyst", pick: here({ regressed: true, take: 4 }), deed: { kind: "respond", response: "investigating", note: "The fix did not hold; looking at the release." } },
  { daysAgo: 8, who: "manager", pick: here({ regressed: true, take: 6 }), deed: { kind: "assign", to: manager } },
  { daysAgo: 7, who: "analyst", pick: here({ rule: "weak-hash", take: 5 }), deed: { kind: "respond", response: "closed", reason: "false_positive", note: "Used for cache keys." } },
  { daysAgo: 7, who: "analyst", pick: here({ rule: "weak-hash", take: 5 }), deed: { kind: "undo" } },
  { daysAgo: 41, who: "analyst", pick: here({ severity: "info", response: "needs_review", take: 400 }), deed: { kind: "respond", response: "closed", reason: "false_positive", note: "Informational: nothing here to mend." } },
  { daysAgo: 40, who: "analyst", pick: here({ severity: "critical", response: "needs_review", take: 90 }), deed: { kind: "respond", response: "investigating", note: "First pass over what is critical." } },
  { daysAgo: 40, who: "manager", pick: here({ severity: "critical", response: "investigating", take: 60 }), deed: { kind: "assign", to: analyst } },
  { daysAgo: 39, who: "manager", pick: here({ severity: "low", response: "needs_review", take: 170 }), deed: { kind: "respond", response: "accepted_risk", note: "Low, and nothing sensitive behind it. Looked at again within the quarter.", days: 90 } },
  { daysAgo: 28, who: "analyst", pick: here({ severity: "high", response: "needs_review", take: 190 }), deed: { kind: "respond", response: "investigating", note: "In the platform team's sprint." } },
  { daysAgo: 28, who: "manager", pick: here({ severity: "high", response: "investigating", take: 40 }), deed: { kind: "assign", to: manager } },
  { daysAgo: 27, who: "analyst", pick: here({ severity: "medium", response: "needs_review", take: 180 }), deed: { kind: "respond", response: "closed", reason: "mitigated", note: "Behind the gateway, which filters these requests.", reviewIn: 120 } },
  { daysAgo: 21, who: "analyst", pick: here({ severity: "critical", response: "investigating", detected: true, take: 14 }), deed: { kind: "respond", response: "closed", reason: "patched", note: "Released and rolled out." } },
  { daysAgo: 17, who: "analyst", pick: here({ severity: "info", response: "needs_review", take: 400 }), deed: { kind: "respond", response: "closed", reason: "false_positive", note: "Informational: nothing here to mend." } },
  { daysAgo: 17, who: "manager", pick: here({ severity: "low", response: "needs_review", take: 110 }), deed: { kind: "respond", response: "accepted_risk", note: "Low, and nothing sensitive behind it. Looked at again within the quarter.", days: 90 } },
  { daysAgo: 10, who: "analyst", pick: here({ severity: "high", response: "investigating", detected: true, take: 30 }), deed: { kind: "respond", response: "closed", reason: "patched", note: "Shipped with the platform release." } },
  { daysAgo: 8, who: "analyst", pick: here({ severity: "critical", response: "needs_review", take: 45 }), deed: { kind: "respond", response: "investigating", note: "Owners asked." } },
  { daysAgo: 0.2, who: "analyst", pick: here({ rule: "jwt-without-verify", take: 3 }), deed: { kind: "respond", response: "investigating" } },
  { daysAgo: 0.2, who: "analyst", pick: here({ rule: "jwt-without-verify", response: "investigating", take: 3 }), deed: { kind: "assign", to: analyst } },
  { daysAgo: 0.15, who: "analyst", pick: here({ rule: "secret-in-source", take: 3 }), deed: { kind: "respond", response: "closed", reason: "patched", note: "Rotated and moved to the vault." } },
  { daysAgo: 29, who: "analyst", pick: stage({ rule: "900111", take: 4 }), deed: { kind: "respond", response: "closed", reason: "false_positive", note: "Staging shows its folders on purpose." } },
  { daysAgo: 15, who: "manager", pick: stage({ rule: "900106", take: 5 }), deed: { kind: "respond", response: "accepted_risk", note: "Test clients need it until March.", days: 24 } },
  { daysAgo: 0.5, who: "analyst", pick: stage({ rule: "open-redirect", take: 6 }), deed: { kind: "respond", response: "investigating" } },
];
