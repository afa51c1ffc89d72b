import { expect, test } from "vitest";
import { prisma, sql } from "@/lib/db/client";
import { UNNAMED_ASSET } from "@/lib/domain/scan/report";
import { operatorActor } from "@/lib/gate/actor";
import { getScan } from "@/lib/queries/rest-scans";
import { scanPreview, scanRows } from "@/lib/queries/scan-preview";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { applyTest, claimedScan, imported, stageTest, type TestReport } from "@/lib/testing/scans";
import { applyPreview, releaseScan } from "./settle";
import { beginApplying, giveBackScan, keepScan, startScan } from "./start";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
const operator = operatorActor("test");
const named = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`);

async function answer<T>(asked: Promise<{ ok: true; value: T } | { ok: false; refusal: { message: string } }>): Promise<T> {
  const found = await asked;
  if (!found.ok) throw new Error(found.refusal.message);
  return found.value;
}

async function run(scan: number, report: TestReport) {
  const claimed = await startScan(scan);
  if (!claimed) throw new Error("The scan was not there to take.");
  return answer(applyTest(claimed, report, await stageTest(claimed, report)));
}

async function braked() {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: named(40) });
  const report: TestReport = { environment, takenAt: at(2), sees: named(5), options: { dry_run: true } };
  const { scan, status } = await imported(report);
  expect(status).toBe("previewed");
  return { environment, report, scan, ann: await makeMember(environment, "analyst", "Ann"), mia: await makeMember(environment, "manager", "Mia") };
}

test("a preview says that applying it will be held; one that was only shown never counts as held, one that was does", async () => {
  const { environment, report, scan, ann } = await braked();
  const before = await answer(scanPreview(ann, { environment, scan }));
  expect(before).toMatchObject({ status: "previewed", releasers: ["Mia"], may: { apply: true, release: false }, attempts: [{ held: false }] });
  expect(before.brakes[0]?.why).toContain("35 of 40");
  await answer(applyPreview(ann, { environment, scan }));
  expect(await run(scan, report)).toMatchObject({ status: "held" });
  expect(await answer(scanPreview(ann, { environment, scan }))).toMatchObject({ status: "held", attempts: [{ held: true }, { held: false }] });
});

test("a manager releases what would be held without waiting for it to be held", async () => {
  const { environment, report, scan, mia } = await braked();
  expect(await answer(scanPreview(mia, { environment, scan }))).toMatchObject({ status: "previewed", may: { release: true } });
  await answer(releaseScan(mia, { environment, scan, note: "The shop was taken down." }));
  expect(await run(scan, report)).toMatchObject({ status: "completed", unseen: 35 });
  expect((await answer(scanPreview(mia, { environment, scan }))).attempts.map(({ held }) => held)).toEqual([false, false]);
});

test("results that name no asset are told on the preview and to the caller, with what to do; with an asset there is nothing to say", async () => {
  const environment = await makeEnvironment();
  const { scan } = await imported({ environment, takenAt: at(1), sees: ["a", "b"], asset: UNNAMED_ASSET, options: { asset: undefined, dry_run: true } });
  expect((await answer(scanPreview(operator, { environment, scan }))).facts).toMatchObject({ unnamed: 2, newAssets: { total: 0, names: [] } });
  expect((await answer(getScan(operator, { environment, id: scan }))).notes).toEqual([expect.stringMatching(/^2 results name no asset.*--asset/)]);
  const given = await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  expect((await answer(getScan(operator, { environment, id: given.scan }))).notes).toEqual(["1 asset was new: “web-1”."]);
});

test("a mistyped asset shows as one that is new, also when nothing of the preview stays; severities that change are counted", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: named(3) });
  const typo = await imported({ environment, takenAt: at(2), sees: ["w0"], asset: "wbe-1", options: { dry_run: true } });
  expect((await answer(scanPreview(operator, { environment, scan: typo.scan }))).facts.newAssets).toEqual({ total: 1, names: ["wbe-1"] });
  const again = await imported({ environment, takenAt: at(2), sees: [{ is: "w0", technical: "critical" }, { is: "w1", technical: "low" }, { is: "w2", technical: "info" }], options: { dry_run: true } });
  expect((await answer(scanPreview(operator, { environment, scan: again.scan }))).facts).toEqual({ unnamed: 0, newAssets: { total: 0, names: [] }, severities: { raised: 1, lowered: 2 } });
});

test("rows say where in the report they stand, and a repeated one where the other is", async () => {
  const environment = await makeEnvironment();
  const { scan } = await imported({ environment, takenAt: at(1), sees: [{ is: "a", place: "results[0], line 3" }, { is: "b", place: "results[1], line 9" }, { is: "b", place: "results[2], line 12" }], options: { dry_run: true } });
  const why = async (kind: string) => (await answer(scanRows(operator, { environment, scan, attempt: 1, kind }))).rows.map((row) => row.why);
  expect((await why("new")).sort()).toEqual([expect.stringMatching(/ In the report at results\[0\], line 3\.$/), expect.stringMatching(/ In the report at results\[[12]\], line \d+\.$/)]);
  expect(await why("duplicate")).toEqual([expect.stringMatching(/^The same weakness as the one at results\[[12]\], line (9|12)\. In the report at results\[[12]\], line (9|12)\.$/)]);
});

test("how much is read counts each time that the file is read; then each step of working it out has its words", async () => {
  const environment = await makeEnvironment();
  const claimed = await claimedScan({ environment, takenAt: at(1), sees: [] });
  await keepScan(claimed, { bytes: claimed.uploadBytes, passes: 2, results: 0 });
  expect((await answer(getScan(operator, { environment, id: claimed.scan }))).progress).toMatchObject({ share: 0.5, passes: 2, step: null });
  await beginApplying(claimed);
  expect((await answer(getScan(operator, { environment, id: claimed.scan }))).progress).toMatchObject({ share: null, step: { at: 1, of: 4, final: false } });
});

test("a worker that was told to stop ten times, or met trouble of ours, has not died once; one that vanished has", async () => {
  const environment = await makeEnvironment();
  let claimed = await claimedScan({ environment, takenAt: at(1), sees: [] });
  for (let n = 0; n < 10; n++) {
    await giveBackScan(claimed, n % 2 === 0 ? null : "The disk is full.");
    claimed = await startScan(claimed.scan) ?? claimed;
  }
  expect(claimed).toMatchObject({ attempt: 11, tries: 0 });
  await prisma.$executeRaw(sql`UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = ${claimed.scan}`);
  expect(await startScan(claimed.scan)).toMatchObject({ attempt: 12, tries: 1 });
});
