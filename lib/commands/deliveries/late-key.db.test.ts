import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { removeConnector } from "@/lib/commands/connectors/remove";
import { saveConnector } from "@/lib/commands/connectors/save";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { connectorActor } from "@/lib/gate/actor";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { cancelDelivery } from "./cancel";
import { linkByHand } from "./link-by-hand";
import { claimDelivery, takeConnector } from "./claim";
import { settleDelivery } from "./settle";

// A delivery that was called off may have arrived all the same: whoever sent it says so later, and the ticket knows where it stands.

async function underWay() {
  const environment = await makeEnvironment();
  const [admin, ann] = [await makeMember(environment, "admin"), await makeMember(environment, "analyst", "Ann")];
  const saved = await saveConnector(admin, { environment, kind: "jira_cloud", name: "Jira", settings: { address: "https://jira.example.test", user: "docket@example.test", project: "SEC", issueType: "Task" }, secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  await makeFindings(await makeScope(environment), 1);
  const { id: connector } = saved.value;
  await createTickets(ann, { environment, items: [{ number: 1 }], connector, override: "For the test." });
  const lease = randomUUID();
  const runner = connectorActor({ id: connector, name: "Jira", environment }, lease);
  await takeConnector(runner, { environment, connector, lease });
  const claimed = await claimDelivery(runner, { environment, connector, lease, kind: "jira_cloud" });
  if (!claimed.ok || !claimed.value) throw new Error("Nothing was claimed.");
  const { id: delivery, attempt } = claimed.value;
  const arrives = () => settleDelivery(runner, { environment, delivery, attempt, outcome: { did: "sent", placed: { key: "SEC-7", id: "10007", url: "https://jira.example.test/browse/SEC-7" } } });
  return { environment, admin, connector, delivery, runner, attempt, arrives, ticket: () => prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } }) };
}

test("a connector that is removed while a ticket is on its way: the key that comes later is kept", async () => {
  const { environment, admin, connector, arrives, ticket } = await underWay();
  expect(await removeConnector(admin, { environment, connector })).toMatchObject({ ok: true, value: { cancelled: 1 } });
  expect(await arrives()).toMatchObject({ ok: true });
  expect(await ticket()).toMatchObject({ externalKey: "SEC-7", sync: "sent" });
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "ticket.sent" } })).toBe(1);
  expect(await arrives()).toMatchObject({ ok: true, value: { goesOn: false } }); // said twice it is said once
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "ticket.sent" } })).toBe(1);
});

test("called off while it is looked for: what is found is linked", async () => {
  const { environment, admin, delivery, runner, attempt, arrives, ticket } = await underWay();
  await settleDelivery(runner, { environment, delivery, attempt, outcome: { did: "fault", kind: "in_doubt", message: "No answer.", fix: null, retryAfter: null } });
  expect(await cancelDelivery(admin, { environment, delivery })).toMatchObject({ ok: true });
  expect(await arrives()).toMatchObject({ ok: true });
  expect(await ticket()).toMatchObject({ externalKey: "SEC-7", sync: "sent" });
});

test("linked to another issue, what was said of the one before holds no more", async () => {
  const { environment, admin, arrives, ticket } = await underWay();
  await arrives();
  await prisma.ticket.updateMany({ where: { environmentId: environment }, data: { externalDone: true, drift: ["title"], externalAt: new Date() } });
  expect(await linkByHand(admin, { environment, ticket: 1, key: "SEC-8" })).toMatchObject({ ok: true });
  expect(await ticket()).toMatchObject({ externalKey: "SEC-8", externalDone: false, drift: [], externalAt: null });
});
