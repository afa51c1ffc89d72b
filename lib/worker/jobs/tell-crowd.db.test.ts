import { beforeEach, expect, test } from "vitest";
import { failBulk, runChunk, takeBulk } from "@/lib/commands/bulks/run";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { assign } from "@/lib/commands/findings/assign";
import { shareFindings } from "@/lib/commands/findings/share";
import { tell } from "@/lib/commands/notices/tell";
import { prisma } from "@/lib/db/client";
import { JOBS } from "@/lib/domain/jobs";
import { systemActor } from "@/lib/gate/actor";
import { inbox } from "@/lib/queries/notices";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { runBulk } from "@/lib/worker/jobs/run-bulk";

type Member = Awaited<ReturnType<typeof makeMember>>;

let environment: number;
let ann: Member;
let mia: Member;

beforeEach(async () => {
  environment = await makeEnvironment();
  [ann, mia] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "manager", "Mia")];
  await makeFindings(await makeScope(environment), 6);
  await prisma.outbox.deleteMany({});
});

/** What the worker does with the outbox; gives the titles that this person then has, and whom letters go to. */
async function told(who: Member) {
  const jobs = await prisma.outbox.findMany({ where: { job: "tell-people" }, orderBy: { id: "asc" } });
  for (const { payload } of jobs) done(await tell(systemActor("worker"), { ...JOBS["tell-people"].parse(payload), origin: "https://docket.example.test", mails: true }));
  return done(await inbox(who, { environment })).notices.map(({ title }) => title);
}
const letters = async (to: Member) => (await prisma.mail.findMany({ where: { toAddress: to.id }, select: { subject: true }, orderBy: { id: "asc" } })).map(({ subject }) => subject);
const items = (...numbers: readonly number[]) => numbers.map((number) => ({ number }));

async function begun(action: object): Promise<number> {
  return done(await prepareBulk(mia, { environment, filter: {}, action, start: true })).id;
}

test("a bulk action in the background tells each assignee once, when it is done: also where it assigns and decides in one", async () => {
  const id = await begun({ response: "investigating", assignee: ann.personId });
  const claimed = await takeBulk(id);
  if (!claimed) throw new Error("It was not there to take.");
  expect(done(await runChunk(claimed, 4))).toBe("more");
  expect(await told(ann), "not chunk by chunk").toEqual([]);
  expect(done(await runChunk(claimed, 4))).toBe("ended");
  expect((await told(ann)).toSorted()).toEqual(["6 of yours changed", "6 were assigned to you"]);
  expect(await letters(ann)).toEqual(expect.arrayContaining([expect.stringContaining("6 were assigned to you")]));
  expect(await told(mia)).toEqual([]);
});

test("a bulk action that breaks off tells of what it did until then", async () => {
  await assign(mia, { environment, items: items(1, 2, 3, 4, 5, 6), assignee: ann.personId });
  await prisma.outbox.deleteMany({});
  const id = await begun({ response: "closed", reason: "mitigated", note: "Behind the new gateway." });
  const claimed = await takeBulk(id);
  if (!claimed) throw new Error("It was not there to take.");
  await runChunk(claimed, 4);
  await failBulk(claimed, "Mia may not do this any more.");
  expect(await runBulk(id), "it is over").toBe(false);
  expect(await told(ann)).toEqual(["4 of yours changed"]);
});

test("with whom findings are shared is told of it once, and why; whoever it is assigned to and whoever shares it is not", async () => {
  await assign(mia, { environment, items: items(1), assignee: ann.personId });
  await prisma.outbox.deleteMany({});
  const ben = await makeMember(environment, "viewer", "Ben");
  done(await shareFindings(mia, { environment, items: items(1), people: [ben.personId, mia.personId], note: "Is this your cluster?" }));
  expect(await told(ben)).toEqual([expect.stringMatching(/^Shared with you: F-1 .*: Is this your cluster\?$/)]);
  expect(await letters(ben)).toHaveLength(1);
  done(await shareFindings(mia, { environment, items: items(2, 3, 4), people: [ben.personId] }));
  expect(await told(ben)).toEqual(["3 were shared with you", expect.stringContaining("Shared with you: F-1")]);
  expect([await told(ann), await told(mia)]).toEqual([[], []]);
});
