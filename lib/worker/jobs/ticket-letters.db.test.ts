import { afterEach, beforeEach, expect, test } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { GIVE_UP_DAYS } from "@/lib/domain/notice/sending";
import { notifierOf } from "@/lib/plugins/notifiers/registry";
import { moveClock } from "@/lib/testing/clock";
import { openMailbox, type Mailbox } from "@/lib/testing/mailbox";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { deliverTickets } from "./deliver-tickets";
import { sendDue } from "./send-mail";

const DESK = "desk@example.test";
let box: Mailbox;

beforeEach(async () => {
  await prisma.mail.deleteMany({});
  box = await openMailbox();
});
afterEach(() => box.stop());

/** An environment with a ticket on its way to a mailbox. */
async function world() {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: "email", name: "Desk", settings: { to: [DESK] } });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const [finding] = await makeFindings(await makeScope(environment), 1);
  const made = await createTickets(admin, { environment, items: [{ number: finding!.number }], grouping: "one", connector: saved.value.id, override: "For the test." });
  if (!made.ok) throw new Error(made.refusal.message);
  const delivery = await prisma.delivery.findFirstOrThrow({ where: { environmentId: environment } });
  return {
    retry: () => retryDelivery(admin, { environment, delivery: delivery.id }),
    run: (mails: boolean) => deliverTickets(saved.value.id, undefined, { timeout: 250, turn: 60_000, mails }),
    post: () => sendDue(notifierOf(box.address, "docket@example.test")!),
    stands: async () => {
      const [ticket, at, letters, log] = await Promise.all([
        prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } }), prisma.delivery.findUniqueOrThrow({ where: { id: delivery.id } }),
        prisma.mail.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" } }), prisma.auditEvent.findMany({ where: { environmentId: environment, recordType: "ticket" }, orderBy: { sequence: "asc" } }),
      ]);
      return { ticket: ticket.sync, delivery: at.status, error: at.lastError, letters: letters.map(({ status }) => status), log: log.map(({ action }) => action) };
    },
  };
}

test("without a mail server a ticket by mail waits, and says what to set; once there is one, it goes", async () => {
  const { run, post, stands } = await world();
  await run(false);
  expect(await stands()).toEqual({ ticket: "pending", delivery: "pending", error: "No mail server is set. Set SMTP_URL, and start anew.", letters: [], log: ["ticket.created"] });
  await moveClock(60_000);
  await run(true);
  await post();
  expect(await stands()).toMatchObject({ ticket: "sent", delivery: "sent", letters: ["sent"] });
  expect(box.letters.map(({ to }) => to)).toEqual([[DESK]]);
});

test("a ticket whose letter the server refuses was not sent: the ticket says so, and why; sent again, a new letter is written", async () => {
  const { run, post, retry, stands } = await world();
  box.refuses.add(DESK);
  await run(true);
  expect(await stands()).toMatchObject({ ticket: "sent", letters: ["pending"] });
  await post();
  expect(await stands()).toEqual({
    ticket: "failed", delivery: "failed", error: expect.stringMatching(/^The mail server did not take the letter: .*No such mailbox here/), letters: ["failed"], log: ["ticket.created", "ticket.sent", "ticket.send_failed"],
  });
  box.refuses.clear();
  expect(await retry()).toEqual({ ok: true, value: { deliveries: 1 } });
  await run(true);
  await post();
  expect(await stands()).toMatchObject({ ticket: "sent", delivery: "sent", letters: ["failed", "sent"] });
  expect(box.letters).toHaveLength(1);
});

test("a letter that is given up after days without a server is told of on its ticket as well", async () => {
  const { run, post, stands } = await world();
  await run(true);
  await box.stop();
  await prisma.mail.updateMany({ data: { createdAt: new Date(Date.now() - (GIVE_UP_DAYS + 1) * 86_400_000) } });
  await post();
  expect(await stands()).toMatchObject({ ticket: "failed", delivery: "failed", letters: ["failed"], log: ["ticket.created", "ticket.sent", "ticket.send_failed"] });
});
