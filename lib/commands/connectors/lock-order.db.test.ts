import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { removeConnector } from "@/lib/commands/connectors/remove";
import { saveConnector } from "@/lib/commands/connectors/save";
import { claimDelivery, takeConnector } from "@/lib/commands/deliveries/claim";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma, sql } from "@/lib/db/client";
import { connectorActor } from "@/lib/gate/actor";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

// Two at once: somebody has a ticket and comes to its connector next, as everybody does. Whoever had the connector already and waited for the ticket would close the circle.

let environment: number;
let connector: number;
let admin: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  environment = await makeEnvironment();
  admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: "jira_cloud", name: "Jira", settings: { address: "https://jira.example.test", user: "docket@example.test", project: "SEC", issueType: "Task" }, secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  connector = saved.value.id;
  await makeFindings(await makeScope(environment), 1);
  await createTickets(admin, { environment, items: [{ number: 1 }], connector, override: "For the test." });
});

/** Does something wait for a lock here? */
const isWaited = async () => (await prisma.$queryRaw<{ n: bigint }[]>(sql`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))[0]?.n !== 0n;

/** Holds the ticket, lets the other begin, and goes on to the connector once that one waits. */
async function beside<T>(other: () => Promise<T>): Promise<T> {
  const begun: Promise<T>[] = [];
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw(sql`SELECT FROM ticket WHERE environment_id = ${environment} FOR UPDATE`);
    begun.push(other());
    while (!(await isWaited()));
    await tx.$executeRaw(sql`SET LOCAL lock_timeout = '400ms'`);
    await tx.$executeRaw(sql`SELECT FROM connector WHERE id = ${connector} FOR NO KEY UPDATE`);
  }, { timeout: 20_000 });
  const [done] = begun;
  if (!done) throw new Error("It never began.");
  return done;
}

test("a connector is removed while somebody has one of its tickets", async () => {
  expect(await beside(() => removeConnector(admin, { environment, connector }))).toEqual({ ok: true, value: { cancelled: 1 } });
  expect(await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } })).toMatchObject({ sync: "failed" });
});

test("a runner takes over what another left behind while somebody has its ticket", async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const runner = (lease: string) => connectorActor({ id: connector, name: "Jira", environment }, lease);
  await takeConnector(runner(first), { environment, connector, lease: first });
  await claimDelivery(runner(first), { environment, connector, lease: first, kind: "jira_cloud" });
  await prisma.connector.update({ where: { id: connector }, data: { leasedUntil: new Date(0) } });
  expect(await beside(() => takeConnector(runner(second), { environment, connector, lease: second }))).toMatchObject({ ok: true, value: { id: connector } });
  expect(await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } })).toMatchObject({ sync: "in_doubt" });
});
