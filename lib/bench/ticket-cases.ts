import type { TicketTab } from "@/lib/domain/ticket/words";
import { TICKET_SORTS } from "@/lib/domain/views/tickets";

/** One list of tickets that is asked for, and what it means in SQL written by hand. */
export type TicketCase = { name: string; asked: Readonly<Record<string, unknown>>; where: string; ordered: string };

const TABS: Record<TicketTab, string> = {
  open: "t.state = 'open'", reopened: "t.state = 'open' AND t.reopen_count > 0", done_there: "t.state = 'open' AND t.external_done AND t.needs_attention", attention: "t.needs_attention",
  closed: "t.state = 'closed'", all: "TRUE",
};
/** How many each tab holds, tab by tab. */
export const TICKET_TABS_SQL = Object.values(TABS).map((where) => `SELECT count(*) FROM ticket t WHERE t.environment_id = 1 AND ${where}`).join(" UNION ALL ");
export const TICKET_TABS = ["open", "reopened", "done_there", "attention", "closed", "all"] as const satisfies readonly TicketTab[];

const ORDERED = { severity: "t.severity, t.id", updated: "t.updated_at DESC, t.id DESC", created: "t.id DESC" } as const;

const FILTERS: readonly { name: string; asked: Readonly<Record<string, unknown>>; where: string }[] = [
  { name: "severity", asked: { severity: ["critical", "high"] }, where: "t.severity IN ('critical', 'high')" },
  { name: "the least severity", asked: { severity: ["info"] }, where: "t.severity = 'info'" },
  { name: "priority", asked: { priority: ["urgent"] }, where: "t.priority = 'urgent'" },
  { name: "remediation", asked: { remediation: ["reopened"] }, where: "t.remediation = 'reopened'" },
  { name: "destination", asked: { destination: ["jira_cloud"] }, where: "t.destination = 'jira_cloud'" },
  { name: "a destination that nobody has", asked: { destination: ["servicenow"] }, where: "t.destination = 'servicenow'" },
  { name: "nobody's", asked: { assignee: "none" }, where: "t.assignee_id IS NULL" },
  { name: "of a person", asked: { assignee: "person-3@bench.test" }, where: "t.assignee_id = (SELECT id FROM person WHERE email = 'person-3@bench.test')" },
  { name: "of a team", asked: { assignee: "Team 4" }, where: "lower(t.team) = 'team 4' AND t.team IS NOT NULL" },
  { name: "a finding", asked: { finding: 1234 }, where: "t.id IN (SELECT x.ticket_id FROM finding f JOIN ticket_finding x ON x.finding_id = f.id WHERE f.environment_id = 1 AND f.number = 1234)" },
];

const caseOf = (tab: TicketTab, sort: keyof typeof ORDERED, name: string, asked: Readonly<Record<string, unknown>>, where: string): TicketCase => ({
  name: `${tab} by ${sort}${name}`, asked: { tab, sort, ...asked }, where: `t.environment_id = 1 AND ${TABS[tab]} AND ${where}`, ordered: ORDERED[sort],
});

/** Every tab in every order. */
export function ticketSorts(): TicketCase[] {
  return TICKET_TABS.flatMap((tab) => TICKET_SORTS.map((sort) => caseOf(tab, sort, "", {}, "TRUE")));
}

/** Every filter where people work, and over everything. */
export function ticketFilters(): TicketCase[] {
  return (["open", "all"] as const).flatMap((tab) => FILTERS.map(({ name, asked, where }) => caseOf(tab, "severity", `, ${name}`, asked, where)));
}

/** A word that a fifth of all titles hold, one that few and one that none hold, and two at once. A good hand meets the common ones on the way. */
export function ticketSearches(): TicketCase[] {
  const on = (word: string) => `((t.title ILIKE '%${word}%' OR t.external_key ILIKE '%${word}%') IS TRUE)`;
  const off = (word: string) => `t.id = ANY(ARRAY(SELECT id FROM ticket WHERE environment_id = 1 AND (title ILIKE '%${word}%' OR external_key ILIKE '%${word}%')))`;
  return (["open", "all"] as const).flatMap((tab) => [
    { word: "kernel", where: on("kernel") }, { word: "10.0.0.1", where: off("10.0.0.1") }, { word: "nowhere", where: off("nowhere") }, { word: "kernel linux", where: `${on("kernel")} AND ${on("linux")}` },
  ].map(({ word, where }) => caseOf(tab, "severity", `, "${word}"`, { search: word }, where)));
}
