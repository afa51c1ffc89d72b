import { expect, test } from "vitest";
import { changeAssets } from "@/lib/commands/assets/change";
import { importAssets } from "@/lib/commands/assets/import";
import { revertAssets } from "@/lib/commands/assets/revert";
import { prisma } from "@/lib/db/client";
import type { Result } from "@/lib/domain/refusal";
import { assetPage } from "@/lib/queries/asset-page";
import { moveClock } from "@/lib/testing/clock";
import { logLength } from "@/lib/testing/expect-audit";
import { makeAsset, makeEnvironment, makeMember } from "@/lib/testing/make";

const HOUR = 3_600_000;

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? "ok" : `${result.refusal.code}: ${result.refusal.message}`);
const standing = async (id: number) => prisma.asset.findUniqueOrThrow({ where: { id }, select: { exposure: true, owner: true, team: true, version: true } });

async function bulkEdited() {
  const environment = await makeEnvironment();
  const [max, ann] = [await makeMember(environment, "manager", "Max"), await makeMember(environment, "manager", "Ann")];
  const assets = [await makeAsset(environment, { name: "a.test" }), await makeAsset(environment, { name: "b.test" }), await makeAsset(environment, { name: "c.test" })];
  valueOf(await changeAssets(max, { environment, items: [{ id: assets[0] }], change: { owner: "Before" } }));
  const { actionId } = valueOf(await changeAssets(max, { environment, items: assets.map((id) => ({ id })), change: { exposure: "internet", owner: "Lead" } }));
  return { environment, max, ann, assets, actionId };
}

test("a bulk edit is taken back as entries that name it; what a colleague changed since is left alone and says who", async () => {
  const { environment, max, ann, assets: [a, b, c], actionId } = await bulkEdited();
  valueOf(await changeAssets(ann, { environment, items: [{ id: b }], change: { team: "Shop" } }));

  const done = valueOf(await revertAssets(max, { environment, actionId, note: "Wrong list." }));
  expect(done.changed).toEqual([{ id: a, version: 3 }, { id: c, version: 2 }]);
  expect(done.skipped).toEqual([{ id: b, code: "conflict", why: expect.stringMatching(/^Ann changed b\.test at .*, after this\.$/) }]);
  expect(await Promise.all([a, b, c].map((id) => standing(id ?? 0)))).toEqual([
    { exposure: "unknown", owner: "Before", team: null, version: 3 }, { exposure: "internet", owner: "Lead", team: "Shop", version: 2 }, { exposure: "unknown", owner: null, team: null, version: 2 },
  ]);
  const entry = await prisma.auditEvent.findFirstOrThrow({ where: { recordType: "asset", recordNumber: a ?? 0 }, orderBy: { sequence: "desc" }, include: { body: true } });
  expect(entry).toMatchObject({ action: "asset.reverted", revokes: actionId, actorName: "Max", body: { note: "Wrong list.", before: { name: "a.test", exposure: "internet", owner: "Lead" }, after: { exposure: "unknown", owner: "Before" } } });

  const entries = await logLength();
  expect(valueOf(await revertAssets(max, { environment, actionId })).changed, "a second time there is nothing left of it").toEqual([]);
  expect(await logLength()).toBe(entries);
  valueOf(await revertAssets(ann, { environment, actionId: done.actionId }));
  expect(await standing(a ?? 0), "taking back can be taken back").toMatchObject({ exposure: "internet", owner: "Lead" });
});

test("one asset of many is taken back by the number of its entry, as its page offers it", async () => {
  const { environment, max, assets: [a, b] } = await bulkEdited();
  const page = valueOf(await assetPage(max, { environment, asset: a }));
  expect(page.events.map(({ revocable }) => revocable !== null)).toEqual([true, false]); // only the newest
  const viewers = valueOf(await assetPage(await makeMember(environment, "viewer"), { environment, asset: a }));
  expect(viewers.events.map(({ revocable }) => revocable)).toEqual([null, null]);
  expect(valueOf(await revertAssets(max, { environment, event: page.events[0]?.sequence, assets: [a] })).changed).toHaveLength(1);
  expect([await standing(a ?? 0), await standing(b ?? 0)]).toMatchObject([{ owner: "Before" }, { owner: "Lead" }]);
});

test("an imported sheet is taken back but for what it entered; after the policy's hours nothing is", async () => {
  const environment = await makeEnvironment({ policy: { undo_hours: 24 } });
  const max = await makeMember(environment, "manager", "Max");
  const id = await makeAsset(environment, { name: "known.test" });
  async function* sheet() {
    yield new TextEncoder().encode("name,team\nknown.test,Shop\nnew.test,Shop\n");
  }
  const { action } = valueOf(await importAssets(max, { environment }, sheet()));
  const done = valueOf(await revertAssets(max, { environment, actionId: action }));
  expect([done.changed.map((one) => one.id), done.skipped.map(({ why }) => why)]).toEqual([[id], ["new.test was entered by it, and no asset is deleted."]]);
  expect(await standing(id)).toMatchObject({ team: null });

  const { actionId } = valueOf(await changeAssets(max, { environment, items: [{ id }], change: { team: "Late" } }));
  await moveClock(25 * HOUR);
  expect(valueOf(await revertAssets(max, { environment, actionId })).skipped).toEqual([{ id, code: "conflict", why: "An action can be taken back for 24 hours." }]);
  expect(valueOf(await assetPage(max, { environment, asset: id })).events.every(({ revocable }) => revocable === null)).toBe(true);
});

test("who may not manage assets takes nothing back, nor does anybody what happened elsewhere or never", async () => {
  const { environment, max, actionId } = await bulkEdited();
  const other = await makeEnvironment();
  const entries = await logLength();
  expect(codeOf(await revertAssets(await makeMember(environment, "analyst"), { environment, actionId }))).toMatch(/^forbidden/);
  expect(codeOf(await revertAssets(await makeMember(other, "manager"), { environment: other, actionId }))).toBe("missing: There is no such action on assets here.");
  expect(codeOf(await revertAssets(max, { environment, event: "999999999" }))).toMatch(/^missing/);
  expect(codeOf(await revertAssets(max, { environment }))).toMatch(/^invalid/);
  expect(await logLength()).toBe(entries);
});
