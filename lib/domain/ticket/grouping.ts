import { grouped } from "@/lib/domain/grouped";
import type { Governance, Severity } from "@/lib/domain/finding/words";
import type { Grouping } from "./input";

/** What decides whether a finding may have a ticket, and what is missing for one. */
export type Candidate = {
  number: number; severity: Severity; governance: Governance; calibratedAt: Date | null; decommissionOn: string | null; rule: string; component: string | null;
};

/** What decides whether a finding is handed over at all. */
export type Excludable = Pick<Candidate, "governance" | "decommissionOn" | "severity">;

/** Why a finding gets no ticket unless somebody overrides it with a note: the first that holds. */
const EXCLUSIONS: readonly { holds: (finding: Excludable) => boolean; why: string }[] = [
  { holds: ({ governance }) => governance === "accepted_risk", why: "is under an approved exception" },
  { holds: ({ governance }) => governance === "false_positive", why: "was found to be a false positive" },
  { holds: ({ governance }) => governance === "resolved", why: "is resolved" },
  { holds: ({ decommissionOn }) => decommissionOn !== null, why: "is on an asset that is being decommissioned" },
  { holds: ({ severity }) => severity === "info", why: "is informational" },
];

/** Why this finding is left out; null: it is not. */
export function exclusionOf(finding: Excludable): string | null {
  return EXCLUSIONS.find(({ holds }) => holds(finding))?.why ?? null;
}

/** The tickets that these findings become, each in the order of its findings. What has no component stands alone. */
export function groupsOf<F extends Candidate>(findings: readonly F[], grouping: Grouping): F[][] {
  const key = { each: ({ number }: F) => `${number}`, one: () => "", rule: ({ rule }: F) => rule, component: ({ number, component }: F) => (component ? `c ${component}` : `${number}`) }[grouping];
  return [...grouped(findings, key).values()];
}

const MOST_NAMED = 20;

function named(findings: readonly Candidate[]): string {
  const more = findings.length > MOST_NAMED ? ` and ${findings.length - MOST_NAMED} more` : "";
  return `${findings.slice(0, MOST_NAMED).map(({ number }) => `F-${number}`).join(", ")}${more}`;
}

/** What was missing when a ticket was made: kept on it, since whoever makes one by hand triages and routes in one act. */
export function gapsOf(findings: readonly Candidate[], owner: { assignee: string | null; team: string | null }, override: string | null): string[] {
  const untouched = findings.filter(({ governance }) => governance === "open" || governance === "reopened");
  const uncalibrated = findings.filter(({ calibratedAt }) => calibratedAt === null);
  const excluded = grouped(findings.filter((finding) => exclusionOf(finding) !== null), exclusionOf);
  return [
    ...(owner.assignee === null && owner.team === null ? ["Nobody owns it."] : []),
    ...(uncalibrated.length > 0 ? [`Severity not calibrated: ${named(uncalibrated)}.`] : []),
    ...(untouched.length > 0 ? [`Not triaged before: ${named(untouched)}.`] : []),
    ...[...excluded].map(([why, all]) => `Overridden although it ${why}: ${named(all)}. ${override ?? ""}`.trim()),
  ];
}
