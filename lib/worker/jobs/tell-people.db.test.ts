import { afterEach, beforeEach, expect, test } from "vitest";
import { changeAssets } from "@/lib/commands/assets/change";
import { assign } from "@/lib/commands/findings/assign";
import { bulk } from "@/lib/commands/findings/bulk";
import { respond } from "@/lib/commands/findings/respond";
import { chooseNotices } from "@/lib/commands/notices/choose";
import { saveLists } from "@/lib/commands/notices/save-lists";
import { tell } from "@/lib/commands/notices/tell";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { hitsOf } from "@/lib/db/sql/notices-told";
import { JOBS } from "@/lib/domain/jobs";
import { operatorActor, systemActor } from "@/lib/gate/actor";
import { notifierOf } from "@/lib/plugins/notifiers/registry";
import { inbox } from "@/lib/queries/notices";
import { openMailbox, type Mailbox } from "@/lib/testing/mailbox";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";
import { sendDue } from "@/lib/worker/jobs/send-mail";

type Member = Awaited<ReturnType<typeof makeMember>>;

let environment: number;
let ann: Member;
let ben: Member;
let mia: Member;
let box: Mailbox;

beforeEach(async () => {
  await prisma.outbox.deleteMany({});
  await prisma.mail.deleteMany({});
  environment = await makeEnvironment({ name: `Plant <b>${Math.random()}</b>` });
  [ann, ben, mia] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "analyst", "Ben"), await makeMember(environment, "manager", "Mia")];
  box = await openMailbox();
});
afterEach(() => box.stop());

/** What the worker does with the outbox, as often as the story wants. */
async function tellAll(mails = true): Promise<void> {
  const jobs = await prisma.outbox.findMany({ where: { job: "tell-people" }, orderBy: { id: "asc" } });
  for (const { payload } of jobs) {
    const { environment: where, actions } = JOBS["tell-people"].parse(payload);
    const told = await tell(systemActor("worker"), { environment: where, actions, origin: "https://docket.example.test", mails });
    if (!told.ok) throw new Error(told.refusal.message);
  }
}

const post = () => sendDue(notifierOf(box.address, "docket@example.test")!);
const titles = async (who: Member) => {
  const page = await inbox(who, { environment });
  return page.ok ? page.value.notices.map(({ title }) => title) : [];
};
const items = (count: number) => Array.from({ length: count }, (_, at) => ({ number: at + 1 }));

test("a decision on what is somebody else's tells them once, with a copy to whoever decided; their own tells them nothing", async () => {
  await makeFindings(await makeScope(environment), 2, { title: "Login <script>" });
  await assign(mia, { environment, items: items(2), assignee: ann.personId });
  await respond(ann, { environment, items: [{ number: 1 }], response: "investigating" });
  await respond(ben, { environment, items: [{ number: 2 }], response: "closed", reason: "false_positive", note: "A test page." });
  await tellAll();
  await tellAll(); // a job that runs twice tells nothing twice

  expect(await titles(ann)).toEqual(["Somebody else decided on what is yours: F-2 Login <script> 2: false positive, false positive", "2 were assigned to you"]);
  expect(await titles(ben)).toEqual([]);
  await post();
  await post();
  expect(box.letters).toHaveLength(2);
  const status = box.letters.find(({ raw }) => raw.includes("decided"));
  expect(status?.to).toEqual([ann.id, ben.id]);
  expect(status?.raw).toMatch(/List-Unsubscribe: <https:\/\/docket\.example\.test\/e\/\d+\/settings#messages>/);
  expect(status?.raw).toContain("You get this because it is assigned to you.");
  expect(status?.raw.split("text/html")[1]).not.toContain("<script>");
});

test("a bulk action over three hundred findings is one message for each assignee", async () => {
  await makeFindings(await makeScope(environment), 300);
  await assign(mia, { environment, items: items(200), assignee: ann.personId });
  await prisma.outbox.deleteMany({});
  expect(await bulk(mia, { environment, items: items(300), action: { response: "closed", reason: "mitigated" }, note: "Behind the new gateway." })).toMatchObject({ ok: true });
  await tellAll();
  await post();

  expect(await titles(ann)).toEqual(["200 of yours changed"]);
  expect(box.letters).toHaveLength(1);
  expect(box.letters[0]?.raw).toContain("and 195 more");
});

test("a new critical finding goes to those who manage and to the list; whoever wants none has none, and the work is the same", async () => {
  const admin = operatorActor("test");
  expect(await saveLists(admin, { environment, lists: [{ event: "critical_finding", addresses: ["soc@example.test"] }] })).toMatchObject({ ok: true });
  expect(await saveLists(admin, { environment, lists: [{ event: "assignment", addresses: ["soc@example.test"] }] })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  await imported({ environment, takenAt: new Date(), sees: [{ is: "a", technical: "critical" }, { is: "b", technical: "critical" }, "c"] });
  await chooseNotices(mia, { environment, choices: [{ event: "critical_finding", inApp: true, mail: false }] });
  await tellAll();
  await post();

  expect(await titles(mia)).toEqual(["2 new critical findings"]);
  expect(box.letters.map(({ to }) => to)).toEqual([["soc@example.test"]]);
});

test("what a scan sees, goes on seeing or no longer sees is told to nobody; what was gone and is back is told to whom it belongs", async () => {
  const scan = (hours: number, sees: readonly string[]) => imported({ environment, takenAt: new Date(Date.now() - hours * 3_600_000), sees });
  await scan(9, ["a", "b"]);
  await assign(ann, { environment, items: items(2), assignee: ann.personId });
  await scan(8, ["a", "b"]);
  await scan(7, ["b"]);
  await tellAll();
  expect(await prisma.finding.count({ where: { environmentId: environment, scannerStatus: "closed" } })).toBe(1);
  expect([await titles(ann), await titles(mia)]).toEqual([[], []]);

  await scan(6, ["a", "b"]);
  await tellAll();
  await post();
  expect(await titles(ann)).toEqual([expect.stringMatching(/^Yours was seen again: F-\d+ Weakness a$/)]);
  expect(await titles(mia)).toEqual([]);
  expect(box.letters.map(({ to }) => to)).toEqual([[ann.id]]);
});

test("whom a ticket names in its copies hears of it, also where its maker keeps it; the maker does not", async () => {
  await makeFindings(await makeScope(environment), 1);
  expect(await createTickets(ann, { environment, items: items(1), grouping: "one", connector: null, assignee: ann.id, cc: ["ops@example.test"] })).toMatchObject({ ok: true });
  await tellAll();
  await post();
  expect(await titles(ann)).toEqual([]);
  expect(box.letters.map(({ to }) => to)).toEqual([["ops@example.test"]]);
});

test("the list for new tickets has every one of an act in one letter, a copy those that name it alone; of two authors neither is named", async () => {
  await makeFindings(await makeScope(environment), 3);
  expect(await saveLists(operatorActor("test"), { environment, lists: [{ event: "new_ticket", addresses: ["security-team@example.test", "ops@example.test"] }] })).toMatchObject({ ok: true });
  const make = (who: Member, number: number, cc: string[]) => createTickets(who, { environment, items: [{ number }], grouping: "one", connector: null, assignee: ben.id, cc });
  for (const [who, number, cc] of [[ann, 1, ["vendor@example.test"]], [ann, 2, []], [mia, 3, []]] as const) expect(await make(who, number, [...cc])).toMatchObject({ ok: true });
  const acts = await prisma.outbox.findMany({ where: { job: "tell-people" }, orderBy: { id: "asc" } });
  const actions = acts.flatMap(({ payload }) => JOBS["tell-people"].parse(payload).actions);
  expect(await tell(systemActor("worker"), { environment, actions, origin: "https://docket.example.test", mails: true })).toMatchObject({ ok: true });
  await post();

  const letter = (to: string) => box.letters.filter((each) => each.to.includes(to)).map(({ raw }) => raw.replace(/=\r?\n/g, ""));
  expect(letter("security-team@example.test")).toEqual([expect.stringMatching(/^Subject: .*3 new tickets/m)]);
  expect(letter("ops@example.test")).toHaveLength(1);
  expect(letter("security-team@example.test")[0]).toContain("or you are on the list for new tickets");
  expect(letter("security-team@example.test")[0]).not.toMatch(/\bby (Ann|Mia)\b/);
  expect(letter("vendor@example.test")).toEqual([expect.stringMatching(/New ticket: T-1\b[^]*by Ann/)]);
  expect(await titles(ben)).toEqual(["3 new tickets"]);
});

test("a closed ticket that should be looked at again is told to whom it is assigned and to whoever closed it, all of an act at once, and not to who wants none of that", async () => {
  const scope = await makeScope(environment);
  await makeFindings(scope, 2);
  for (const { number } of items(2)) expect(await createTickets(mia, { environment, items: [{ number }], grouping: "one", connector: null, assignee: ann.id })).toMatchObject({ ok: true });
  expect(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "mitigated", notes: "Behind the gateway." })).toMatchObject({ ok: true });
  expect(await closeTickets(ben, { environment, items: [{ number: 2 }], reason: "mitigated", notes: "Behind the gateway." })).toMatchObject({ ok: true });
  const expose = (exposure: string) => changeAssets(mia, { environment, items: [{ id: scope.asset }], change: { exposure } });
  await expose("internal");
  await prisma.outbox.deleteMany({});
  expect(await expose("internet")).toMatchObject({ ok: true });
  await tellAll();
  await post();

  expect(await titles(ann)).toEqual(["2 of yours changed"]);
  expect(await titles(ben), "what he closed himself").toEqual([expect.stringMatching(/^Look at a closed ticket again: T-2 .*: open it again\? .* is more exposed: internal before, internet now\.$/)]);
  expect(await titles(mia)).toEqual([]);
  expect(box.letters.map(({ to }) => to).sort()).toEqual([[ann.id], [ben.id]].sort());
  for (const { raw } of box.letters) expect(raw.replace(/=\r?\n/g, "")).toContain("You get this because it is assigned to you, or you closed it.");

  await expose("internal");
  await chooseNotices(ben, { environment, choices: [{ event: "status_changed", inApp: false, mail: false }] });
  await prisma.outbox.deleteMany({});
  await expose("internet");
  await tellAll();
  expect([await titles(ann), await titles(ben)].map(({ length }) => length)).toEqual([2, 1]);
});

test("while the server is away letters wait and decisions do not; a mailbox that is unknown is told apart from a server that is down", async () => {
  await makeFindings(await makeScope(environment), 3);
  await box.stop();
  box.refuses.add(ben.id);
  for (const [number, who] of [[1, ann], [2, ben], [3, ann]] as const) await assign(mia, { environment, items: [{ number }], assignee: who.personId });
  await tellAll();
  await post();
  expect(await prisma.mail.groupBy({ by: ["status"], _count: true })).toEqual([{ status: "pending", _count: 3 }]);

  await box.start();
  await prisma.mail.updateMany({ data: { dueAt: new Date() } }); // the minute has passed
  await post();
  expect(await prisma.mail.groupBy({ by: ["status"], _count: true, orderBy: { status: "asc" } })).toEqual([{ status: "sent", _count: 2 }, { status: "failed", _count: 1 }]);
  expect((await prisma.mail.findFirstOrThrow({ where: { status: "failed" } })).lastError).toContain("No such mailbox");
  expect(box.letters.map(({ to }) => to)).toEqual([[ann.id], [ann.id]]);
});

test("a letter whose sender died is sent by the next one when its time is over, under the same message id", async () => {
  await makeFindings(await makeScope(environment), 1);
  await assign(mia, { environment, items: [{ number: 1 }], assignee: ann.personId });
  await tellAll();
  await prisma.mail.updateMany({ data: { status: "sending", attempts: 1, leasedUntil: new Date(Date.now() + 60_000) } });
  await post();
  expect(box.letters).toHaveLength(0);
  await prisma.mail.updateMany({ data: { leasedUntil: new Date(Date.now() - 1_000) } });
  await Promise.all([post(), post()]);
  expect(box.letters).toHaveLength(1);
  expect(box.letters[0]?.raw).toMatch(/Message-ID: <docket-\d+@example\.test>/i);
});

test("an act that concerns more than are read at a time tells them all", async () => {
  await makeFindings(await makeScope(environment), 3);
  for (const [at, one] of [ann, ben, mia].entries()) await assign(operatorActor("Op"), { environment, items: [{ number: at + 1 }], assignee: one.personId });
  const acts = await prisma.auditEvent.findMany({ where: { environmentId: environment, action: "finding.assigned" } });
  const actions = acts.flatMap(({ actionId }) => actionId ?? []);
  const all = await hitsOf(prisma, environment, actions);
  expect(all.map(({ person }) => person)).toEqual([ann, ben, mia].map(({ personId }) => personId));
  expect(await hitsOf(prisma, environment, actions, 1)).toEqual(all);
});
