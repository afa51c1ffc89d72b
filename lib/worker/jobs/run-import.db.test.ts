import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { saveMapping } from "@/lib/commands/mappings/save";
import { requestScan } from "@/lib/commands/scans/request";
import { applyPreview, cancelScan } from "@/lib/commands/scans/settle";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { getScan } from "@/lib/queries/rest-scans";
import { makeEnvironment } from "@/lib/testing/make";
import { runImport } from "./run-import";

const operator = operatorActor("test");

async function send(environment: number, text: string, options: Record<string, unknown> = {}): Promise<number> {
  async function* file() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  }
  const asked = await requestScan(operator, { environment, options }, { bytes: file(), declaredBytes: null, maxBytes: 1e9 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  return asked.value.scan;
}

async function standing(environment: number, id: number) {
  const scan = await getScan(operator, { environment, id });
  if (!scan.ok) throw new Error(scan.refusal.message);
  return scan.value;
}

async function imported(environment: number, text: string, options: Record<string, unknown> = {}) {
  const scan = await send(environment, text, options);
  await runImport(scan);
  return standing(environment, scan);
}

const sarif = (names: readonly string[]) => JSON.stringify({
  version: "2.1.0",
  runs: [{
    tool: { driver: { name: "linter", rules: [] } },
    results: names.map((name) => ({ ruleId: name, level: "error", message: { text: `About ${name}` }, locations: [{ physicalLocation: { artifactLocation: { uri: `src/${name}.ts` }, region: { startLine: 1 } } }] })),
  }],
});

test("whoever cancels a scan while it is being read stops its runner within three seconds, and what was staged is gone", async () => {
  const environment = await makeEnvironment();
  const scan = await send(environment, sarif(Array.from({ length: 150_000 }, (_, n) => `check-${n}`)), { asset: "shop" });
  const running = runImport(scan);
  while ((await standing(environment, scan)).status !== "parsing") await sleep(5);
  expect(await cancelScan(operator, { environment, scan })).toMatchObject({ ok: true });
  const cancelledAt = Date.now();
  expect(await running, "nothing was done").toBe(false);
  expect(Date.now() - cancelledAt).toBeLessThan(3_500);
  expect(await prisma.scanStage.count()).toBe(0);
  expect(await prisma.finding.count({ where: { environmentId: environment } })).toBe(0);
  expect((await standing(environment, scan)).status).toBe("cancelled");
}, 60_000);

test("a preview that is looked at and applied is read again each time, and that is no breaking off", async () => {
  const environment = await makeEnvironment();
  await imported(environment, sarif(["a"]), { asset: "shop" });
  const scan = await send(environment, sarif(["a", "b"]), { asset: "shop", dry_run: true });
  await runImport(scan);
  for (let round = 0; round < 7; round++) {
    await imported(environment, sarif(["a", `other-${round}`]), { asset: "shop", apply: "now" }); // the world moves every time
    expect(await applyPreview(operator, { environment, scan })).toMatchObject({ ok: false, refusal: { code: "stale" } });
    await runImport(scan);
    expect((await standing(environment, scan)).status).toBe("previewed");
  }
  expect(await applyPreview(operator, { environment, scan })).toMatchObject({ ok: true });
  await runImport(scan);
  expect(await standing(environment, scan)).toMatchObject({ status: "completed", error: null });
});

test("columns of one's own are read by a saved mapping, and a report that waits keeps the one that it came with", async () => {
  const environment = await makeEnvironment();
  const table = "Befund;Maschine;Stufe\nVeraltete Bibliothek;web-1;hoch\nOffener Port;web-2;niedrig\n";
  const mapping = { title: "Befund", asset: "Maschine", severity: "Stufe", severities: { hoch: "high", niedrig: "low" }, delimiter: ";" };
  expect(await saveMapping(operator, { environment, name: "Unser Blatt", format: "generic-csv", mapping })).toMatchObject({ ok: true, value: { version: 1 } });
  const waiting = await send(environment, table, { mapping: "Unser Blatt" });
  await saveMapping(operator, { environment, name: "Unser Blatt", format: "generic-csv", mapping: { ...mapping, title: "Maschine" } });
  await runImport(waiting);
  expect(await standing(environment, waiting)).toMatchObject({ status: "completed", format: "generic-csv", new: 2, parts: [{ scope: "partial" }] });
  const found = await prisma.finding.findMany({ where: { environmentId: environment }, include: { asset: true }, orderBy: { title: "asc" } });
  expect(found.map(({ title, technical, asset }) => `${title} ${technical} ${asset.name}`)).toEqual(["Offener Port low web-2", "Veraltete Bibliothek high web-1"]);

  expect(await saveMapping(operator, { environment, name: "Unser Blatt", format: "generic-csv", mapping, version: 1 })).toMatchObject({ ok: false, refusal: { code: "stale" } });
  await expect(send(environment, table, { mapping: "Ihr Blatt" })).rejects.toThrow("There is no saved mapping Ihr Blatt here.");
  expect(await imported(environment, sarif(["a"]), { format: "sarif", mapping })).toMatchObject({ status: "failed", error: { message: expect.stringContaining("has its own columns") } });
});

test("two tables of one's own that name no detector never close each other's findings, not even as full; with their detectors each closes its own", async () => {
  const environment = await makeEnvironment();
  const table = (...titles: string[]) => JSON.stringify(titles.map((title) => ({ title, severity: "high", host: "web-1" })));
  const live = () => prisma.finding.count({ where: { environmentId: environment, scannerStatus: { not: "closed" } } });
  const asked = { asset: "web-1", scope: "full" };
  await imported(environment, table("seen by one tool"), asked);
  expect(await imported(environment, table("seen by another"), asked)).toMatchObject({ status: "completed", format: "generic-json", new: 1, unseen: 0, parts: [{ detector: "generic", scope: "partial" }] });
  expect(await live()).toBe(2);

  await imported(environment, table("a", "b"), { ...asked, detector: "our-sheet" });
  expect(await imported(environment, table("a"), { asset: "web-1", detector: "our-sheet" })).toMatchObject({ persisting: 1, unseen: 1, parts: [{ scope: "full" }] });
  expect(await live()).toBe(3);
});

test("a document that only states things is taken, counted, and closes nothing", async () => {
  const environment = await makeEnvironment();
  const vex = {
    "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.test/vex-1", author: "Vendor", timestamp: "2026-03-02T12:00:00Z", version: 1,
    statements: [{ vulnerability: { name: "CVE-2024-0001" }, products: [{ "@id": "pkg:npm/left-pad@1.0.0" }], status: "not_affected", justification: "component_not_present" }],
  };
  expect(await imported(environment, JSON.stringify(vex))).toMatchObject({ status: "completed", observed: 0, statements: 1, parts: [] });
});

test("a list shows its end and closes what it no longer names; the same results as lines do not", async () => {
  const environment = await makeEnvironment();
  const match = (name: string, at: string) => JSON.stringify({ "template-id": name, info: { name, severity: "high" }, host: "shop.example.com", "matched-at": "https://shop.example.com/", type: "http", timestamp: at });
  const [first, second, third] = ["2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"] as const;
  expect(await imported(environment, `[${match("a", first)},${match("b", first)}]`)).toMatchObject({ format: "nuclei", new: 2, parts: [{ scope: "full" }] });
  expect(await imported(environment, `${match("a", second)}\n`)).toMatchObject({ format: "nuclei", persisting: 1, unseen: 0, parts: [{ scope: "partial" }] });
  expect(await imported(environment, `[${match("a", third)}]`)).toMatchObject({ persisting: 1, unseen: 1, parts: [{ scope: "full" }] });
});

test("a repository's two analyses by one tool close nothing of each other's, nor does a report of which no row can be read", async () => {
  const environment = await makeEnvironment();
  const analysis = (language: string, results: readonly object[]) => JSON.stringify({ version: "2.1.0", runs: [{ automationDetails: { id: `/language:${language}/` }, tool: { driver: { name: "CodeQL" } }, results }] });
  const detected = () => prisma.finding.findMany({ where: { environmentId: environment, scannerStatus: { not: "closed" } }, orderBy: { id: "asc" }, include: { detector: true } })
    .then((found) => found.map(({ title, detector }) => `${title} by ${detector.name}`));
  await imported(environment, analysis("go", []), { asset: "shop" });
  await imported(environment, analysis("java", [{ ruleId: "xss" }]), { asset: "shop" });
  await imported(environment, analysis("go", [{ ruleId: "race" }]), { asset: "shop" });
  expect(await detected()).toEqual(["xss by codeql (language:java)", "race by codeql (language:go)"]);
  expect(await prisma.asset.findMany({ where: { environmentId: environment }, select: { name: true, kind: true } }), "code scanners look at repositories").toEqual([{ name: "shop", kind: "repository" }]);

  const renamed = await imported(environment, analysis("java", [{ rule_name: "xss" }]), { asset: "shop" });
  expect(renamed).toMatchObject({ status: "failed", error: { message: expect.stringContaining("Its one entry cannot be read as SARIF 2.1.0"), at: "runs[0].results[0], line 1" } });
  expect(await detected()).toHaveLength(2);
  expect(await imported(environment, analysis("java", []), { asset: "shop" })).toMatchObject({ status: "completed" });
  expect(await detected()).toEqual(["race by codeql (language:go)"]);
});
