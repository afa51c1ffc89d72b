import { createServer, type Server } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { loadTicket } from "@/lib/queries/ticket-page";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { deliverTickets } from "./deliver-tickets";

// An interface of one's own cannot be searched: nothing looks for what may have been made there, and only who insists sends it again.

vi.hoisted(() => {
  process.env["DOCKET_TRACKERS_INSIDE"] = "1"; // the destination lies on this machine
});

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

test("a custom destination from the making of a ticket through a doubt to whoever insists", async () => {
  const keys: (string | string[] | undefined)[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers["idempotency-key"]);
    if (keys.length === 1) return void request.socket.destroy(); // it was made, and no answer came
    response.writeHead(201, { "Content-Type": "application/json" }).end(JSON.stringify({ item: { number: 7, link: "https://tickets.example.test/7" } }));
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: "custom", name: "Own", settings: { address: `http://127.0.0.1:${typeof at === "object" ? at?.port : ""}/items`, key: "item.number", url: "item.link" }, secret: "Bearer s3cret", lagSeconds: 0 });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const { id: connector } = saved.value;
  await makeFindings(await makeScope(environment), 1);
  await createTickets(admin, { environment, items: [{ number: 1 }], connector, override: "For the test." });
  const run = () => deliverTickets(connector, undefined, { timeout: 1_000, turn: 60_000 });
  const delivery = () => prisma.delivery.findFirstOrThrow({ where: { connectorId: connector } });
  const tasks = async () => {
    const page = await loadTicket(admin, { environment, number: 1 });
    return page.ok ? page.value.ticket.tasks.filter(({ kind }) => kind === "in_doubt").map(({ text }) => text) : [];
  };

  await run();
  expect(await delivery()).toMatchObject({ status: "in_doubt" });
  expect(await tasks()).toEqual([expect.stringContaining("nothing looks for it")]);
  await prisma.delivery.updateMany({ where: { connectorId: connector }, data: { dueAt: new Date(0) } });
  await run();
  expect(keys, "nobody asks again by itself").toHaveLength(1);

  const { id } = await delivery();
  expect(await retryDelivery(admin, { environment, delivery: id })).toMatchObject({ ok: false, refusal: { code: "conflict", next: expect.stringContaining("insist") } });
  expect(await retryDelivery(admin, { environment, delivery: id, insist: true })).toEqual({ ok: true, value: { deliveries: 1 } });
  await run();
  expect(keys).toHaveLength(2);
  expect(keys[1], "whoever knows such keys makes no second one").toBe(keys[0]);
  expect(await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } })).toMatchObject({ sync: "sent", externalKey: "7", externalUrl: "https://tickets.example.test/7" });
  expect(await tasks()).toEqual([]);
  const told = await prisma.auditEvent.findMany({ where: { environmentId: environment, action: { in: ["ticket.in_doubt", "ticket.retried", "ticket.sent"] } }, orderBy: { sequence: "asc" } });
  expect(told.map(({ action }) => action)).toEqual(["ticket.in_doubt", "ticket.retried", "ticket.sent"]);
});
