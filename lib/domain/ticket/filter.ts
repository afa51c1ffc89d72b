import { z } from "zod";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { TICKET_SORTS, type TicketFilter } from "@/lib/domain/views/tickets";
import { DESTINATIONS, PRIORITIES, REMEDIATIONS, TICKET_TABS } from "./words";

const known = <const T extends readonly [string, ...string[]]>(values: T) => z.array(z.enum(values)).max(values.length).default([]);
const WHOLE = 2_147_483_647;

/** What narrows a list of tickets, as data; what is left out asks nothing. */
export const ticketFilter = z.object({
  tab: z.enum(TICKET_TABS).default("open"),
  search: z.string().max(300).default(""),
  sort: z.enum(TICKET_SORTS).default("severity"),
  severity: known(SEVERITIES), priority: known(PRIORITIES), remediation: known(REMEDIATIONS), destination: known(DESTINATIONS),
  /** "me", "none", an e-mail, a name or a team */
  assignee: z.string().trim().min(1).max(320).nullable().default(null),
  finding: z.number().int().positive().max(WHOLE).nullable().default(null),
  cursor: z.string().min(1).max(500).nullable().default(null),
});

/** The whole of one tab. */
export function wholeTicketTab(tab: TicketFilter["tab"]): TicketFilter {
  return ticketFilter.parse({ tab });
}

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads the address of a list; what cannot be read is left out, so that an old address still shows something. */
export function readTicketFilter(parameters: Parameters): TicketFilter {
  const text = (name: string): string | undefined => [parameters[name]].flat()[0];
  const list = <T extends string>(name: string, values: readonly T[]): T[] => values.filter((value) => (text(name) ?? "").split(",").includes(value));
  const finding = Number(/^(?:f-)?(\d{1,9})$/i.exec(text("finding") ?? "")?.[1] ?? 0);
  return {
    tab: TICKET_TABS.find((tab) => tab === text("tab")) ?? "open", search: (text("search") ?? "").slice(0, 300), sort: TICKET_SORTS.find((sort) => sort === text("sort")) ?? "severity",
    severity: list("severity", SEVERITIES), priority: list("priority", PRIORITIES), remediation: list("remediation", REMEDIATIONS), destination: list("destination", DESTINATIONS),
    assignee: text("assignee")?.trim().slice(0, 320) || null, finding: finding || null, cursor: text("cursor")?.slice(0, 500) || null,
  };
}

/** The address of a list, without what is as always; the same filter gives the same address. */
export function ticketAddress(filter: TicketFilter): string {
  const said = new URLSearchParams();
  const put = (name: string, value: string, unsaid: string) => void (value !== unsaid && said.set(name, value));
  put("tab", filter.tab, "open");
  put("search", filter.search, "");
  put("sort", filter.sort, "severity");
  for (const name of ["severity", "priority", "remediation", "destination"] as const) put(name, filter[name].join(","), "");
  put("assignee", filter.assignee ?? "", "");
  put("finding", filter.finding === null ? "" : String(filter.finding), "");
  put("cursor", filter.cursor ?? "", "");
  const text = said.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}
