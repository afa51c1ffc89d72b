import { expect, test } from "vitest";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { tidy } from "@/lib/commands/upkeep/tidy";
import { prisma } from "@/lib/db/client";
import { queueCounts } from "@/lib/db/sql/queue-counts";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

const DAY = 86_400_000;
const HOUR = 3_600_000;

test("acceptances that end soon are counted to the minute, though they are kept by the day; what is taken back counts no more", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "manager", "Ann");
  await makeFindings(await makeScope(environment), 4);
  const last = Math.ceil(Date.now() / DAY) * DAY + 20 * DAY; // a midnight
  const until = [last - HOUR, last, last + 12 * HOUR - 1, last + 12 * HOUR];
  const actions: string[] = [];
  for (const [at, end] of until.entries()) {
    const answer = done(await respond(ann, { environment, items: [{ number: at + 1 }], response: "accepted_risk", expiresAt: new Date(end).toISOString(), note: "Until the move." }));
    actions.push(answer.actionId ?? "");
  }
  const endingBefore = async (end: number) => (await queueCounts(prisma, { environment, personId: null, now: new Date(end - 14 * DAY), warnDays: 14 })).chips.expiring;

  expect(await Promise.all([last - HOUR, last, last + 1, last + 12 * HOUR, last + 12 * HOUR + 1, last + DAY].map(endingBefore))).toEqual([0, 1, 2, 3, 4, 4]);
  done(await revert(ann, { environment, actionId: actions[0] }));
  expect(await endingBefore(last + DAY)).toBe(3);
});

test("of a day that is long over nothing is kept once nobody's acceptance ends on it, whichever process counted", async () => {
  const environment = await makeEnvironment();
  await prisma.$executeRaw`INSERT INTO queue_chip SELECT ${environment}::int, slot, 'expiring', current_date - 60, n FROM (VALUES (3, 2), (4, -2), (0, 0)) AS kept(slot, n)`;
  const kept = () => prisma.queueChip.findMany({ where: { environmentId: environment } });
  await tidy();
  await tidy(); // what was folded into none goes with the next
  expect(await kept()).toEqual([]);
  await prisma.$executeRaw`INSERT INTO queue_chip SELECT ${environment}::int, slot, 'expiring', current_date - 60, n FROM (VALUES (3, 2), (4, -1), (0, 0)) AS kept(slot, n)`;
  await tidy();
  expect(await kept()).toMatchObject([{ slot: 0, n: 1n }]);
  await prisma.queueChip.deleteMany({ where: { environmentId: environment } }); // no finding stands behind it
});
