import { z } from "zod";
import { moment } from "@/lib/domain/records/finding";

const ACTORS = ["user", "token", "automation", "connector", "system"] as const;

export const eventRecord = z.object({
  sequence: z.number().int().nullable().describe("Its place in the log; null for a detection change, which stands in its scan."),
  at: moment,
  actor: z.object({ type: z.enum(ACTORS), id: z.string(), name: z.string() }),
  action: z.string().describe("noun.event"),
  alias: z.string().nullable().describe("The name that older systems know the action by."),
  record: z.object({ type: z.string(), number: z.number().int().nullable() }),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  bulk_id: z.number().int().nullable(),
  scan_id: z.number().int().nullable(),
  action_id: z.string().nullable(),
  request_id: z.string().nullable(),
}).meta({ id: "Event" });
export type EventRecord = z.output<typeof eventRecord>;

export const eventListRecord = z.object({ items: z.array(eventRecord).max(500), next_cursor: z.string().nullable() }).meta({ id: "EventList" });
export type EventListRecord = z.output<typeof eventListRecord>;
