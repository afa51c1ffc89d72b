import { z } from "zod";
import { moment } from "@/lib/domain/records/finding";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, SCANNER_STATUSES } from "@/lib/domain/finding/words";

const n = z.number().int();
const side = z.object({
  number: n, title: z.string(), location: z.string(), scanner_status: z.enum(SCANNER_STATUSES), governance_status: z.enum(GOVERNANCE_STATUSES),
  close_reason: z.enum(CLOSE_REASONS).nullable(), version: n,
});

export const carryRecord = z.object({
  id: n,
  scan: n.describe("The scan after which it was proposed."),
  why: z.string().describe("In which way the two are alike."),
  asset: z.string(),
  from: side.describe("The finding that vanished, as it stands; its decision may be carried over."),
  to: side.describe("The new finding that looks like it."),
  decided_by: z.string().nullable(),
  decided_at: moment.nullable(),
  outcome: z.enum(["carried", "dismissed"]).nullable(),
  proposed_at: moment,
  settled_at: moment.nullable(),
  settled_by: z.string().nullable(),
  action_id: z.string().nullable().optional().describe("After carrying over: the action that the log names."),
  requested: z.boolean().optional().describe("After carrying over: the acceptance waits for an approver."),
}).meta({ id: "Carry" });
export type CarryRecord = z.output<typeof carryRecord>;

export const carryListRecord = z.object({ items: z.array(carryRecord).max(500), next_cursor: z.string().nullable(), total: n }).meta({ id: "CarryList" });
export type CarryListRecord = z.output<typeof carryListRecord>;
