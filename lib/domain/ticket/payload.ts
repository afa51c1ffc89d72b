import { z } from "zod";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { PRIORITIES } from "./words";

const text = z.string().max(4_000);
const list = (most: number) => z.array(z.string().max(500)).max(most);

/**
 * What a ticket says wherever it goes: the fields of a security ticket, taken from its findings when it is made or sent anew. The severity is the
 * team's and locked; observations stay in Docket and are pointed to.
 */
export const ticketPayload = z.object({
  /** "T-101" */
  ticket: z.string().max(20),
  environment: z.string().max(200),
  permalink: z.string().max(1_000),
  title: z.string().max(300),
  description: text,
  severity: z.enum(SEVERITIES),
  priority: z.enum(PRIORITIES),
  category: z.string().max(200).nullable(),
  cwe: z.array(z.number().int()).max(100),
  cve: list(200),
  cvss: z.object({ score: z.number().nullable(), vector: z.string().max(300).nullable(), version: z.string().max(10) }).nullable(),
  kev: z.boolean(),
  assets: list(1_000),
  /** where it was found: address, path, port */
  locations: list(100),
  impact: text.nullable(),
  actions: list(50),
  references: list(50),
  assignee: z.string().max(320).nullable(),
  team: z.string().max(200).nullable(),
  cc: list(30),
  labels: list(30),
  /** how long there is: ISO 8601 instants */
  acknowledgeBy: z.string().max(40).nullable(),
  resolveBy: z.string().max(40).nullable(),
  checklist: list(30),
  findings: z.array(z.object({ number: z.number().int(), title: z.string().max(300), asset: z.string().max(300), severity: z.enum(SEVERITIES), permalink: z.string().max(1_000) })).max(1_000),
  /** permalinks of proofs; never the proofs themselves */
  evidence: list(200),
});
export type TicketPayload = z.output<typeof ticketPayload>;
