import { expect, test } from "vitest";
import { changeAssets } from "@/lib/commands/assets/change";
import { createAsset } from "@/lib/commands/assets/create";
import { importAssets } from "@/lib/commands/assets/import";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import type { Result } from "@/lib/domain/refusal";
import { sheetHead, sheetLines } from "@/lib/domain/asset/sheet-out";
import { exportAssets } from "@/lib/queries/rest-assets";
import { logLength } from "@/lib/testing/expect-audit";
import { makeAsset, makeEnvironment, makeFinding, makeMember, makeScope } from "@/lib/testing/make";

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? "ok" : `${result.refusal.code}: ${result.refusal.message}`);

async function* bytesOf(text: string | Uint8Array) {
  yield typeof text === "string" ? new TextEncoder().encode(text) : text;
}

/** The trail of an asset in words: "Ann: asset.changed {…} > {…}". */
async function trailOf(asset: number): Promise<string[]> {
  const events = await prisma.auditEvent.findMany({ where: { recordType: "asset", recordNumber: asset }, orderBy: { sequence: "asc" }, include: { body: true } });
  return events.map(({ actorName, action, body }) => `${actorName}: ${action} ${JSON.stringify(body?.before)} > ${JSON.stringify(body?.after)}`);
}

test("an asset is entered before a scan has met it; the same name twice is a conflict and leaves no entry", async () => {
  const environment = await makeEnvironment();
  const max = await makeMember(environment, "manager", "Max");
  const { id } = valueOf(await createAsset(max, { environment, name: " vpn.test ", exposure: "internet", team: " Network ", owner: "" }));
  expect(await prisma.asset.findUnique({ where: { id } })).toMatchObject({ name: "vpn.test", kind: "host", exposure: "internet", sensitivity: "unknown", team: "Network", owner: null, version: 0 });
  const trail = await trailOf(id);
  expect([trail.length, trail[0]]).toEqual([1, expect.stringMatching(/^Max: asset.created null > .*"exposure":"internet"/)]);
  const entries = await logLength();
  expect(codeOf(await createAsset(max, { environment, name: "vpn.test" }))).toBe('conflict: There already is an asset "vpn.test".');
  expect(codeOf(await createAsset(await makeMember(environment, "analyst"), { environment, name: "other" }))).toMatch(/^forbidden/);
  expect(await logLength()).toBe(entries);
});

test("a bulk edit touches the fields that were named; what a colleague changed since is left alone and says who", async () => {
  const environment = await makeEnvironment();
  const [max, ann] = [await makeMember(environment, "manager", "Max"), await makeMember(environment, "manager", "Ann")];
  const [one, two, three] = [await makeAsset(environment), await makeAsset(environment), await makeAsset(environment)];
  const elsewhere = await makeAsset(await makeEnvironment());
  valueOf(await changeAssets(ann, { environment, items: [{ id: two }], change: { team: "Shop" } }));

  const change = { exposure: "internet", owner: "Lead" };
  const done = valueOf(await changeAssets(max, { environment, items: [{ id: one, version: 0 }, { id: two, version: 0 }, { id: three }, { id: elsewhere }], change }));
  expect(done.changed).toEqual([{ id: one, version: 1 }, { id: three, version: 1 }]);
  expect(done.skipped.map(({ id, code, why }) => `${id} ${code} ${why.replace(/ at \S+Z/, "")}`)).toEqual([
    `${elsewhere} missing There is no asset ${elsewhere} here.`, expect.stringMatching(new RegExp(`^${two} stale Ann changed host-`)),
  ]);
  expect(await prisma.asset.findUnique({ where: { id: two } })).toMatchObject({ team: "Shop", exposure: "unknown", version: 1 });
  expect((await trailOf(one))[0]).toMatch(/^Max: asset.changed .*"exposure":"unknown".* > .*"exposure":"internet"/);
  const again = valueOf(await changeAssets(max, { environment, items: [{ id: one }, { id: three }], change }));
  expect([again.changed, again.same]).toEqual([[], [one, three]]);
  expect(await trailOf(one)).toHaveLength(1);
  expect(codeOf(await changeAssets(max, { environment, items: [{ id: one }], change: {} }))).toBe("invalid: Say what shall change.");
  expect(codeOf(await changeAssets(max, { environment, items: [{ id: one, version: 0 }], change: { team: "x" }, strict: true }))).toMatch(/^stale: Max changed/);
});

test("a decommission date retires an asset, proves that its findings went with it, and can be taken back", async () => {
  const environment = await makeEnvironment();
  const max = await makeMember(environment, "manager", "Max");
  const scope = await makeScope(environment);
  const { number } = await makeFinding(scope);
  const closing = { environment, items: [{ number }], response: "closed", reason: "decommissioned", strict: true };
  expect((await respond(max, closing)).ok).toBe(false);
  valueOf(await changeAssets(max, { environment, items: [{ id: scope.asset }], change: { decommissionOn: "2026-01-31" }, note: "Switched off." }));
  expect((await respond(max, closing)).ok).toBe(true);
  valueOf(await changeAssets(max, { environment, items: [{ id: scope.asset }], change: { decommissionOn: null } }));
  expect((await trailOf(scope.asset)).map((line) => line.split(" ")[1])).toEqual(["asset.decommissioned", "asset.changed"]);
});

test("a sheet is shown before it is applied, applied once, and refused when the inventory moved in between", async () => {
  const environment = await makeEnvironment();
  const max = await makeMember(environment, "manager", "Max");
  const there = await makeAsset(environment, { name: "web-1" });
  const sheet = "name,exposure,team\nweb-1,internet,Shop\nweb-2,moon,\nweb-3,internal,\n";
  const entries = await logLength();
  const seen = valueOf(await importAssets(max, { environment, dryRun: true }, bytesOf(sheet)));
  expect(seen).toMatchObject({ applied: false, new: 1, changed: 1, same: 0, refused: 1 });
  expect(seen.rows.map(({ line, kind, says }) => `${line} ${kind}: ${says}`)).toEqual([
    "4 new: Exposure Internal", "2 changed: Exposure: Unknown → Internet, Team: none → Shop", '3 refused: Exposure "moon": none of internet, partner, unknown, internal, isolated.',
  ]);
  expect([await logLength(), await prisma.asset.count({ where: { environmentId: environment } })]).toEqual([entries, 1]);

  valueOf(await changeAssets(max, { environment, items: [{ id: there }], change: { sensitivity: "public" } }));
  const moved = await importAssets(max, { environment, expects: seen.digest }, bytesOf(sheet));
  expect(codeOf(moved)).toBe("stale: The inventory has changed since this preview.");
  const fresh = valueOf(await importAssets(max, { environment, dryRun: true }, bytesOf(sheet)));
  expect(valueOf(await importAssets(max, { environment, expects: fresh.digest }, bytesOf(sheet)))).toMatchObject({ applied: true, new: 1, changed: 1 });
  expect(await prisma.asset.findUnique({ where: { id: there } })).toMatchObject({ exposure: "internet", team: "Shop", sensitivity: "public", version: 2 });
  const after = await logLength();
  expect(valueOf(await importAssets(max, { environment }, bytesOf(sheet)))).toMatchObject({ applied: true, new: 0, changed: 0, same: 2, refused: 1 });
  expect(await logLength()).toBe(after);
});

test("what is no sheet, too large or asked by an analyst changes nothing", async () => {
  const environment = await makeEnvironment();
  const max = await makeMember(environment, "manager");
  expect(codeOf(await importAssets(max, { environment }, bytesOf(new Uint8Array([0x6e, 0xff, 0xfe]))))).toBe("invalid: This file is not UTF-8, or broke off.");
  expect(codeOf(await importAssets(max, { environment }, bytesOf(new Uint8Array(5 * 1024 * 1024 + 1).fill(0x61))))).toBe("too_large: A sheet has at most 5 MB.");
  expect(codeOf(await importAssets(await makeMember(environment, "analyst"), { environment }, bytesOf("name\nx\n")))).toMatch(/^forbidden/);
  expect(await prisma.asset.count({ where: { environmentId: environment } })).toBe(0);
});

test("a thousand assets go out as a sheet and come back without a change, formulas in their names and all", async () => {
  const environment = await makeEnvironment();
  const max = await makeMember(environment, "manager");
  const odd = ["=cmd|' /C calc'!A0", "'=1", "ß, \"quoted\"", "＝wide", " blank before", "line one"];
  const names = [...odd, ...Array.from({ length: 1_100 }, (_, at) => `host-${at}`)];
  await prisma.asset.createMany({ data: names.map((name, at) => ({ environmentId: environment, name, exposure: at % 2 ? "internet" : "unknown", team: at % 3 ? "+team" : null, decommissionOn: at % 5 ? null : new Date("2027-02-28") })) });
  let text = sheetHead();
  let batches = 0;
  for await (const batch of valueOf(await exportAssets(max, { environment, filter: {}, site: "http://docket.test" }))) {
    text += sheetLines(batch);
    batches += 1;
  }
  expect([batches, text.trimEnd().split("\n").length]).toEqual([3, names.length + 1]);
  expect(valueOf(await importAssets(max, { environment }, bytesOf(text)))).toMatchObject({ new: 0, changed: 0, same: names.length, refused: 0 });
});

test("the database itself refuses a change without its entry, and any deletion", async () => {
  const environment = await makeEnvironment();
  const id = await makeAsset(environment);
  await expect(prisma.asset.update({ where: { id }, data: { exposure: "internet", version: 1 } })).rejects.toThrow(/without its entry in the log/);
  await expect(prisma.asset.delete({ where: { id } })).rejects.toThrow(/constraint violated/);
  expect(await prisma.asset.findUnique({ where: { id } })).toMatchObject({ exposure: "unknown", version: 0 });
});
