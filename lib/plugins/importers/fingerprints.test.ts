import { describe, expect, it } from "vitest";
import { foldMessage, foldPath } from "./fingerprints";
import { nessus } from "./nessus";
import { nessusOf, readAll, sarifOf } from "./samples/reading-samples";
import { sarif } from "./sarif";
import { trivy } from "./trivy";

type Result = { rule?: string; uri?: string; line?: number; snippet?: string; message?: string; more?: Record<string, unknown> };

const result = ({ rule = "r", uri = "src/a.ts", line = 10, snippet, message = "bad", more = {} }: Result): unknown => ({
  ruleId: rule,
  message: { text: message },
  locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: line, ...(snippet === undefined ? {} : { snippet: { text: snippet } }) } } }],
  ...more,
});

async function prints(...results: Result[]): Promise<string[]> {
  const reading = await readAll(sarif, sarifOf(results.map((one) => JSON.stringify(result(one))).join(",")));
  return reading.results.map((one) => one.fingerprint);
}

async function same(a: Result, b: Result): Promise<boolean> {
  const [first, second] = await prints(a, b);
  return first !== undefined && first === second;
}

describe("the identity of a SARIF result", () => {
  it("survives what editing does around it", async () => {
    expect(await same({ line: 10, snippet: "x = y" }, { line: 99, snippet: "\t x =  y\n" })).toBe(true);
    expect(await same({ message: "see line 10 of a.ts:10:4" }, { message: "see line 99 of a.ts:99:1" })).toBe(true);
    expect(await same({ uri: "./src/a.ts" }, { uri: "src\\\\a.ts".replace("\\\\", "\\") })).toBe(true);
    expect(await same({ uri: `app@sha256:${"a".repeat(64)}` }, { uri: `app@sha256:${"b".repeat(64)}` })).toBe(true);
  });

  it("keeps apart what is not the same", async () => {
    expect(await same({ snippet: "x = y" }, { snippet: "x = z" })).toBe(false);
    expect(await same({ uri: "a" }, { uri: "b" })).toBe(false);
    expect(await same({ rule: "a" }, { rule: "b" })).toBe(false);
    expect(await same({ message: "port 80 is open" }, { message: "port 81 is open" })).toBe(false);
  });

  it("takes the tool's own fingerprint, but not a refusal written in its place", async () => {
    const own = (value: string): Result => ({ more: { fingerprints: { "matchBasedId/v1": value } } });
    expect(await same({ ...own("0123456789abcdef"), uri: "old.ts" }, { ...own("0123456789abcdef"), uri: "moved.ts" })).toBe(true);
    expect(await same({ ...own("requires login"), message: "a" }, { ...own("requires login"), message: "b" })).toBe(false);
  });

  it("does not trust a partial fingerprint without its file, and hears all of them", async () => {
    const partial = (column: string): Result => ({ more: { partialFingerprints: { primaryLocationLineHash: "abcdef:1", column } } });
    expect(await same({ ...partial("4"), line: 1 }, { ...partial("4"), line: 2 })).toBe(true);
    expect(await same({ ...partial("4"), uri: "a" }, { ...partial("4"), uri: "b" })).toBe(false);
    expect(await same(partial("4"), partial("9"))).toBe(false);
  });

  it("folds the same text of the same rule in the same file: they differ by nothing but their lines", async () => {
    expect(await same({ snippet: "import os", line: 1 }, { snippet: "import os", line: 2 })).toBe(true);
  });
});

describe("the identity of a vulnerable package", () => {
  const report = (version: string, path: string, name = "left-pad"): string =>
    JSON.stringify({ ArtifactName: "a", Results: [{ Target: "Node.js", Class: "lang-pkgs", Vulnerabilities: [{ VulnerabilityID: "CVE-2026-1000", PkgName: name, PkgPath: path, InstalledVersion: version }] }] });
  const print = async (text: string): Promise<string | undefined> => (await readAll(trivy, text)).results[0]?.fingerprint;

  it("survives an upgrade that is still vulnerable, also in a file named after the version", async () => {
    expect(await print(report("1.0.0", "lib/left-pad-1.0.0.jar"))).toBe(await print(report("1.0.1", "lib/left-pad-1.0.1.jar")));
  });

  it("keeps apart packages and places", async () => {
    expect(await print(report("1.0.0", "a"))).not.toBe(await print(report("1.0.0", "b")));
    expect(await print(report("1.0.0", "a"))).not.toBe(await print(report("1.0.0", "a", "right-pad")));
  });

  it("survives a rollout: the hash in a replica set's name is not the workload", async () => {
    const check = (set: string): string =>
      JSON.stringify({ kind: "ClusterComplianceReport", status: { detailReport: { results: [{ checks: [{ checkID: "K1", success: false, target: `shop/replicaset-${set}`, messages: [`ReplicaSet '${set}' is open`] }] }] } } });
    expect(await print(check("web-6f985bb6bd"))).toBe(await print(check("web-7c5ddbdf54")));
    expect(await print(check("web-6f985bb6bd"))).not.toBe(await print(check("api-6f985bb6bd")));
    expect(await print(check("web-frontend"))).not.toBe(await print(check("web-backend")));
  });
});

describe("the identity of a network weakness", () => {
  it("is the check, the port and the protocol: not what the server said this time", async () => {
    const item = (port: string, output: string, protocol = "tcp"): string => `<ReportItem pluginID="7" port="${port}" protocol="${protocol}" severity="2"><plugin_output>${output}</plugin_output></ReportItem>`;
    const { results } = await readAll(nessus, nessusOf(`<ReportHost name="a">${item("80", "one")}${item("80", "two")}${item("81", "one")}${item("80", "one", "udp")}</ReportHost>`));
    const [first, again, otherPort, otherProtocol] = results.map((one) => one.fingerprint);
    expect(first).toBe(again);
    expect(new Set([first, otherPort, otherProtocol]).size).toBe(3);
  });
});

it("folds only what moves", () => {
  expect(foldMessage("CVE-2024-12345 at  line 3,\n columns 4-9 of x.c:12:7, 10.0.0.1:443")).toBe("CVE-2024-12345 at line #, columns # of x.c:#, 10.0.0.1:443");
  expect(foldPath("https://a.test//b//c")).toBe("https://a.test/b/c");
});
