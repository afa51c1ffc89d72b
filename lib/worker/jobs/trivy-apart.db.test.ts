import { expect, test } from "vitest";
import { requestScan } from "@/lib/commands/scans/request";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { makeEnvironment } from "@/lib/testing/make";
import { runImport } from "./run-import";

const operator = operatorActor("test");

const lockfile = { Target: "package-lock.json", Class: "lang-pkgs", Type: "npm", Vulnerabilities: [{ VulnerabilityID: "CVE-2026-1", PkgName: "left", Severity: "HIGH" }] };
const secret = { Target: ".env", Class: "secret", Secrets: [{ RuleID: "aws", Title: "Key", Severity: "HIGH", Match: "****" }] };
const sound = { Target: "main.tf", Class: "config", Type: "terraform", MisconfSummary: { Successes: 3, Failures: 0 } };
const faulty = { ...sound, Misconfigurations: [{ ID: "AVD-1", Title: "Open bucket", Severity: "HIGH", Status: "FAIL" }] };

async function scanned(environment: number, day: number, results: readonly object[], options: object = {}) {
  const report = { SchemaVersion: 2, CreatedAt: `2026-03-0${String(day)}T00:00:00Z`, ArtifactName: "shop", ArtifactType: "filesystem", ...(results.length === 0 ? {} : { Results: results }) };
  async function* file() {
    yield Buffer.from(JSON.stringify(report));
  }
  const asked = await requestScan(operator, { environment, options: { apply: "now", ...options } }, { bytes: file(), declaredBytes: null, maxBytes: 1e9 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  await runImport(asked.value.scan);
  const findings = await prisma.finding.findMany({ where: { environmentId: environment, scannerStatus: { not: "closed" } }, orderBy: { title: "asc" }, select: { title: true } });
  return findings.map(({ title }) => title.split(":").at(-1)?.trim());
}

test("what one run of Trivy looked for closes nothing of another one's, and the last secret closes by a run that looked for packages and secrets", async () => {
  const environment = await makeEnvironment();
  expect(await scanned(environment, 1, [lockfile, secret])).toEqual(["vulnerability in left", "Key"]);
  expect(await scanned(environment, 2, [faulty]), "trivy config").toEqual(["vulnerability in left", "Open bucket", "Key"]);
  expect(await scanned(environment, 3, [secret]), "secrets alone: nobody knows whether packages were looked for").toEqual(["vulnerability in left", "Open bucket", "Key"]);
  expect(await scanned(environment, 4, [lockfile]), "trivy fs, after the secret was removed").toEqual(["vulnerability in left", "Open bucket"]);
  expect(await scanned(environment, 5, [sound]), "trivy config, after the bucket was closed").toEqual(["vulnerability in left"]);
  expect(await scanned(environment, 6, []), "nothing: of whatever it looked for").toEqual(["vulnerability in left"]);
  expect(await scanned(environment, 7, [], { scope: "full" }), "its sender says that it looked for all").toEqual([]);
});
