import { expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { respond } from "@/lib/commands/findings/respond";
import { tag } from "@/lib/commands/findings/tag";
import { prisma } from "@/lib/db/client";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

/** The same numbers in every run: a small linear congruence. */
function* numbersFrom(seed: number): Generator<number, never> {
  for (let value = seed; ; ) yield (value = (value * 48_271) % 2_147_483_647);
}

test("40 decisions of four people at once on overlapping findings leave an unbroken chain and exact counts", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 12);
  const people = await Promise.all(["Ann", "Bob", "Cem", "Dua"].map((name) => makeMember(environment, "analyst", name)));
  const random = numbersFrom(20_261_121);
  const pick = (below: number) => random.next().value % below;
  const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const acts = [
    { response: "investigating" }, { response: "needs_review", note: "Again." }, { response: "closed", reason: "patched" },
    { response: "closed", reason: "false_positive", note: "No." }, { response: "accepted_risk", expiresAt: inAWeek, note: "A week." },
  ];

  const answers = await Promise.all(
    Array.from({ length: 40 }, () => {
      const who = people[pick(4)]!;
      const items = Array.from({ length: 6 }, () => ({ number: 1 + pick(12) }));
      if (pick(5) === 0) return assign(who, { environment, items, assignee: people[pick(4)]!.personId });
      if (pick(5) === 0) return tag(who, { environment, items, add: [`t${pick(3)}`], remove: [`t${pick(3)}`] });
      return respond(who, { environment, items, ...acts[pick(acts.length)]! });
    }),
  );

  expect(answers.every(({ ok }) => ok)).toBe(true);
  const changed = answers.flatMap((answer) => (answer.ok ? answer.value.changed : []));
  expect(changed.length).toBeGreaterThan(60);
  const touched = await prisma.auditEvent.groupBy({ by: ["actionId", "findingId"], where: { environmentId: environment } });
  expect(touched).toHaveLength(changed.length);
  // That versions, hops, bodies and counters fit together is asked of the invariant views after every test.
});
