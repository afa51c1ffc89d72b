import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { requestScan } from "@/lib/commands/scans/request";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { faultOf, samples, sarifOf } from "@/lib/plugins/importers/samples/reading-samples";
import { makeEnvironment } from "@/lib/testing/make";
import { zipOf } from "@/lib/testing/zip";
import { runImport } from "./run-import";

const operator = operatorActor("test");

async function imported(environment: number, bytes: Uint8Array, options: Record<string, unknown> = {}) {
  async function* file() {
    yield bytes;
  }
  const asked = await requestScan(operator, { environment, options: { asset: "shop", apply: "now", ...options } }, { bytes: file(), declaredBytes: null, maxBytes: 1e9 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  await runImport(asked.value.scan);
  const { status, error, attempt } = await prisma.scan.findUniqueOrThrow({ where: { id: asked.value.scan } });
  return { status, error, attempt };
}

/** What an import may leave in an environment, table by table. */
async function left(environmentId: number): Promise<Record<string, number>> {
  const where = { environmentId };
  const [findings, details, assets, detectors, rules, scopes, phrases, suggestions, staged] = await Promise.all([
    prisma.finding.count({ where }), prisma.findingDetail.count({ where }), prisma.asset.count({ where }), prisma.detector.count({ where }), prisma.rule.count({ where }),
    prisma.scope.count({ where }), prisma.phrase.count({ where }), prisma.suggestion.count({ where }), prisma.scanStage.count(),
  ]);
  return { findings, details, assets, detectors, rules, scopes, phrases, suggestions, staged };
}

const nothing = { findings: 0, details: 0, assets: 0, detectors: 0, rules: 0, scopes: 0, phrases: 0, suggestions: 0, staged: 0 };

test("every sample that breaks off near its end, when nearly all of it has been staged, leaves no row of any kind", async () => {
  const environment = await makeEnvironment();
  let refused = 0;
  for (const { name, bytes, importer } of samples()) {
    const whole = bytes.toString("utf8").trimEnd();
    const cut = importer.provesItsEnd === false ? Buffer.from(`${whole}\n"{\u0000`) : Buffer.from(whole).subarray(0, -1);
    if ((await faultOf(importer, cut)) === null) continue;
    refused++;
    expect(await imported(environment, cut), name).toMatchObject({ status: "failed", error: expect.stringMatching(/./), attempt: 1 });
  }
  expect(refused).toBeGreaterThan(samples().length * 0.9);
  expect(await left(environment)).toEqual(nothing);
}, 120_000);

const good = sarifOf('{"ruleId":"a","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.ts"}}}]}');
const ruined = good.replace("]}]}", ']}],"a\\u0000\\ud800":[}');
const deep = good.replace('"ruleId":"a"', `"ruleId":"a","properties":${"[".repeat(5_000)}${"]".repeat(5_000)}`);

test.each<[string, Uint8Array, Record<string, unknown>?]>([
  ["names in it that cannot be stored", Buffer.from(ruined)],
  ["nesting without an end", Buffer.from(deep)],
  ["another format than it is called", Buffer.from(good), { format: "nessus" }],
  ["no format at all", Buffer.from(`{"${"\u{1f600}".repeat(20_000)}\\u0000":1}`)],
  ["half a gzip file", gzipSync(good.repeat(50)).subarray(0, -9)],
  ["a zip whose sum is wrong", zipOf([{ name: "a.sarif", content: good, crc32: 1 }])],
  ["a zip of two reports with names made to mislead", zipOf([{ name: "../../etc/\u0000passwd", content: good }, { name: "\u{1f600}".repeat(3_000), content: good }])],
  ["a zip bomb", zipOf([{ name: "a", content: Buffer.alloc(80 * 1024 ** 2, " ") }])],
])("a report with %s is refused at once, in a sentence, and leaves nothing", async (_, bytes, options) => {
  const environment = await makeEnvironment();
  const { status, error, attempt } = await imported(environment, bytes, options);
  expect({ status, attempt }).toEqual({ status: "failed", attempt: 1 });
  expect(error?.isWellFormed() === true && error.length > 10 && error.length <= 2_000).toBe(true);
  expect(await left(environment)).toEqual(nothing);
});

test("a report in a zip of more than one chunk is imported like the plain one", async () => {
  const environment = await makeEnvironment();
  const noise = Array.from({ length: 60_000 }, (_, n) => `${(n * 2_654_435_761) % 4_294_967_296}`).join(" ");
  const zip = zipOf([{ name: "notes.txt", content: noise.repeat(3), stored: true }, { name: "../out/report.sarif", content: good }]);
  expect(zip.length).toBeGreaterThan(1024 ** 2);
  expect(await imported(environment, zip)).toMatchObject({ status: "completed", error: null });
  expect(await left(environment)).toMatchObject({ findings: 1, assets: 1, rules: 1, staged: 0 });
});
