import { z } from "zod";
import { moment } from "@/lib/domain/records/finding";

const text = z.string();
const count = z.number().int().min(0);
const waits = z.object({ waiting: count, oldest: moment.nullable() });

/** How the work in the background is, of one environment, as the REST interface tells it. Times are ISO 8601 in UTC. */
export const healthRecord = z.object({
  at: moment,
  warnings: z.array(z.object({ text, next: text, path: text.nullable() })).max(100).describe("What somebody should look at, the worst first; none: all is well."),
  workers: z.array(z.object({ id: text, host: text, process: z.number().int(), started_at: moment, seen_at: moment, is_up: z.boolean() })).max(1_000),
  jobs: z.array(z.object({
    name: text, label: text, runs: count, last_success: moment.nullable(), last_failure: moment.nullable(), error: text.nullable(), waiting: count, running: count, oldest: moment.nullable(),
  })).max(200),
  failed: z.array(z.object({ id: z.number().int(), label: text, about: text.nullable(), attempts: count, max_attempts: count, is_dead: z.boolean(), next_at: moment, error: text })).max(500),
  outbox: waits,
  imports: waits.extend({ running: count, failed: count }),
  bulks: waits.extend({ running: count }),
  mails: waits.extend({ failed: count }),
  creations: waits.describe("Tickets that wait to be made in their trackers."),
  trackers: z.array(z.object({ id: z.number().int(), name: text, state: z.enum(["on", "off", "paused", "patient"]), until: moment.nullable(), last_ok_at: moment.nullable(), error: text.nullable() })).max(500),
  invariants: z.array(z.object({ name: text, broken: count.nullable().describe("Counts to a hundred; null: it could not be looked at in time.") })).max(100).nullable().describe("Null: not looked at. Ask with laws=true."),
}).meta({ id: "BackgroundHealth" });
export type HealthRecord = z.output<typeof healthRecord>;
