import { beforeEach, expect, test } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { editTicket } from "@/lib/commands/tickets/edit";
import { prisma } from "@/lib/db/client";
import { loadTicket } from "@/lib/queries/ticket-page";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

let environment: number;
let admin: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  environment = await makeEnvironment();
  admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: "github", name: "GitHub", settings: { repository: "acme/app" }, secret: "s3cret" });
  if (!saved.ok) throw new Error(saved.refusal.message);
  await makeFindings(await makeScope(environment), 1);
  await createTickets(admin, { environment, items: [{ number: 1 }], connector: saved.value.id, override: "For the test." });
  await linkByHand(admin, { environment, ticket: 1, key: "7" });
});

const edit = (more: Record<string, unknown>) => editTicket(admin, { environment, number: 1, ...more });
const close = (reason: string) => closeTickets(admin, { environment, items: [{ number: 1 }], reason, notes: "Told them." });
async function tasks() {
  const page = await loadTicket(admin, { environment, number: 1 });
  return page.ok ? page.value.ticket.tasks.map(({ kind }) => kind) : [];
}

test("a day to ask the vendor again is named after closing, which ends the task and is told to no tracker", async () => {
  await close("vendor_notified");
  expect(await tasks()).toContain("follow_up");
  const sent = await prisma.delivery.count({ where: { environmentId: environment } });
  expect(await edit({ followUpOn: "2100-01-02T00:00:00.000Z" })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await tasks()).not.toContain("follow_up");
  const said = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, recordType: "ticket" }, orderBy: { sequence: "desc" }, include: { body: true } });
  expect(said).toMatchObject({ action: "ticket.changed", body: { before: { follow_up_on: null }, after: { follow_up_on: "2100-01-02T00:00:00.000Z" } } });
  expect(await prisma.delivery.count({ where: { environmentId: environment } })).toBe(sent);

  expect(await edit({ followUpOn: null })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await tasks()).toContain("follow_up");
});

test("nobody is waited for on an open ticket, nor on one that was patched; and never in the past", async () => {
  const refused = (path: string) => ({ ok: false, refusal: { code: "invalid", errors: [{ path }] } });
  expect(await edit({ followUpOn: "2100-01-02T00:00:00.000Z" })).toMatchObject(refused("followUpOn"));
  await close("vendor_notified");
  expect(await edit({ followUpOn: "2001-01-02T00:00:00.000Z" })).toMatchObject(refused("followUpOn"));
  expect(await edit({ title: "Renamed" })).toMatchObject({ ok: true, value: { changed: [1] } }); // what is not named is not judged
});
