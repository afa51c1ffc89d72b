import fc from "fast-check";
import { expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { tag } from "@/lib/commands/findings/tag";
import { prisma } from "@/lib/db/client";
import { asksOf, foresee } from "@/lib/domain/filter/foresee";
import { CLOSE_REASONS, GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, VERIFICATIONS } from "@/lib/domain/finding/words";
import { IS_FLAGS, SORT_KEYS, type Sort } from "@/lib/domain/views/alerts";
import { readQueue } from "@/lib/domain/views/read-queue";
import { queueChanges } from "@/lib/queries/changes";
import { loadRows, queueRows } from "@/lib/queries/queue";
import { makeCrowd } from "@/lib/testing/crowd";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

test("a row that its tab still holds and its filter no longer does is told apart, also where the filter is a word that the row does not show", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 4);
  const [ann, ben] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "analyst", "Ben")];
  await assign(ben, { environment, items: [{ number: 1 }, { number: 4 }], assignee: ben.personId });
  await tag(ben, { environment, items: [{ number: 2 }], add: ["edge"] });
  const title = (await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 3 } })).title;
  const seen = [1, 2, 3].map((number) => ({ number, version: 0 }));
  const told = async (asked: Record<string, string>) => {
    const answer = await queueChanges(ann, { environment, filter: readQueue(asked), seen, unknown: [4] });
    return answer.ok ? [answer.value.fitting, answer.value.arrived, answer.value.total] : answer.refusal;
  };
  expect(await told({})).toEqual([[1, 2, 3], [4], 4]);
  expect(await told({ assignee: "none" })).toEqual([[2, 3], [], 2]);
  expect(await told({ assignee: "none", q: "-tag:edge" })).toEqual([[3], [], 1]);
  expect(await told({ q: title })).toEqual([[3], [], 1]);
  expect(await told({ tab: "closed" })).toEqual([[], [], 0]);
});

const VALUES: Record<string, readonly string[]> = { severity: SEVERITIES, scanner: SCANNER_STATUSES, governance: GOVERNANCE_STATUSES, response: RESPONSES, reason: CLOSE_REASONS, verification: VERIFICATIONS };
const wordsWith = (mails: readonly string[]) => [
  ...Object.entries(VALUES).flatMap(([field, values]) => values.map((value) => `${field}:${value}`)),
  ...IS_FLAGS.map((flag) => `is:${flag}`), ...["none", "me", "*", ...mails].map((who) => `assignee:${who}`),
  ...["response:accepted_risk,closed", "tag:edge", "tag:pci", "tag:e*", "tag:*", "tag:response:closed", "tag:response:*", "tag:edge,response:investigating", "epss:>0.1"],
];

test("when a screen foresees that a changed row falls out of a filter, or comes back into it, the database agrees, whatever the filter", async () => {
  const environment = await makeEnvironment();
  const { people: [ann] } = await makeCrowd({ environment, size: 60, seed: 11, empty: 0.3 });
  if (!ann) throw new Error("nobody");
  const rows = await queueRows(ann, { environment, numbers: Array.from({ length: 200 }, (_, at) => at + 1) });
  if (!rows.ok) throw new Error(rows.refusal.message);
  const mails = rows.value.flatMap(({ assignee }) => assignee?.email ?? []).slice(0, 3);
  const seen = rows.value.map(({ number, version }) => ({ number, version }));
  const words = wordsWith(mails);
  const word = fc.constantFrom(...words);
  const query = fc.array(fc.tuple(fc.boolean(), word, word), { minLength: 1, maxLength: 3 }).map((parts) => parts.map(([not, one, other], at) => (at === 2 ? `(${one} OR ${other})` : `${not ? "-" : ""}${one}`)).join(" "));
  let [said, unsaid] = [0, 0];
  const check = async (q: string) => {
    const filter = readQueue({ tab: "all", q });
    const answer = await queueChanges(ann, { environment, filter, seen, unknown: [] });
    if (!answer.ok) throw new Error(answer.refusal.message);
    const holds = new Set(answer.value.fitting);
    for (const [at, after] of rows.value.entries()) {
      const before = rows.value[(at * 7 + 1) % rows.value.length] ?? after;
      const foreseen = foresee(asksOf(filter), before, after, ann.personId);
      if (foreseen === "out") said += 1;
      else if (holds.has(before.number) && !holds.has(after.number)) unsaid += 1;
      const isWrong = (foreseen === "out" && holds.has(after.number)) || (foreseen === "in" && holds.has(before.number));
      if (isWrong) throw new Error(`${q}: F-${before.number} as F-${after.number} would be ${foreseen}`);
    }
  };
  for (const q of words) await check(q);
  await fc.assert(fc.asyncProperty(query, check), { numRuns: 40 });
  expect(said, "of most it can say").toBeGreaterThan(unsaid);

  const [free] = rows.value.filter(({ assignee, response }) => assignee === null && response === "needs_review");
  if (!free) throw new Error("all are taken");
  const mine = { ...free, assignee: { id: ann.personId, name: ann.name, email: "", initials: "" } };
  expect(foresee(asksOf(readQueue({ assignee: "none", q: "openssl" })), free, mine, ann.personId)).toBe("out");
  expect(foresee(asksOf(readQueue({ q: "is:unassigned age:>1d" })), free, mine, ann.personId)).toBe("out");
  expect(foresee(asksOf(readQueue({ assignee: "none" })), mine, free, ann.personId)).toBe("in");
  expect(foresee(asksOf(readQueue({ assignee: "me" })), free, free, ann.personId), "what never fitted does not fall out").toBeNull();
});

test("of a list that was loaded in part only what stands between its ends is new there, whatever its order; what merely changed beyond them is not", async () => {
  const environment = await makeEnvironment();
  const { people: [ann] } = await makeCrowd({ environment, size: 90, seed: 5, empty: 0.3 });
  if (!ann) throw new Error("nobody");
  const every = Array.from({ length: 200 }, (_, at) => at + 1);
  for (const sort of SORT_KEYS.flatMap((key): Sort[] => [key, `-${key}`])) {
    const filter = { ...readQueue({ tab: "all" }), sort };
    const start = done(await loadRows(ann, { environment, filter, cursor: null, limit: 20 }));
    const middle = done(await loadRows(ann, { environment, filter, cursor: start.nextCursor, limit: 20 }));
    for (const { rows, nextCursor, previousCursor } of [start, middle]) {
      const came = rows[7]?.number ?? 0; // as if it had not been there
      const seen = rows.filter(({ number }) => number !== came).map(({ number, version }) => ({ number, version }));
      const unknown = every.filter((number) => !seen.some((one) => one.number === number));
      const ends = [nextCursor, previousCursor].filter((cursor) => cursor !== null);
      expect(done(await queueChanges(ann, { environment, filter, seen, unknown, ends })).arrived, sort).toEqual([came]);
    }
  }
  const old = done(await queueChanges(ann, { environment, filter: readQueue({ tab: "all" }), seen: [], unknown: [1], ends: ["of an older release"] }));
  expect(old.arrived, "an end that nobody can read any more is none").toEqual([1]);
});
