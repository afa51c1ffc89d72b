import { afterEach, beforeEach, expect, test } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { notifierOf } from "@/lib/plugins/notifiers/registry";
import { openMailbox, type Mailbox } from "@/lib/testing/mailbox";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { deliverTickets } from "./deliver-tickets";
import { sendDue } from "./send-mail";

// A mail server that takes its time, and one that takes a letter for some of those it is for.

const [DESK, CHIEF] = ["desk@example.test", "chief@example.test"];
let box: Mailbox;

beforeEach(async () => {
  await prisma.mail.deleteMany({});
  box = await openMailbox();
});
afterEach(() => box.stop());

const post = (renewMs?: number) => sendDue(notifierOf(box.address, "docket@example.test")!, undefined, renewMs);
const letters = () => prisma.mail.findMany({ orderBy: { id: "asc" }, select: { status: true, attempts: true, lastError: true } });

async function written(count: number, cc: string[] = []): Promise<void> {
  const environment = await makeEnvironment();
  await prisma.mail.createMany({ data: Array.from({ length: count }, (_, at) => ({ environmentId: environment, key: `story:${at}`, toAddress: `person-${at}@example.test`, cc, subject: `S${at}`, text: "T", html: "<p>T</p>" })) });
}

test("while one letter is slow to be taken another worker sends the rest: each letter arrives once", async () => {
  await written(3);
  const slow = box.hold();
  const first = post(20);
  await slow.reached;
  const [{ id } = { id: 0 }] = await prisma.mail.findMany({ orderBy: { id: "asc" }, take: 1 });
  await prisma.mail.updateMany({ data: { leasedUntil: new Date(Date.now() - 1_000) } }); // two minutes have passed
  await expect.poll(async () => (await prisma.mail.findUniqueOrThrow({ where: { id } })).leasedUntil?.getTime()).toBeGreaterThan(Date.now());
  await post();
  expect((await letters()).map(({ status }) => status)).toEqual(["sending", "sent", "sent"]);

  slow.letGo();
  await first;
  expect(box.letters.flatMap(({ to }) => to).sort()).toEqual(["person-0@example.test", "person-1@example.test", "person-2@example.test"]);
  expect((await letters()).map(({ status, attempts }) => [status, attempts])).toEqual([["sent", 1], ["sent", 2], ["sent", 2]]);
});

test("whoever was taken for dead and comes back late changes nothing of what the next one did", async () => {
  await written(1);
  const slow = box.hold();
  const first = post();
  await slow.reached;
  await prisma.mail.updateMany({ data: { status: "failed", attempts: 2, leasedUntil: null, lastError: "No such mailbox here" } }); // the next one was refused
  slow.letGo();
  await first;
  expect(await letters()).toEqual([{ status: "failed", attempts: 2, lastError: "No such mailbox here" }]);
});

test("a letter that one of its recipients is refused for says so; where that is whom it is for, it was not sent", async () => {
  await written(1, [CHIEF]);
  box.refuses.add(CHIEF);
  await post();
  expect(await letters()).toEqual([{ status: "sent", attempts: 1, lastError: expect.stringMatching(/^chief@example\.test did not get it: .*No such mailbox here/) }]);

  await prisma.mail.deleteMany({});
  await written(1, [CHIEF]);
  box.refuses.clear();
  box.refuses.add("person-0@example.test");
  await post();
  expect(await letters()).toEqual([{ status: "failed", attempts: 1, lastError: expect.stringMatching(/^person-0@example\.test did not get it: .*No such mailbox here/) }]);
});

test("whom the server puts off is written to again, and whoever has the letter already is not", async () => {
  await written(1, [CHIEF]);
  box.putsOff.add("person-0@example.test");
  await post();
  expect(await letters()).toEqual([{ status: "pending", attempts: 1, lastError: expect.stringMatching(/^person-0@example\.test did not get it: .*Come again later/) }]);
  box.putsOff.clear();
  await prisma.mail.updateMany({ data: { dueAt: new Date() } });
  await post();
  expect(box.letters.map(({ to }) => to)).toEqual([[CHIEF], ["person-0@example.test"]]);
  expect(box.letters[1]?.raw).toMatch(/^To: person-0@example\.test\r?\nCc: chief@example\.test/m);
  expect((await letters())[0]).toMatchObject({ status: "sent", lastError: null });
});

test("a ticket by mail is not sent where its desk refuses it, though its copies arrived; refused copies are named on it", async () => {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const saved = await saveConnector(admin, { environment, kind: "email", name: "Desk", settings: { to: [DESK], cc: [CHIEF] } });
  if (!saved.ok) throw new Error(saved.refusal.message);
  const [one, two] = await makeFindings(await makeScope(environment), 2);
  const make = async (number: number) => {
    expect(await createTickets(admin, { environment, items: [{ number }], grouping: "one", connector: saved.value.id, override: "For the test." })).toMatchObject({ ok: true });
    await deliverTickets(saved.value.id, undefined, { timeout: 250, turn: 60_000, mails: true });
    await post();
    const stands = await prisma.delivery.findFirstOrThrow({ where: { environmentId: environment }, orderBy: { id: "desc" }, include: { ticket: true } });
    return { ticket: stands.ticket.sync, delivery: stands.status, error: stands.lastError };
  };
  box.refuses.add(DESK);
  expect(await make(one!.number)).toEqual({ ticket: "failed", delivery: "failed", error: expect.stringMatching(/^The mail server did not take the letter: desk@example\.test did not get it/) });
  box.refuses.clear();
  box.refuses.add(CHIEF);
  expect(await make(two!.number)).toEqual({ ticket: "sent", delivery: "sent", error: expect.stringMatching(/^chief@example\.test did not get it/) });
});
