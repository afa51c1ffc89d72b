import { expect, test } from "vitest";
import { requestScan } from "@/lib/commands/scans/request";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { findingPage } from "@/lib/queries/finding-page";
import { getScan } from "@/lib/queries/rest-scans";
import { scanPreview } from "@/lib/queries/scan-preview";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { runImport } from "./run-import";

const operator = operatorActor("test");
const HOUR = 3_600_000;

type Sees = Record<string, readonly (string | null)[]>;

/** A report with a run for each tool; what is null cannot be read. */
const report = (sees: Sees, takenAt: Date | null = null) => JSON.stringify({
  version: "2.1.0",
  runs: Object.entries(sees).map(([name, all]) => ({
    tool: { driver: { name, rules: [] } },
    ...(takenAt === null ? {} : { invocations: [{ executionSuccessful: true, endTimeUtc: takenAt.toISOString() }] }),
    results: all.map((of) => (of === null ? {} : { ruleId: of, level: "error", message: { text: `About ${of}` }, locations: [{ physicalLocation: { artifactLocation: { uri: `src/${of}.ts` }, region: { startLine: 1 } } }] })),
  })),
});

async function sent(environment: number, text: string, options: Record<string, unknown> = {}) {
  async function* file() {
    yield Buffer.from(text);
  }
  return requestScan(operator, { environment, options: { asset: "shop", ...options } }, { bytes: file(), declaredBytes: null, maxBytes: 1e9 });
}

async function imported(environment: number, text: string, options: Record<string, unknown> = {}) {
  const asked = await sent(environment, text, options);
  if (!asked.ok) throw new Error(asked.refusal.message);
  await runImport(asked.value.scan);
  const scan = await getScan(operator, { environment, id: asked.value.scan });
  if (!scan.ok) throw new Error(scan.refusal.message);
  return scan.value;
}

const live = async (environment: number) => (await prisma.finding.findMany({ where: { environmentId: environment, scannerStatus: { not: "closed" } }, select: { location: true }, orderBy: { location: "asc" } }))
  .map(({ location }) => location.replace(/^src\/(.*)\.ts.*$/, "$1"));

test("a row that could not be read does not close its finding: its detector closes nothing, even as full, and the other one of the file what it no longer sees", async () => {
  const environment = await makeEnvironment();
  await imported(environment, report({ linter: ["a", "b"], hunter: ["x", "y"] }));
  const torn = await imported(environment, report({ linter: ["a", null, "c"], hunter: ["x"] }), { scope: "full" });
  expect(torn).toMatchObject({ status: "completed", rejected: 1, unseen: 1, new: 1 });
  expect(torn.parts).toMatchObject([{ detector: "linter", scope: "partial", rejected: 1 }, { detector: "hunter", scope: "full", rejected: 0 }]);
  expect(await live(environment)).toEqual(["a", "b", "c", "x"]);

  const preview = await scanPreview(operator, { environment, scan: torn.id });
  expect(preview.ok && preview.value.looks.detectors).toMatchObject([{ detector: "linter", rejected: 1, covered: 0 }, { detector: "hunter", rejected: 0, covered: 1 }]);
  const { number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, location: { startsWith: "src/b.ts" } } });
  const page = await findingPage(await makeMember(environment, "viewer"), { environment, number });
  expect(page.ok && page.value.finding.why.join(" ")).toContain(`Scan ${torn.id} came later with rows that could not be read: it closes nothing.`);

  expect(await imported(environment, report({ linter: ["a", "c"] }), {}), "read whole again").toMatchObject({ unseen: 1, rejected: 0 });
  expect(await live(environment)).toEqual(["a", "c", "x"]);
});

test("whoever names the findings that were looked for closes none of them either by a report with a row that could not be read", async () => {
  const environment = await makeEnvironment();
  await imported(environment, report({ linter: ["a", "b"] }));
  const named = { scope: "partial", scope_findings: [1, 2] };
  expect(await imported(environment, report({ linter: ["a", null] }), named)).toMatchObject({ unseen: 0, rejected: 1 });
  expect(await imported(environment, report({ linter: ["a"] }), named)).toMatchObject({ unseen: 1 });
});

test("last month's file, sent today with its time, fills history; a report that says its own time is believed, whatever its sender says", async () => {
  const environment = await makeEnvironment();
  const today = await imported(environment, report({ linter: ["a"] }));
  const month = new Date(Date.now() - 30 * 24 * HOUR);
  const older = await imported(environment, report({ linter: ["b"] }), { taken_at: month.toISOString() });
  expect(older).toMatchObject({ taken_at: month.toISOString(), new: 1, unseen: 0 });
  expect(await live(environment), "what the older one alone saw is gone by today's").toEqual(["a"]);

  const said = new Date(Date.now() - HOUR);
  const own = await imported(environment, report({ linter: ["a"] }, said), { taken_at: month.toISOString() });
  expect(own.taken_at).toBe(said.toISOString());
  expect(new Date(own.taken_at ?? 0) < new Date(today.taken_at ?? 0), "older than what is known").toBe(true);
});

test("a time in the future or before there were reports is refused with its field; a clock that differs by a minute counts as now", async () => {
  const environment = await makeEnvironment();
  const refused = (taken_at: string) => sent(environment, report({ linter: ["a"] }), { taken_at });
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  expect(await refused(at(HOUR))).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "taken_at", message: expect.stringContaining("future") }] } });
  expect(await refused("1989-12-31")).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "taken_at", message: expect.stringContaining("1990") }] } });
  expect(await refused("last month"), "no time at all").toMatchObject({ ok: false, refusal: { code: "invalid" } });
  expect(await prisma.scan.count({ where: { environmentId: environment } })).toBe(0);
  const scan = await imported(environment, report({ linter: ["a"] }), { taken_at: at(60_000) });
  expect(scan.taken_at).toBe(scan.requested_at);
});
