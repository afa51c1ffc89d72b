import { describe, expect, it } from "vitest";
import { readAll } from "../samples/reading-samples";
import { trivy } from "../trivy";

const packages = { Target: "package-lock.json", Class: "lang-pkgs", Type: "npm" };
const vulnerable = { ...packages, Vulnerabilities: [{ VulnerabilityID: "CVE-2026-1", PkgName: "left", Severity: "HIGH" }] };
const sound = { Target: "main.tf", Class: "config", Type: "terraform", MisconfSummary: { Successes: 3, Failures: 0 } };
const faulty = { ...sound, Misconfigurations: [{ ID: "AVD-1", Title: "Open bucket", Severity: "HIGH", Status: "FAIL" }] };
const secret = { Target: ".env", Class: "secret", Secrets: [{ RuleID: "aws", Title: "Key", Severity: "HIGH", Match: "****" }] };
const licence = { Target: "npm", Class: "license", Licenses: [{ Name: "GPL-3.0", PkgName: "left", Severity: "HIGH" }] };
const folder = (...results: object[]): string => JSON.stringify({ SchemaVersion: 2, ArtifactName: "shop", ArtifactType: "filesystem", ...(results.length === 0 ? {} : { Results: results }) });

/** What a report looks at, and whether it says that the rest is gone; with the titles of what is in each look. */
async function looks(report: string): Promise<[string, ...string[]][]> {
  const { yields } = await readAll(trivy, report);
  const told: [string, ...string[]][] = [];
  let titles: string[] = [];
  for (const one of yields) {
    if (one.kind === "result") titles.push(one.result.title);
    if (one.kind !== "part") continue;
    told.push([`${one.part.detector}${one.part.provesItsEnd === false ? ", as far as it goes" : ""}`, ...titles]);
    titles = [];
  }
  return told;
}

describe("what Trivy's command line looked for", () => {
  it.each<[string, object[], [string, ...string[]][]]>([
    ["trivy config, with a fault: packages and secrets of the folder stay as they are", [sound, faulty], [["trivy-config", "Open bucket"]]],
    ["trivy config, with all of them mended: the last one closes", [sound], [["trivy-config"]]],
    ["trivy fs: the checks of configuration stay as they are", [vulnerable], [["trivy", "CVE-2026-1: vulnerability in left"]]],
    ["trivy fs, with a secret", [packages, secret], [["trivy", "Secret in a file: Key"]]],
    ["trivy fs, after the last secret was removed: it closes", [packages], [["trivy"]]],
    ["trivy fs of everything", [vulnerable, faulty, secret, licence], [["trivy", "CVE-2026-1: vulnerability in left", "Secret in a file: Key", "Licence GPL-3.0 of left"], ["trivy-config", "Open bucket"]]],
    ["secrets alone: nobody knows whether packages were looked for", [secret], [["trivy, as far as it goes", "Secret in a file: Key"]]],
    ["licences alone", [licence], [["trivy, as far as it goes", "Licence GPL-3.0 of left"]]],
    ["nothing at all: nobody knows what was looked for", [], [["trivy, as far as it goes"]]],
    ["a fault that is hidden", [{ ...sound, ExperimentalModifiedFindings: [{ Type: "misconfiguration", Finding: faulty.Misconfigurations[0] }] }], [["trivy-config", "Open bucket"]]],
  ])("%s", async (_, results, told) => {
    expect(await looks(folder(...results))).toEqual(told);
  });

  it("is whatever it may be where old versions name no class, and all of a cluster", async () => {
    expect(await looks('[{"Target":"alpine:3.10","Vulnerabilities":null}]')).toEqual([["trivy"]]);
    expect(await looks(JSON.stringify({ ClusterName: "c", Resources: [{ Namespace: "n", Kind: "Pod", Name: "web", Results: [] }] }))).toEqual([["trivy"]]);
    expect(await looks(JSON.stringify({ ClusterName: "c", Resources: [{ Namespace: "n", Kind: "Pod", Name: "web", Results: [faulty] }] }))).toEqual([["trivy-config", "Open bucket"]]);
  });
});
