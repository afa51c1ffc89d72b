import fs from "node:fs";
import { z } from "zod";
import { saveConnector } from "@/lib/commands/connectors/save";
import { createTickets } from "@/lib/commands/tickets/create";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { deliverTickets } from "@/lib/worker/jobs/deliver-tickets";
import { answering } from "./answering";

const asked = z.union([
  z.object({ connector: z.number(), timeout: z.number() }),
  z.object({ address: z.string(), findings: z.number(), lag: z.number() }),
]);

const AT_ONCE = 1_000;

/** An environment with a tracker, and a ticket on its way to it for each of so many findings. */
async function prepare({ address, findings, lag }: { address: string; findings: number; lag: number }): Promise<number> {
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst")];
  const saved = await saveConnector(admin, { environment, kind: "jira_cloud", name: "Tracker", settings: { address, user: "docket@example.test", project: "SEC" }, secret: "s", lagSeconds: lag });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const scope = await makeScope(environment);
  for (let left = findings; left > 0; left -= AT_ONCE) {
    const made = await makeFindings(scope, Math.min(AT_ONCE, left));
    const tickets = await createTickets(ann, { environment, items: made.map(({ number }) => ({ number })), grouping: "each", connector: saved.value.id, override: "For the bench." });
    if (!tickets.ok) throw new Error(tickets.refusal.message);
  }
  return saved.value.id;
}

/** A process that prepares tickets, or sends what is due to one tracker as a worker does, with answers awaited for a shorter time. */
async function main(): Promise<number> {
  const wanted = asked.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  if ("findings" in wanted) return prepare(wanted);
  await deliverTickets(wanted.connector, undefined, { timeout: wanted.timeout, turn: 3_600_000 });
  return wanted.connector;
}

answering(async () => ({ connector: await main() }));
