import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { applyPreview, cancelScan } from "@/lib/commands/scans/settle";
import { tidy } from "@/lib/commands/upkeep/tidy";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { getScan } from "@/lib/queries/rest-scans";
import { moveClock } from "@/lib/testing/clock";
import { makeEnvironment } from "@/lib/testing/make";
import { applyTest, claimedScan, imported, stageTest } from "@/lib/testing/scans";
import { removeOldFiles } from "./remove-files";

const DAY = 86_400_000;
const operator = operatorActor("test");
const chunks = (environment: number) => prisma.uploadChunk.count({ where: { environmentId: environment } });

test("a file goes so many days after its scan settled, and what proves it stays", async () => {
  const environment = await makeEnvironment();
  const { scan } = await imported({ environment, takenAt: new Date(), sees: ["a"] });
  expect(await removeOldFiles(30)).toBe(0);
  await moveClock(29 * DAY);
  const waiting = await claimedScan({ environment, takenAt: new Date(), sees: [] });
  expect(await removeOldFiles(30), "a day is left").toBe(0);
  await moveClock(2 * DAY);
  expect(await removeOldFiles(0), "kept for ever").toBe(0);
  expect(await removeOldFiles(30)).toBe(1);
  expect(await removeOldFiles(30), "once").toBe(0);
  expect(await chunks(environment), "that of the scan that waits").toBe(1);

  const { upload, ...kept } = await prisma.scan.findUniqueOrThrow({ where: { id: scan }, include: { upload: true } });
  expect(kept).toMatchObject({ status: "completed", created: 1 });
  expect(upload).toMatchObject({ sha256: createHash("sha256").update("a report that is never parsed").digest("hex"), bytes: 29n, removedAt: expect.any(Date) });
  expect(await getScan(operator, { environment, id: scan })).toMatchObject({ ok: true, value: { file_removed_at: upload.removedAt?.toISOString() } });
  expect(await getScan(operator, { environment, id: waiting.scan })).toMatchObject({ ok: true, value: { file_removed_at: null } });
});

test("what was shown and never applied goes too, and cannot be applied any more; its rows beside the tables go at once", async () => {
  const environment = await makeEnvironment();
  const shown = await imported({ environment, takenAt: new Date(), sees: ["a"], options: { dry_run: true } });
  expect(shown).toMatchObject({ status: "previewed" });
  const report = { environment, takenAt: new Date(), sees: ["b"] };
  const claimed = await claimedScan(report);
  const staged = await stageTest(claimed, report);
  expect(await cancelScan(operator, { environment, scan: claimed.scan })).toMatchObject({ ok: true });
  expect(await applyTest(claimed, report, staged)).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  await tidy();
  expect(await prisma.scanStage.count({ where: { environmentId: environment } })).toBe(0);

  await moveClock(31 * DAY);
  expect(await removeOldFiles(30)).toBe(2);
  expect(await chunks(environment)).toBe(0);
  expect(await applyPreview(operator, { environment, scan: shown.scan })).toMatchObject({ ok: false, refusal: { code: "conflict", message: expect.stringMatching(/^The file of scan \d+ was removed on \d{4}-\d\d-\d\d/) } });
  expect(await prisma.scanPreview.count({ where: { scanId: shown.scan } }), "it can still be looked at").toBe(1);
  expect(await cancelScan(operator, { environment, scan: shown.scan })).toMatchObject({ ok: true });
});
