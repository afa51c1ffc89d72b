import fc from "fast-check";
import { expect, test } from "vitest";
import { addEvidence } from "@/lib/commands/findings/add-evidence";
import { bulk as bulkAtOnce } from "@/lib/commands/findings/bulk";
import { prisma } from "@/lib/db/client";
import { CLOSE_REASONS, EVIDENCE_KINDS, RESPONSES, SEVERITIES } from "@/lib/domain/finding/words";
import type { Actor } from "@/lib/gate/actor";
import { getBulk, listBulkItems } from "@/lib/queries/bulk";
import { done } from "@/lib/testing/done";
import { changePolicy, makeAsset, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";
import { runBulk } from "@/lib/worker/jobs/run-bulk";
import { prepareBulk } from "./prepare";
import { runChunk, takeBulk } from "./run";
import { startBulk } from "./steer";

// What a preview says of each finding is what the run makes of it, whatever the world is like and whatever is asked.
const HOUR = 3_600_000;
const hour = (hours: number) => new Date(Date.now() + hours * HOUR);
const seen = (bulk: number, environment: number, actor: Actor) => listBulkItems(actor, { environment, bulk, limit: 100 }).then((items) => done(items).items.map(({ number, code }) => `F-${number} ${code}`));
const groups = async (actor: Actor, environment: number, bulk: number) => done(await getBulk(actor, { environment, bulk })).groups.map(({ code, n, to }) => `${code} ${n}${code === "changes" ? ` to ${to}` : ""}`).sort();

async function ground(policy: object = { closure_verification: { required: ["high"] } }) {
  const environment = await makeEnvironment();
  await changePolicy(environment, { ...policy });
  const [ann, bob] = [await makeMember(environment, "manager", "Ann"), await makeMember(environment, "manager", "Bob")];
  return { environment, ann, bob };
}

test("closing as patched where evidence is asked for: the preview counts those that a scan no longer sees, and starts", async () => {
  const { environment, ann, bob } = await ground();
  await imported({ environment, takenAt: hour(-3), sees: ["a", "b", "c"], actor: bob });
  await imported({ environment, takenAt: hour(-1), sees: ["a"], actor: bob });
  const patched = { environment, filter: { tab: "all" }, action: { response: "closed", reason: "patched", note: "Updated." } };
  const { id } = done(await prepareBulk(ann, patched));
  expect(await groups(ann, environment, id)).toEqual(["changes 2 to resolved", "evidence 1"]);
  done(await startBulk(ann, { environment, bulk: id, confirm: 3 }));
  await runBulk(id);
  expect(await groups(ann, environment, id), "it asks for evidence of the one that is still seen").toEqual(["changes 2 to null", "evidence 1"]);
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "resolved", verification: "verified" } })).toBe(2);
});

test("where policy asks for four eyes, the preview of whoever sent the scan does not count it, and that of a colleague does", async () => {
  const { environment, ann, bob } = await ground({ closure_verification: { required: ["high"] }, tickets: { four_eyes: true } });
  await imported({ environment, takenAt: hour(-3), sees: ["a"], actor: ann });
  await imported({ environment, takenAt: hour(-1), sees: [], actor: ann });
  await imported({ environment, takenAt: hour(-3), sees: ["b"], asset: "web-2", actor: bob });
  await imported({ environment, takenAt: hour(-1), sees: [], asset: "web-2", actor: bob });
  const patched = { environment, filter: { tab: "all" }, action: { response: "closed", reason: "patched", note: "Updated." } };
  for (const actor of [ann, bob]) {
    const { id } = done(await prepareBulk(actor, patched));
    expect(await groups(actor, environment, id)).toEqual(["changes 1 to resolved", "evidence 1"]);
    const changes = done(await listBulkItems(actor, { environment, bulk: id, code: "changes" })).items;
    expect(changes.map(({ asset }) => asset), actor.name).toEqual([actor === ann ? "web-2" : "web-1"]);
  }
});

test("a policy that takes no scans as evidence counts none in the preview, and an absence needs no proof where none is asked for", async () => {
  const { environment, ann, bob } = await ground({ closure_verification: { required: ["high"], accepted: ["retest"] } });
  await imported({ environment, takenAt: hour(-3), sees: ["a", { is: "b", technical: "low" }], actor: bob });
  await imported({ environment, takenAt: hour(-1), sees: [], actor: bob });
  const { id } = done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action: { response: "closed", reason: "patched", note: "Updated." } }));
  expect(await groups(ann, environment, id)).toEqual(["changes 1 to resolved", "evidence 1"]);
});

test("of findings whose fix the next scan is to prove, those that wait for it already are parted from those that would begin to", async () => {
  const { environment, ann, bob } = await ground();
  await imported({ environment, takenAt: hour(-3), sees: ["a", "b", "c"], actor: bob });
  done(await bulkAtOnce(bob, { environment, items: [{ number: 1 }], action: { response: "closed", reason: "patched", claim: true } }));
  done(await bulkAtOnce(bob, { environment, items: [{ number: 2 }, { number: 3 }], action: { response: "investigating" } }));
  const { id } = done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action: { response: "closed", reason: "patched", claim: true } }));
  expect(await groups(ann, environment, id)).toEqual(["already_there 1", "changes 2 to in_progress"]);
});

const NAMES = ["a", "b", "c", "d", "e", "f"] as const;
const days = (count: number) => new Date(Date.now() + count * 24 * HOUR).toISOString();
const UNTIL = [days(30), days(60), days(700)];
const names = fc.uniqueArray(fc.constantFrom(...NAMES));
const tags = fc.uniqueArray(fc.constantFrom("wave-1", "Wave 1", "kept", "response:closed", "response:accepted_risk"), { maxLength: 2 });

const decision = fc.record({
  response: fc.constantFrom(...RESPONSES, "closed", "closed"), reason: fc.constantFrom(...CLOSE_REASONS, "patched", "patched"), claim: fc.boolean(),
  expiresAt: fc.constantFrom(...UNTIL), duplicateOf: fc.constantFrom(1, 2, 7), followUpOn: fc.constantFrom(days(10)),
  evidence: fc.constantFrom(...["retest", "commit", "scan"].map((kind) => [{ kind, reference: "it-1" }])),
}, { requiredKeys: ["response"] });
/** Decisions that are sound, and decisions of anything: most of those are refused as a whole. */
const sound = fc.oneof(
  fc.record({ response: fc.constant("closed"), reason: fc.constantFrom("patched", "mitigated", "decommissioned"), claim: fc.boolean() }, { requiredKeys: ["response", "reason"] }),
  fc.record({ response: fc.constant("accepted_risk"), expiresAt: fc.constantFrom(...UNTIL) }),
  fc.record({ response: fc.constantFrom("investigating", "needs_review") }),
  fc.record({ response: fc.constant("closed"), reason: fc.constant("duplicate"), duplicateOf: fc.constantFrom(1, 2, 7) }),
  fc.record({ response: fc.constant("investigating"), reason: fc.constant("vendor_notified"), followUpOn: fc.constant(days(10)) }),
);
const acts = fc.record({
  severity: fc.constantFrom(...SEVERITIES), assignee: fc.constantFrom("ann", "bob", null), tags: fc.record({ add: tags, remove: tags }), state: fc.constantFrom("live", "offline", "relevant", null), note: fc.constant("Because."),
}, { requiredKeys: [] });
const action = fc.oneof({ weight: 4, arbitrary: fc.tuple(sound, fc.oneof(fc.constant({}), fc.constant({ note: "Because." }), acts)) }, { weight: 2, arbitrary: fc.tuple(fc.constant({}), acts) }, { weight: 1, arbitrary: fc.tuple(decision, acts) })
  .map(([decided, others]) => ({ ...others, ...decided }));

const world = fc.record({
  policy: fc.record({
    closure_verification: fc.record({ required: fc.subarray([...SEVERITIES]), accepted: fc.subarray([...EVIDENCE_KINDS], { minLength: 1 }) }),
    acceptance: fc.record({ approval_required: fc.boolean() }), tickets: fc.record({ four_eyes: fc.boolean() }),
  }),
  technical: fc.array(fc.constantFrom("high", "low"), { minLength: 12, maxLength: 12 }), gone: fc.integer({ min: 0, max: 1 }), goes: fc.constantFrom(-1, 1),
  left: fc.tuple(names, names), before: fc.array(fc.tuple(names, action), { minLength: 2, maxLength: 4 }), proved: names,
  asked: fc.array(fc.record({ action, inPieces: fc.boolean(), listed: fc.option(names.filter((list) => list.length > 0)) }), { minLength: 4, maxLength: 5 }),
});

let compared = 0;
const named = (of: object, people: Record<string, string>) => ("assignee" in of && typeof of.assignee === "string" ? { ...of, assignee: people[of.assignee] } : of);
const number = (name: string) => 1 + NAMES.findIndex((each) => each === name);

test("in any world, for any action: what the preview says of each finding is what the run makes of it", async () => {
  await fc.assert(fc.asyncProperty(world, async ({ policy, technical, gone, goes, left, before, proved, asked }) => {
    const { environment, ann, bob } = await ground(policy);
    await makeAsset(environment, { name: "web-0", decommissionOn: hour(48 * (0.5 - gone)) });
    const people = { ann: ann.id, bob: bob.id };
    const sees = (host: number, which: readonly string[]) => which.map((name) => ({ is: `${name}${host}`, technical: technical[number(name) + 6 * host - 1] === "low" ? "low" as const : "high" as const, category: name < "d" ? "Secret" : "Code" }));
    for (const host of [0, 1]) await imported({ environment, takenAt: hour(-3), asset: `web-${host}`, sees: sees(host, NAMES), actor: host === 0 ? ann : bob });
    for (const [list, act] of before.slice(0, 1)) await bulkAtOnce(bob, { environment, items: list.map((name) => ({ number: number(name) })), action: named(act, people) });
    for (const host of [0, 1]) await imported({ environment, takenAt: hour(goes), asset: `web-${host}`, sees: sees(host, left[host] ?? []), actor: host === 0 ? ann : bob });
    for (const [list, act] of before.slice(1)) await bulkAtOnce(bob, { environment, items: list.map((name) => ({ number: number(name) })), action: named(act, people) });
    await addEvidence(bob, { environment, items: proved.map((name) => ({ number: number(name) })), evidence: [{ kind: "retest", reference: "by hand" }] });

    for (const { action: wanted, inPieces, listed } of asked) {
      const items = listed?.map((name, place) => ({ number: number(name), ...(place === 1 ? { version: 0 } : {}) }));
      const prepared = await prepareBulk(ann, { environment, ...(items ? { items } : { filter: { tab: "all" } }), action: named(wanted, people) });
      if (!prepared.ok) continue; // refused as a whole: nothing is shown, nothing runs
      const { id, total } = prepared.value;
      const planned = await seen(id, environment, ann);
      done(await startBulk(ann, { environment, bulk: id, confirm: total }));
      const claimed = inPieces ? await takeBulk(id) : null;
      if (claimed) while (done(await runChunk(claimed, 5)) === "more");
      else await runBulk(id);
      expect(await seen(id, environment, ann)).toEqual(planned);
      compared += 1;
    }
  }), { numRuns: 12 });
  expect(compared, "most of what was asked was not refused as a whole").toBeGreaterThan(20);
}, 240_000);
