import type { Remediation } from "@/lib/domain/ticket/words";

/** Who moves remediation: people by hand, a tracker by its mapping, Docket itself by evidence alone. */
export type Mover = "person" | "connector" | "system";

/** What makes it move. `failure`: a retest or a covering scan still sees the weakness, which costs an attempt. `withdrawal`: a tracker takes back what it had said itself. */
export type Cause = "work" | "fix" | "reopening" | "proof" | "failure" | "withdrawal";

export type Row = { from: readonly Remediation[]; to: Remediation; who: readonly Mover[]; cause: Cause };

/** How far a fix may get: what is not in here is refused; a new way is one line. */
export const REMEDIATION_TABLE: readonly Row[] = [
  { from: ["open", "reopened", "resolved"], to: "in_progress", who: ["person", "connector"], cause: "work" },
  { from: ["in_progress"], to: "open", who: ["person"], cause: "work" },
  { from: ["open", "in_progress", "reopened"], to: "resolved", who: ["person", "connector"], cause: "fix" },
  { from: ["resolved", "verified"], to: "reopened", who: ["person", "system"], cause: "reopening" },
  { from: ["reopened", "open", "in_progress", "resolved"], to: "verified", who: ["system"], cause: "proof" },
  { from: ["verified"], to: "resolved", who: ["system"], cause: "fix" }, // its proof was taken back: it waits for another
  { from: ["resolved", "verified"], to: "reopened", who: ["system"], cause: "failure" },
  { from: ["in_progress", "resolved"], to: "open", who: ["connector"], cause: "withdrawal" },
  { from: ["in_progress", "resolved"], to: "reopened", who: ["connector"], cause: "withdrawal" },
];

/** The way between two states for this mover; undefined: the table has none. */
export function rowOf(from: Remediation, to: Remediation, by: Mover, cause?: Cause): Row | undefined {
  return REMEDIATION_TABLE.find((row) => row.from.includes(from) && row.to === to && row.who.includes(by) && (cause === undefined || row.cause === cause));
}

/** Where this mover may take it from here, worst first. */
export function allowedMoves(from: Remediation, by: Mover): Remediation[] {
  return REMEDIATION_TABLE.filter((row) => row.from.includes(from) && row.who.includes(by)).map(({ to }) => to).filter((to, at, all) => all.indexOf(to) === at);
}
