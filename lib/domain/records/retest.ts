import { z } from "zod";

const moment = z.iso.datetime({ offset: true });

/** A retest over REST; `finding` and `ticket` are numbers. */
export const retestRecord = z.object({
  id: z.number().int(), finding: z.number().int(), ticket: z.number().int().nullable(), status: z.enum(["requested", "passed", "failed", "cancelled"]),
  due_at: moment.describe("Scans taken before say nothing about it."), requested_by: z.string(), requested_at: moment, settled_by: z.string().nullable(), settled_at: moment.nullable(),
  note: z.string().nullable(), scan: z.number().int().nullable().describe("The scan that settled it; null: people did."),
}).meta({ id: "Retest" });
export type RetestRecord = z.output<typeof retestRecord>;

/** How far a ticket's fix moved over REST. */
export const remediationRecord = z.object({ ticket: z.number().int(), to: z.string(), findings: z.array(z.number().int()).max(1_000) }).meta({ id: "RemediationMoved" });
