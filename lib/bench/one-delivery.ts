import fs from "node:fs";
import { z } from "zod";
import { deliverTickets } from "@/lib/worker/jobs/deliver-tickets";

const asked = z.object({ connector: z.number(), timeout: z.number() });

/** A process that sends what is due to one tracker, as a worker does, with answers awaited for a shorter time. */
async function main(): Promise<void> {
  const { connector, timeout } = asked.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  await deliverTickets(connector, undefined, { timeout, turn: 600_000 });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
