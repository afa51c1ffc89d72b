import { beforeEach, expect, test } from "vitest";
import { expireAcceptances } from "@/lib/commands/acceptances/expire-acceptances";
import { warnAcceptances } from "@/lib/commands/acceptances/warn-acceptances";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { systemActor, type Actor } from "@/lib/gate/actor";
import { moveClock } from "@/lib/testing/clock";
import { entriesOf, trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFindings, makeMember, makeScope, type MadeFinding } from "@/lib/testing/make";

const DAY = 86_400_000;
const clock = systemActor("clock");

let environment: number;
let ann: Actor;
let findings: MadeFinding[];

beforeEach(async () => {
  environment = await makeEnvironment();
  findings = await makeFindings(await makeScope(environment), 3);
  ann = await makeMember(environment, "analyst", "Ann");
});

async function accept(numbers: readonly number[], days: number): Promise<void> {
  const expiresAt = new Date((await databaseNow(prisma)).getTime() + days * DAY).toISOString();
  expect(await respond(ann, { environment, items: numbers.map((number) => ({ number })), response: "accepted_risk", expiresAt, note: "Isolated." })).toMatchObject({ ok: true });
}

test("an acceptance that ran out goes back to open by the system, each finding by itself, with its clocks started anew", async () => {
  await accept([1, 2], 10);
  await accept([3], 20);
  await moveClock(11 * DAY);
  expect(await expireAcceptances(clock, { environment })).toMatchObject({ ok: true, value: { expired: [1, 2], more: false } });

  const now = await databaseNow(prisma);
  const first = await prisma.finding.findUniqueOrThrow({ where: { id: findings[0]!.id } });
  expect(first).toMatchObject({ governanceStatus: "open", acceptanceId: null, acceptedUntil: null, firstResponseAt: null, effective: "high", slaPausedAt: null });
  expect(now.getTime() - first.slaStartedAt.getTime()).toBeLessThan(60_000);
  expect(first.resolveBy?.getTime()).toBe(first.slaStartedAt.getTime() + 7 * DAY);
  expect((await trailOf(findings[0]!.id)).at(-1)).toBe("System: finding.expired accepted_risk>open v3");
  const [one, other] = await Promise.all(findings.slice(0, 2).map(async ({ id }) => (await entriesOf(id)).at(-1)));
  expect(one?.actionId).not.toBe(other?.actionId);
  expect(await expireAcceptances(clock, { environment })).toMatchObject({ ok: true, value: { expired: [] } });
});

test("a renewal and the clock at the same moment: whichever comes first, the log tells one story", async () => {
  await accept([1], 5);
  await moveClock(6 * DAY);
  await Promise.all([expireAcceptances(clock, { environment }), accept([1], 30)]);
  const { governanceStatus } = await prisma.finding.findUniqueOrThrow({ where: { id: findings[0]!.id } });
  expect(governanceStatus).toBe("accepted_risk");
});

test("the coming expiry is announced once, without moving the finding", async () => {
  await accept([1], 10);
  await accept([2], 30);
  expect(await warnAcceptances(clock, { environment })).toMatchObject({ ok: true, value: { warned: [1] } });
  expect(await warnAcceptances(clock, { environment })).toMatchObject({ ok: true, value: { warned: [] } });
  expect(await prisma.finding.findUniqueOrThrow({ where: { id: findings[0]!.id } })).toMatchObject({ version: 2 });
  expect((await trailOf(findings[0]!.id)).at(-1)).toBe("System: acceptance.warned");
});

test("an analyst cannot play the clock", async () => {
  expect(await expireAcceptances(ann, { environment })).toMatchObject({ refusal: { code: "forbidden" } });
});
