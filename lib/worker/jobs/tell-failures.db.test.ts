import { expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { saveLists } from "@/lib/commands/notices/save-lists";
import { tell } from "@/lib/commands/notices/tell";
import { settleRetest } from "@/lib/commands/retests/settle";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { JOBS } from "@/lib/domain/jobs";
import { systemActor } from "@/lib/gate/actor";
import { inbox } from "@/lib/queries/notices";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

type Member = Awaited<ReturnType<typeof makeMember>>;

test("a fix that does not hold reaches whoever has it and the list; at the limit of attempts those who manage and the security team", async () => {
  const environment = await makeEnvironment();
  const [ann, ben, mia, admin] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "analyst", "Ben"), await makeMember(environment, "manager", "Mia"), await makeMember(environment, "admin")];
  await makeFindings(await makeScope(environment), 1, { title: "Login" });
  await assign(mia, { environment, items: [{ number: 1 }], assignee: ann.personId });
  expect(await saveLists(admin, { environment, lists: [{ event: "verification_failed", addresses: ["fixes@example.test"] }, { event: "escalation", addresses: ["security@example.test"] }] })).toMatchObject({ ok: true });
  await createTickets(mia, { environment, items: [{ number: 1 }], assignee: ann.personId, override: "For the test." });
  const told = async () => {
    const jobs = await prisma.outbox.findMany({ where: { job: "tell-people" }, orderBy: { id: "asc" } });
    for (const { payload } of jobs) {
      const { environment: where, actions } = JOBS["tell-people"].parse(payload);
      if (where === environment) await tell(systemActor("worker"), { environment, actions, origin: "https://docket.example.test", mails: true });
    }
  };
  const notices = async (who: Member, words: RegExp) => {
    const page = await inbox(who, { environment });
    return page.ok ? page.value.notices.filter(({ title }) => words.test(title)).length : -1;
  };
  const mailed = (to: string) => prisma.mail.count({ where: { environmentId: environment, toAddress: to } });
  const fails = async () => {
    expect(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" })).toMatchObject({ ok: true, value: { changed: [1] } });
    expect(await settleRetest(ben, { environment, finding: 1, passed: false, note: "It still answers." })).toMatchObject({ ok: true });
    await told();
  };

  await fails();
  expect([await notices(ann, /did not hold/), await notices(ben, /did not hold/), await notices(mia, /failed again and again/)]).toEqual([1, 0, 0]);
  expect([await mailed("fixes@example.test"), await mailed("security@example.test")]).toEqual([1, 0]);
  await fails();
  expect(await notices(mia, /failed again and again/)).toBe(0);
  await fails(); // the third is the limit
  expect(await notices(mia, /failed again and again/)).toBe(1);
  expect(await mailed("security@example.test")).toBe(1);
  expect(await prisma.notice.findFirst({ where: { personId: ann.personId, event: "escalation" }, select: { why: true } })).toMatchObject({ why: expect.stringContaining("the ticket is assigned to you") });
  await told(); // a job that runs twice tells nothing twice
  expect([await notices(mia, /failed again and again/), await mailed("security@example.test")]).toEqual([1, 1]);
});
