import { beforeEach, expect, test } from "vitest";
import { bulk as bulkAtOnce } from "@/lib/commands/findings/bulk";
import { prisma } from "@/lib/db/client";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { cancelBulk, pauseBulk, resumeBulk, startBulk } from "@/lib/commands/bulks/steer";
import { runChunk, takeBulk } from "@/lib/commands/bulks/run";
import { assign } from "@/lib/commands/findings/assign";
import { respond } from "@/lib/commands/findings/respond";
import { undoBulk } from "@/lib/commands/findings/undo-bulk";
import type { Actor } from "@/lib/gate/actor";
import { getBulk, listBulkItems } from "@/lib/queries/bulk";
import { standsAt } from "@/lib/domain/bulk/words";
import { done } from "@/lib/testing/done";
import { moveClock } from "@/lib/testing/clock";
import { trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { runBulk } from "@/lib/worker/jobs/run-bulk";

let environment: number;
let ann: Actor & { personId: number };

beforeEach(async () => {
  environment = await makeEnvironment();
  ann = await makeMember(environment, "manager", "Ann");
});

const shown = async (bulk: number) => done(await getBulk(ann, { environment, bulk }));
const groups = async (bulk: number) => (await shown(bulk)).groups.map(({ code, n, from, to }) => `${code} ${n}${from !== null && from !== to ? ` ${from}>${to}` : ""}`).sort();

test("a preview tells what becomes of each finding, by the tables of a single decision, and freezes what was there", async () => {
  const scope = await makeScope(environment);
  const many = await makeFindings(scope, 5);
  const [first, second, third] = many.map(({ number }) => ({ number }));
  await respond(ann, { environment, items: [first, second], response: "closed", reason: "patched", note: "Updated." });
  await respond(ann, { environment, items: [third], response: "investigating" });

  const { id, total } = done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action: { response: "closed", reason: "false_positive", note: "Test code." } }));
  await makeFinding(scope); // came later: it is none of the set
  expect(total).toBe(5);
  expect(await groups(id)).toEqual(["changes 1 in_progress>false_positive", "changes 2 open>false_positive", "changes 2 resolved>false_positive"]);

  const review = done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action: { response: "needs_review" } }));
  expect(await groups(review.id)).toEqual(["already_there 3", "changes 1 in_progress>open", "note 2"]);
  const note = done(await listBulkItems(ann, { environment, bulk: review.id, code: "note" }));
  expect(note.items.map(({ number, outcome, why }) => `F-${number} ${outcome}: ${why}`)).toEqual([`F-${first?.number} planned: A note must say why.`, `F-${second?.number} planned: A note must say why.`]);
  expect(await prisma.bulk.count({ where: { id } }), "a new preview takes the place of the one before").toBe(0);
});

test("it runs chunk by chunk, one entry per hop with its id, and skips who moved since, by whom", async () => {
  const made = await makeFindings(await makeScope(environment), 6);
  const bob = await makeMember(environment, "analyst", "Bob");
  const { id } = done(await prepareBulk(ann, { environment, filter: { tab: "needs_review" }, action: { response: "investigating", assignee: ann.personId, tags: { add: ["wave-1"] } } }));
  await assign(bob, { environment, items: [{ number: made[3]?.number }], assignee: bob.personId });
  expect(done(await startBulk(ann, { environment, bulk: id, confirm: 6 })).status).toBe("queued");

  const claimed = await takeBulk(id);
  if (!claimed) throw new Error("It was not there to take.");
  expect(done(await runChunk(claimed, 2))).toBe("more");
  expect(await shown(id)).toMatchObject({ status: "running", done: 2, changed: 2 });
  expect(await runBulk(id), "another runner finds it in good hands").toBe(false);
  while (done(await runChunk(claimed, 2)) === "more");
  expect(await shown(id)).toMatchObject({ status: "completed", total: 6, done: 6, changed: 5, skipped_count: 1, skipped: [{ number: made[3]?.number, why: expect.stringContaining("Bob changed it at") }] });
  expect(await trailOf(made[0]?.id ?? 0)).toEqual(["Ann: finding.assigned v1", "Ann: finding.tagged v2", "Ann: finding.transitioned open>in_progress v3"]);
  expect(await prisma.auditEvent.count({ where: { bulkId: id, version: { not: null } } })).toBe(15);
  expect(await prisma.auditEvent.groupBy({ by: ["actionId"], where: { bulkId: id, version: { not: null } } })).toHaveLength(1);
});

test("whoever pauses halts it between two chunks, resumes where it was, and cancelling keeps what is done and offers to take it back", async () => {
  const made = await makeFindings(await makeScope(environment), 5);
  const { id } = done(await prepareBulk(ann, { environment, filter: {}, action: { tags: { add: ["x"] } }, start: true }));
  const claimed = await takeBulk(id);
  if (!claimed) throw new Error("It was not there to take.");
  await runChunk(claimed, 2);
  expect(done(await pauseBulk(ann, { environment, bulk: id })).status).toBe("paused");
  expect(done(await runChunk(claimed, 2))).toBe("left");
  expect(await shown(id)).toMatchObject({ done: 2 });
  const early = await undoBulk(ann, { environment, bulk: id });
  expect(!early.ok && standsAt(early.refusal), "it is not over: whoever asked is offered to cancel it").toBe("paused");
  const twice = await startBulk(ann, { environment, bulk: id });
  expect(!twice.ok && standsAt(twice.refusal), "whoever did not hear that it was started is told that it was").toBe("paused");
  const other = await startBulk(ann, { environment, bulk: done(await prepareBulk(ann, { environment, filter: {}, action: { tags: { add: ["y"] } } })).id, confirm: 4 });
  expect(!other.ok && standsAt(other.refusal), "a wrong number is another matter").toBeNull();
  await resumeBulk(ann, { environment, bulk: id });
  const again = await takeBulk(id);
  if (!again) throw new Error("It was not there to take.");
  expect(done(await runChunk(claimed, 2)), "the runner of before is replaced").toBe("left");
  expect(done(await runChunk(again, 2))).toBe("more");
  expect(done(await cancelBulk(ann, { environment, bulk: id })).done).toBe(4);
  expect(done(await runChunk(again, 2))).toBe("left");
  const ended = await shown(id);
  expect(ended).toMatchObject({ status: "cancelled", changed: 4 });
  expect(ended.undo_until).not.toBeNull();
  expect(done(await undoBulk(ann, { environment, bulk: id }))).toMatchObject({ changed: 4 });
  expect(await prisma.finding.count({ where: { environmentId: environment, tags: { has: "x" } } })).toBe(0);
  expect(await trailOf(made[4]?.id ?? 0)).toEqual([]);
});

test("of a state of a module the preview parts those that may have it, have it, and belong to another module", async () => {
  const scope = await makeScope(environment);
  await makeFindings(scope, 3, { category: "Secret" });
  await makeFindings(scope, 2, { category: "Code" });
  done(await bulkAtOnce(ann, { environment, items: [{ number: 1 }], action: { state: "live" } }));
  const { id } = done(await prepareBulk(ann, { environment, filter: {}, action: { state: "live" } }));
  const kinds = await prisma.bulkKind.findMany({ where: { bulkId: id }, orderBy: { n: "desc" } });
  expect(kinds.map(({ category, n }) => `${n} ${category}`).sort()).toEqual(["1 already_there", "2 changes", "2 state"]);
});

test("an act that a bulk action does not know is refused, never left out", async () => {
  const made = await makeFindings(await makeScope(environment), 1);
  const asked = { environment, items: made.map(({ number }) => ({ number })), action: { tags: { add: ["x"] }, banish: true } };
  expect(await bulkAtOnce(ann, asked)).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  expect(await prepareBulk(ann, { ...asked, action: { tags: { add: ["x"], drop: ["y"] } } })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
});

test("whoever says how many findings a list has is held to it", async () => {
  const made = await makeFindings(await makeScope(environment), 3);
  const asked = { environment, items: made.map(({ number }) => ({ number })), action: { tags: { add: ["x"] } } };
  expect(await bulkAtOnce(ann, { ...asked, confirm: 2 })).toMatchObject({ ok: false, refusal: { code: "conflict", changes: [{ total: 3 }] } });
  expect(await prisma.finding.count({ where: { environmentId: environment, tags: { has: "x" } } })).toBe(0);
  expect(await bulkAtOnce(ann, { ...asked, confirm: 3 })).toMatchObject({ ok: true, value: { changed: 3 } });
});

test("a large set is begun only with its exact number; another one is told the true one", async () => {
  await makeFindings(await makeScope(environment), 1_001);
  const asked = { environment, filter: { tab: "all" }, action: { response: "investigating" }, start: true };
  expect(await prepareBulk(ann, asked)).toMatchObject({ ok: false, refusal: { code: "conflict", next: "Confirm 1001." } });
  expect(await prepareBulk(ann, { ...asked, confirm: 1_000 })).toMatchObject({ ok: false, refusal: { code: "conflict", changes: [{ total: 1_001 }] } });
  expect(await prisma.bulk.count({ where: { environmentId: environment } }), "nothing of it stays").toBe(0);
  const { id } = done(await prepareBulk(ann, { ...asked, confirm: 1_001 }));
  expect(await runBulk(id)).toBe(true);
  expect(await shown(id)).toMatchObject({ status: "completed", changed: 1_001 });

  const first = done(await undoBulk(ann, { environment, bulk: id }));
  expect(await shown(id)).toMatchObject({ undone_by: first.id });
  await cancelBulk(ann, { environment, bulk: first.id });
  expect(await shown(id), "what was cancelled took nothing back: it is offered again").toMatchObject({ undone_by: null, undo_until: expect.any(String) });
  const undone = done(await undoBulk(ann, { environment, bulk: id }));
  expect(undone).toMatchObject({ status: "queued", total: 1_001 });
  const [moved] = await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" }, take: 1 });
  const bob = await makeMember(environment, "analyst", "Bob");
  await assign(bob, { environment, items: [{ number: moved?.number }], assignee: bob.personId });
  await runBulk(undone.id);
  expect(await shown(undone.id)).toMatchObject({ status: "completed", changed: 1_000, undo_of: id, skipped: [{ number: moved?.number, why: expect.stringContaining("Bob changed it") }] });
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "open" } })).toBe(1_000);
  expect(await shown(id)).toMatchObject({ undone_by: undone.id });
});

test("who loses the right to it while it runs ends it: what is done stays, the rest is left alone", async () => {
  await makeFindings(await makeScope(environment), 4);
  const { id } = done(await prepareBulk(ann, { environment, filter: {}, action: { response: "investigating" }, start: true }));
  const claimed = await takeBulk(id);
  if (!claimed) throw new Error("It was not there to take.");
  await runChunk(claimed, 2);
  await prisma.membership.updateMany({ where: { environmentId: environment, personId: ann.personId }, data: { role: "analyst" } });
  expect(await runChunk(claimed, 2)).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  await prisma.bulk.update({ where: { id }, data: { leaseUntil: new Date(0) } });
  await runBulk(id);
  expect(await shown(id)).toMatchObject({ status: "failed", done: 2, changed: 2, error: expect.stringContaining("analyst") });
  expect(await prepareBulk({ ...ann, roles: new Map([[environment, "analyst"]]) }, { environment, filter: {}, action: { response: "investigating" } })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
});

test("a bulk action that stood still for days can be taken back as a whole from its end on, the first finding as the last", async () => {
  const hour = 3_600_000;
  await makeFindings(await makeScope(environment), 4);
  const { id } = done(await prepareBulk(ann, { environment, filter: {}, action: { tags: { add: ["x"] } }, start: true }));
  const claimed = await takeBulk(id);
  if (!claimed) throw new Error("It was not there to take.");
  await runChunk(claimed, 1);
  await pauseBulk(ann, { environment, bulk: id });
  await moveClock(72 * hour);
  await resumeBulk(ann, { environment, bulk: id });
  await runBulk(id);
  const { status, undo_until: until, finished_at: end } = await shown(id);
  expect(status).toBe("completed");
  expect(Date.parse(until ?? "") - Date.parse(end ?? "")).toBe(24 * hour);
  await moveClock(23 * hour);
  expect(done(await undoBulk(ann, { environment, bulk: id }))).toMatchObject({ changed: 4, skipped: [] });
});

test("what was cancelled can be taken back from then on, and no longer than the policy says", async () => {
  const hour = 3_600_000;
  await makeFindings(await makeScope(environment), 4);
  const begun = async () => {
    const { id } = done(await prepareBulk(ann, { environment, filter: {}, action: { tags: { add: ["x"] } }, start: true }));
    const claimed = await takeBulk(id);
    if (!claimed) throw new Error("It was not there to take.");
    await runChunk(claimed, 2);
    await pauseBulk(ann, { environment, bulk: id });
    await moveClock(72 * hour);
    await cancelBulk(ann, { environment, bulk: id });
    return id;
  };
  const first = await begun();
  expect(done(await undoBulk(ann, { environment, bulk: first }))).toMatchObject({ changed: 2 });
  const second = await begun();
  await moveClock(25 * hour);
  expect(await undoBulk(ann, { environment, bulk: second })).toMatchObject({ refusal: { code: "conflict", message: "A bulk action can be taken back for 24 hours." } });
});
