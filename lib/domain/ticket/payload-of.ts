import { SEVERITIES, type Severity } from "@/lib/domain/finding/words";
import type { TicketPayload } from "./payload";
import type { Priority } from "./words";

/** What a ticket takes from one finding. Texts are the scanner's, untrusted. */
export type FindingFacts = {
  number: number; title: string; asset: string; severity: Severity; category: string | null; cwe: readonly number[]; cve: readonly string[];
  cvss: { version: string; vector: string | null; score: number | null } | null; kev: boolean; epss: number | null;
  location: string; port: number | null; component: string | null; rule: string; ruleName: string; exposure: string; sensitivity: string;
  description: string | null; remediation: string | null; links: readonly string[]; acknowledgeBy: Date | null; resolveBy: Date | null;
  /** Is there anything in Docket that proves or shows it? */
  hasProof: boolean;
};

export type TicketFacts = {
  ticket: number; environment: string; title: string; description: string; priority: Priority; assignee: string | null; team: string | null; cc: readonly string[];
  labels: readonly string[]; dueOn: Date | null; checklist: readonly string[]; findings: readonly FindingFacts[];
  /** The address of a record that people open. */
  permalinkTo: (kind: "tickets" | "findings", number: number) => string;
};

const PRIORITY_OF = { critical: "urgent", high: "high", medium: "medium", low: "low", info: "low" } as const satisfies Record<Severity, Priority>;
const MOST_ACTIONS = 50;

/** The worst of these; `info` for none. */
export function worstOf(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((each) => severities.includes(each)) ?? "info";
}

/** How urgent work is until somebody says otherwise: by its worst finding, and at once where one is known to be exploited. */
export function priorityOf(findings: readonly Pick<FindingFacts, "severity" | "kev">[]): Priority {
  return findings.some(({ kev }) => kev) ? "urgent" : PRIORITY_OF[worstOf(findings.map(({ severity }) => severity))];
}

/** Bounded, never through the middle of a character. */
const clip = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`);
const distinct = <T>(values: readonly T[], most: number): T[] => [...new Set(values)].slice(0, most);
const earliest = (dates: readonly (Date | null)[]): Date | null => dates.reduce<Date | null>((first, date) => (date !== null && (first === null || date < first) ? date : first), null);

/** When it ought to be done: the earliest clock of its findings. */
export function dueOf(findings: readonly Pick<FindingFacts, "resolveBy">[]): Date | null {
  return earliest(findings.map(({ resolveBy }) => resolveBy));
}

/** A title for tickets whose maker gives none. */
export function titleOf(findings: readonly Pick<FindingFacts, "title" | "asset" | "severity" | "component" | "ruleName">[]): string {
  const worst = findings.toSorted((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity))[0];
  if (!worst) return "Nothing";
  if (findings.length === 1) return clip(`${worst.title} on ${worst.asset}`.replace(/\s+/g, " "), 300);
  const [titles, assets] = [new Set(findings.map(({ title }) => title)), new Set(findings.map(({ asset }) => asset))];
  const where = assets.size === 1 ? `on ${worst.asset}` : `on ${assets.size} assets`;
  const components = new Set(findings.map(({ component }) => component));
  const [component] = components;
  const what = titles.size === 1 ? worst.title : components.size === 1 && component ? `${findings.length} findings in ${component}` : `${clip(worst.title, 200)} and ${findings.length - 1} more`;
  return clip(`${what} ${where}`.replace(/\s+/g, " "), 300);
}

/** A description for tickets whose maker gives none: the scanner's own of one finding, a list of several. */
export function descriptionOf(findings: readonly Pick<FindingFacts, "number" | "title" | "asset" | "description">[]): string {
  const [only, ...others] = findings;
  if (!only) return "";
  if (others.length === 0) return clip(only.description ?? `${only.title} on ${only.asset}.`, 4_000);
  const told = new Set(findings.map(({ description }) => description));
  const common = told.size === 1 && only.description ? `${only.description}\n\n` : "";
  return clip(`${common}${findings.length} findings:\n${findings.slice(0, 50).map((each) => `F-${each.number} ${each.title} on ${each.asset}`).join("\n")}`, 4_000);
}

/** Why it matters, out of what is known of its findings and their assets; null where nothing is. */
function impactOf(findings: readonly FindingFacts[]): string | null {
  const exposed = findings.filter(({ exposure }) => exposure === "internet").length;
  const restricted = findings.filter(({ sensitivity }) => sensitivity === "restricted" || sensitivity === "confidential").length;
  const likeliest = findings.reduce<number | null>((most, { epss }) => (epss !== null && (most === null || epss > most) ? epss : most), null);
  const said = [
    ...(findings.some(({ kev }) => kev) ? ["Known to be exploited (CISA KEV)."] : []),
    ...(likeliest === null ? [] : [`Likelihood of exploitation within 30 days (EPSS): ${Math.round(likeliest * 1_000) / 10} %.`]),
    ...(exposed > 0 ? [`${exposed === findings.length ? "It can" : `${exposed} of ${findings.length} can`} be reached from the internet.`] : []),
    ...(restricted > 0 ? ["Confidential data is at stake."] : []),
  ];
  return said.length > 0 ? said.join(" ") : null;
}

/** What is said of a score: that of the finding with the highest. */
function scoreOf(findings: readonly FindingFacts[]): TicketPayload["cvss"] {
  const scored = findings.flatMap(({ cvss }) => cvss ?? []).toSorted((one, other) => (other.score ?? 0) - (one.score ?? 0))[0];
  return scored ? { score: scored.score, vector: scored.vector === null ? null : clip(scored.vector, 300), version: clip(scored.version, 10) } : null;
}

/**
 * The fields of a ticket wherever it goes, bounded, out of its findings as they stand. The severity is the worst that the team calibrated; proofs
 * stay in Docket and are pointed to.
 */
export function payloadOf(facts: TicketFacts): TicketPayload {
  const { findings, permalinkTo } = facts;
  const every = <T>(pick: (finding: FindingFacts) => readonly T[], most: number) => distinct(findings.flatMap(pick), most);
  return {
    ticket: `T-${facts.ticket}`, environment: clip(facts.environment, 200), permalink: permalinkTo("tickets", facts.ticket),
    title: clip(facts.title, 300), description: clip(facts.description, 4_000), severity: worstOf(findings.map(({ severity }) => severity)), priority: facts.priority,
    category: every(({ category }) => (category === null ? [] : [clip(category, 200)]), 1)[0] ?? null,
    cwe: every(({ cwe }) => cwe, 100), cve: every(({ cve }) => cve.map((each) => clip(each, 100)), 200), cvss: scoreOf(findings), kev: findings.some(({ kev }) => kev),
    assets: every(({ asset }) => [clip(asset, 300)], 1_000),
    locations: every(({ location, port }) => (location === "" ? [] : [clip(port === null ? location : `${location} (port ${port})`, 500)]), 100),
    impact: impactOf(findings),
    actions: every(({ remediation }) => (remediation ? [clip(remediation, 500)] : []), MOST_ACTIONS),
    references: every(({ links }) => links.filter((link) => link.length <= 500), 50),
    assignee: facts.assignee, team: facts.team, cc: [...facts.cc], labels: [...facts.labels],
    acknowledgeBy: earliest(findings.map(({ acknowledgeBy }) => acknowledgeBy))?.toISOString() ?? null,
    resolveBy: (facts.dueOn ?? dueOf(findings))?.toISOString() ?? null,
    checklist: [...facts.checklist],
    findings: findings.map(({ number, title, asset, severity }) => ({ number, title: clip(title, 300), asset: clip(asset, 300), severity, permalink: permalinkTo("findings", number) })),
    evidence: findings.filter(({ hasProof }) => hasProof).slice(0, 200).map(({ number }) => `${permalinkTo("findings", number)}#evidence`),
  };
}
