import { expect, test } from "vitest";
import { asList, fieldsOf, withFreshRows } from "@/lib/actions/fresh-rows";
import { respond } from "@/lib/commands/findings/respond";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

test("an answer carries the rows that moved and those found moved, and counts that already agree", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 3);
  const ann = await makeMember(environment, "analyst", "Ann");
  await respond(ann, { environment, items: [{ number: 2 }], response: "investigating" });

  const asked = { environment, items: [{ number: 1, version: 0 }, { number: 2, version: 0 }, { number: 8 }], response: "closed", reason: "patched" };
  const answer = await withFreshRows(ann, asked, await respond(ann, asked));
  expect(answer).toMatchObject({
    ok: true,
    value: { changed: 1, counts: { tabs: { closed: 1, investigating: 1, needs_review: 1, all: 3 }, chips: { live: 1 } }, undoUntil: expect.any(String) },
  });
  if (!answer.ok) return;
  expect(answer.value.rows.map(({ number, response, version }) => [number, response, version])).toEqual(expect.arrayContaining([[1, "closed", 2], [2, "investigating", 1]]));
  expect(answer.value.skipped).toMatchObject([
    { number: 8, why: "There is no finding F-8 here." },
    { number: 2, why: expect.stringMatching(/^Ann changed it at .*status Open → In progress/) },
  ]);
});

test("whatever a browser sends is only fields to be read, never trusted", async () => {
  expect([fieldsOf(null), fieldsOf("x"), fieldsOf([1])]).toEqual([{}, {}, {}]);
  expect(asList({ environment: 1, number: 4, version: 2, reason: "r" })).toEqual({ environment: 1, reason: "r", items: [{ number: 4, version: 2 }] });
});
