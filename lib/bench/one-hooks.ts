import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { saveConnector } from "@/lib/commands/connectors/save";
import { rotateHookSecret } from "@/lib/commands/connectors/rotate-hook-secret";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import type { Result } from "@/lib/domain/refusal";
import { answering } from "@/lib/bench/answering";
import { asItComes, inOrder, signatureOf, type Delivery } from "@/lib/bench/hook-deliveries";
import { askedOfHooks, type Hooked, type HooksDone } from "@/lib/bench/spec";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { exportsOf } from "@/lib/testing/rest";
import { StubTracker } from "@/lib/testing/tracker";
import { deliverTickets } from "@/lib/worker/jobs/deliver-tickets";
import { readHooks } from "@/lib/worker/jobs/read-hooks";

const AT_ONCE = 64;

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

/** An environment with so many tickets in a tracker that tells of changes. */
async function prepare(tickets: number): Promise<Hooked> {
  const stub = await StubTracker.start({ vendor: "jira_cloud" });
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst")];
  const { id: connector } = value(await saveConnector(admin, { environment, kind: "jira_cloud", name: "Tracker", settings: { address: stub.address, user: "docket@example.test", project: "SEC" }, secret: "s" }));
  const { secret } = value(await rotateHookSecret(admin, { environment, connector }));
  const findings = await makeFindings(await makeScope(environment), tickets);
  value(await createTickets(ann, { environment, items: findings.map(({ number }) => ({ number })), grouping: "each", connector, override: "For the bench." }));
  await deliverTickets(connector, undefined, { timeout: 5_000, turn: 3_600_000 });
  await stub.close();
  const { hookId } = await prisma.connector.findUniqueOrThrow({ where: { id: connector } });
  return { connector, hookId, secret };
}

/** Delivers many at once, as trackers do; gives how many were taken and how many were not. */
async function send({ hookId, secret }: Hooked, deliveries: readonly Delivery[]): Promise<{ taken: number; refused: number }> {
  const { POST: door } = await exportsOf("/api/webhooks/[connector]");
  if (typeof door !== "function") throw new Error("There is no door for webhooks.");
  const told = { taken: 0, refused: 0 };
  let next = 0;
  const sender = async () => {
    for (let delivery = deliveries[next++]; delivery; delivery = deliveries[next++]) {
      const headers = { "x-hub-signature": signatureOf(delivery, secret), "x-atlassian-webhook-identifier": delivery.id };
      const response: unknown = await door(new Request(`http://127.0.0.1:3000/api/webhooks/${hookId}`, { method: "POST", body: delivery.bytes, headers }), { params: Promise.resolve({ connector: hookId }) });
      const status = response instanceof Response ? response.status : 500;
      if (status < 300) told.taken++;
      else if (status === 401) told.refused++;
      else throw new Error(`A delivery was answered with ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return told;
}

/** A process that prepares tickets, delivers webhooks in order or as they come, or reads what came for as long as it lives, meant to be killed. */
async function main(): Promise<Hooked | HooksDone> {
  const asked = askedOfHooks.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  if (asked.role === "prepare") return prepare(asked.tickets);
  if (asked.role === "read") {
    for (;;) {
      await readHooks(asked.connector);
      await sleep(100);
    }
  }
  const began = performance.now();
  const done = { taken: 0, refused: 0 };
  for (const some of asked.plain ? inOrder(asked) : [asItComes(asked)]) {
    const { taken, refused } = await send(asked, some);
    done.taken += taken;
    done.refused += refused;
    if (asked.plain) await readHooks(asked.connector);
  }
  return { ...done, milliseconds: performance.now() - began };
}

answering(main);
