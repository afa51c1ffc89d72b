import { expect, test } from "vitest";
import { removeConnector } from "@/lib/commands/connectors/remove";
import { saveConnector } from "@/lib/commands/connectors/save";
import { cancelDelivery } from "@/lib/commands/deliveries/cancel";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { editTicket } from "@/lib/commands/tickets/edit";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { splitTicket } from "@/lib/commands/tickets/split";
import { tidy } from "@/lib/commands/upkeep/tidy";
import { prisma, sql } from "@/lib/db/client";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

/** An environment with a ticket of two findings on its way to a tracker. */
async function world() {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: "github", name: "GitHub", settings: { repository: "acme/app" }, secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const findings = await makeFindings(await makeScope(environment), 2);
  const made = await createTickets(admin, { environment, items: findings.map(({ number }) => ({ number })), grouping: "one", connector: saved.value.id, override: "For the test." });
  if (!made.ok) throw new Error(made.refusal.message);
  const rows = () => prisma.delivery.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" } });
  const said = async () => (await rows()).map(({ kind, status }) => `${kind} ${status}`);
  const edit = (title: string) => editTicket(admin, { environment, ticket: 1, number: 1, title });
  return { environment, admin, connector: saved.value.id, findings, rows, said, edit };
}

test("after its connector is removed a ticket goes on here, and nothing is put in line that nobody would ever send", async () => {
  const { environment, admin, connector, findings, rows, said, edit } = await world();
  await linkByHand(admin, { environment, ticket: 1, key: "7" });
  expect(await edit("While it was in use")).toMatchObject({ ok: true });
  expect(await said()).toEqual(["create cancelled", "update pending"]);
  expect(await removeConnector(admin, { environment, connector })).toEqual({ ok: true, value: { cancelled: 1 } });

  expect(await edit("After")).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await closeTickets(admin, { environment, items: [{ number: 1 }], reason: "patched", notes: "Updated." })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await reopenTickets(admin, { environment, items: [{ number: 1 }], reason: "It came back." })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await splitTicket(admin, { environment, ticket: 1, findings: [findings[0]!.number] })).toMatchObject({ ok: true, value: { changed: [1, 2] } });
  expect(await said()).toEqual(["create cancelled", "update cancelled"]);
  expect(await prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } })).toMatchObject([
    { destination: "github", connectorId: connector, externalKey: "7" }, { destination: "internal", connectorId: null, sync: "none" },
  ]);

  await prisma.delivery.update({ where: { id: (await rows())[1]!.id }, data: { status: "failed" } });
  expect(await retryDelivery(admin, { environment, delivery: (await rows())[1]!.id })).toMatchObject({ ok: false, refusal: { code: "conflict", message: "GitHub was removed: nothing is sent there." } });
});

test("a ticket that somebody has in hand while its connector is removed, and puts in line again, does not wait for ever", async () => {
  const { environment, admin, connector, said } = await world();
  await prisma.delivery.updateMany({ where: { connectorId: connector }, data: { status: "failed", settledAt: new Date() } });
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw(sql`SELECT FROM ticket WHERE environment_id = ${environment} FOR UPDATE`);
    await tx.$executeRaw(sql`UPDATE delivery SET status = 'pending', settled_at = NULL WHERE connector_id = ${connector}`);
    expect(await removeConnector(admin, { environment, connector })).toEqual({ ok: true, value: { cancelled: 0 } });
    expect(await tidy(), "it is still in hand").toMatchObject({ unplugged: 0 });
  }, { timeout: 20_000 });
  const sync = async () => (await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } })).sync;
  expect([await said(), await sync()], "nobody would ever send it").toEqual([["create pending"], "pending"]);
  await tidy();
  expect([await said(), await sync()]).toEqual([["create cancelled"], "failed"]);
});

test("a ticket whose making is called off takes what was to follow it along; linked by hand, it is told again", async () => {
  const { environment, admin, rows, said, edit } = await world();
  await edit("Waits for the ticket to be made");
  expect(await said()).toEqual(["create pending", "update pending"]);
  expect(await cancelDelivery(admin, { environment, delivery: (await rows())[0]!.id })).toMatchObject({ ok: true });
  await edit("Nobody is told");
  expect(await said()).toEqual(["create cancelled", "update cancelled"]);
  expect(await linkByHand(admin, { environment, ticket: 1, key: "7" })).toMatchObject({ ok: true });
  await edit("They are");
  expect(await said()).toEqual(["create cancelled", "update cancelled", "update pending"]);
});
