import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { effort } from "@/lib/testing/effort";
import type { Source } from "./contract";
import { LIMITS } from "./limits";
import { nessus } from "./nessus";
import { faultOf, nessusOf, readAll, sarifOf } from "./samples/reading-samples";
import { sarif } from "./sarif";
import { trivy } from "./trivy";

const deep = (open: string, close: string): string => open.repeat(100_000) + close.repeat(100_000);
const item = (inside: string, attributes = 'pluginID="1" pluginName="n" port="1" protocol="tcp" severity="1"'): string =>
  nessusOf(`<ReportHost name="h"><ReportItem ${attributes}>${inside}</ReportItem></ReportHost>`);

describe("a hostile SARIF file", () => {
  it.each([
    ["empty", "", "empty"],
    ["no run", '{"version":"2.1.0","runs":[]}', "holds no run"],
    ["no runs at all", '{"version":"2.1.0"}', "holds no run"],
    ["results that are a number", sarifOf("").replace("[]}]", "42}]"), "A list was expected"],
    ["a run without a tool", '{"version":"2.1.0","runs":[{"results":[]}]}', "names no tool"],
    ["the first version", '{"version":"1.0.0","runs":[{}]}', "SARIF 1.0.0 is not read"],
    ["no version", '{"runs":[{"tool":{"driver":{"name":"T"}}}]}', "no SARIF version"],
    ["results given twice", '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[],"results":[]}]}', "twice"],
    ["a result nested 100,000 deep", sarifOf(`{"ruleId":"a","properties":${deep("[", "]")}}`), "nested deeper"],
    ["too many runs", `{"version":"2.1.0","runs":[${'{"tool":{"driver":{"name":"T"}}},'.repeat(1_001)}{}]}`, "more than 1000 runs"],
    ["UTF-16", Buffer.from(`\ufeff${sarifOf("")}`, "utf16le"), "UTF-16"],
    ["another format", '{"Results":[]}', "no SARIF version"],
  ])("is refused: %s", async (_, content, message) => {
    expect(await faultOf(sarif, content)).toContain(message);
  });

  it("is refused when one result is larger than allowed, with its place", async () => {
    const sentence = await faultOf(sarif, sarifOf(`{"ruleId":"a"},{"ruleId":"b","message":{"text":"${"x".repeat(9_000_000)}"}}`));
    expect(sentence).toBe("A single value of the report is larger than allowed (runs[0].results[1], line 1)");
  });

  it("has ids of thousands of slashes, and costs no more than their length", async () => {
    const slashes = "/".repeat(50_000);
    const spent = effort();
    const results = Array.from({ length: 40 }, (_, at) => `{"ruleId":"${slashes}${at}","message":{"text":"m"}}`).join(",");
    const { results: read } = await readAll(sarif, sarifOf(results).replace('"results"', `"automationDetails":{"id":"a${slashes}b"},"results"`));
    expect(read).toHaveLength(40);
    expect(spent()).toBeLessThan(2_000);
  });

  it("is refused when its rules would fill the memory", async () => {
    const rule = `{"id":"r","help":{"text":"${"h".repeat(10_000)}"}},`;
    const text = sarifOf("", `"driver":{"name":"T","rules":[${rule.repeat(40)}{"id":"z"}]}`);
    expect(await faultOf(sarif, text, { ...LIMITS, tableBytes: 100_000 })).toContain("tables of the report");
    expect(await faultOf(sarif, text)).toBeNull();
  });

  it("keeps scripts and formulas as text, and takes out what cannot be stored or turns the reading around", async () => {
    const message = "<img src=x onerror=alert(1)> =1+1 \\u0000\\ud800 \\u001b[31mred\\u001b[0m \\u202egpj.exe";
    const { results } = await readAll(sarif, sarifOf(`{"ruleId":"r\\u0000\\u202e1","message":{"text":"${message}"}}`));
    expect(results[0]?.rule.key).toBe("r1");
    expect(results[0]?.title).toBe("<img src=x onerror=alert(1)> =1+1 \ufffd [31mred[0m gpj.exe");
    expect(results[0]?.description).toContain("<img src=x onerror=alert(1)> =1+1 \ufffd");
  });

  it("cuts texts and lists to size without cutting a character in half", async () => {
    const uri = "😀".repeat(3_000);
    const text = sarifOf(`{"ruleId":"r","message":{"text":"${"😀".repeat(20_000)}"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"${uri}"}}}]}`);
    const [result] = (await readAll(sarif, text)).results;
    expect(result?.description?.length).toBeLessThanOrEqual(LIMITS.textChars);
    expect(result?.location.length).toBeLessThanOrEqual(LIMITS.locationChars);
    expect(result?.location.isWellFormed()).toBe(true);
    expect(result?.description?.isWellFormed()).toBe(true);
  });

  it("cannot reach the prototype of anything by its names", async () => {
    const text = sarifOf('{"ruleId":"__proto__","ruleIndex":0,"message":{"id":"constructor"},"level":"toString","fingerprints":{"__proto__":"aaaaaaaaaaaa"}}', '"driver":{"name":"__proto__","rules":[{"id":"__proto__"}]}');
    const { results, parts } = await readAll(sarif, text);
    expect(results[0]).toMatchObject({ title: "__proto__", severity: "medium" });
    expect(parts[0]?.detector).toBe("proto");
  });

  it("is not slowed down by texts made for slow expressions", async () => {
    const spent = effort();
    const texts = ["[".repeat(50_000), "[a](".repeat(20_000), "{".repeat(50_000), "CVE-1".repeat(20_000), "line 1".repeat(20_000), " ".repeat(100_000)];
    await readAll(sarif, sarifOf(texts.map((text) => `{"ruleId":"a","message":{"text":"${text}","arguments":["x"]}}`).join(",")));
    expect(spent()).toBeLessThan(2_000);
  });
});

describe("a hostile Trivy file", () => {
  it.each([
    ["empty", "", "empty"],
    ["null", "null", "no Trivy report"],
    ["an empty list, which says nothing about what was scanned", "[]", "no Trivy report"],
    ["another object", '{"kind":"Secret","apiVersion":"v1"}', "no Trivy report"],
    ["entries that are a text", '{"ArtifactName":"a","Results":[{"Vulnerabilities":"none"}]}', "A list was expected"],
    ["nested 100,000 deep", `{"ArtifactName":"a","Metadata":${deep("[", "]")}}`, "nested deeper"],
  ])("is refused: %s", async (_, content, message) => {
    expect(await faultOf(trivy, content)).toContain(message);
  });

  it("never lets a secret out, whichever way it is written", async () => {
    const secrets = ["AKIAIOSFODNN7EXAMPLE", "password: hunter2hunter2", "-----BEGIN KEY-----MIIEpAIBAAKCAQEA", 'token = "abc,defghijkl"', "x=y=SuperSecretValue"];
    const entries = secrets.map((match, at) => JSON.stringify({ RuleID: `r${String(at)}`, Title: "t", Match: match, Code: { Lines: [{ Content: match }] } }));
    const { results } = await readAll(trivy, `{"ArtifactName":"a","Results":[{"Target":".env","Secrets":[${entries.join(",")}]}]}`);
    expect(results).toHaveLength(5);
    expect(JSON.stringify(results)).not.toMatch(/AKIA|hunter2|MIIE|defghijkl|SuperSecret/);
    expect(results[1]?.observation).toBe("password: ********");
  });

  it("names a workload by what of its labels can be stored, and by nothing where that is all", async () => {
    const labels = { "trivy-operator.resource.kind": "Pod", "trivy-operator.resource.name": "web" };
    const named = async (changed: object): Promise<unknown> => {
      const report = { apiVersion: "aquasecurity.github.io/v1alpha1", kind: "VulnerabilityReport", metadata: { labels: { ...labels, ...changed } }, report: { vulnerabilities: [] } };
      return (await readAll(trivy, JSON.stringify(report))).parts[0]?.scannedAssets;
    };
    expect(await named({ "trivy-operator.resource.namespace": "\u0000".repeat(5_000) })).toEqual([{ name: "Pod/web", kind: "container" }]);
    expect(await named({ "trivy-operator.resource.kind": "\u0000", "trivy-operator.resource.name": "\u0000" })).toEqual([]);
  });

  it("reads each kind of the operator's reports by itself, in one file or apart: secrets and packages of one container close nothing of each other", async () => {
    const labels = { "trivy-operator.resource.kind": "Pod", "trivy-operator.resource.name": "web", "trivy-operator.container.name": "app" };
    const one = (kind: string, report: object, named: object = labels) => ({ apiVersion: "aquasecurity.github.io/v1alpha1", kind, metadata: { labels: named, creationTimestamp: "2026-05-01T00:00:00Z" }, report });
    const packages = one("VulnerabilityReport", { updateTimestamp: "2026-05-02T00:00:00Z", vulnerabilities: [{ vulnerabilityID: "CVE-2026-1", resource: "openssl", severity: "HIGH" }] });
    const secrets = one("ExposedSecretReport", { updateTimestamp: "2026-05-03T00:00:00Z", secrets: [{ ruleID: "key", title: "Key", target: "/a", severity: "HIGH", match: "****" }] });
    const none = one("ExposedSecretReport", { secrets: [] }, { ...labels, "trivy-operator.container.name": "side" });
    const control = one("InfraAssessmentReport", { checks: [{ checkID: "KCV-1", title: "t", severity: "LOW", success: false }] });
    const { yields, parts } = await readAll(trivy, JSON.stringify({ kind: "List", items: [secrets, packages, one("SbomReport", { components: [] }, { ...labels, "trivy-operator.container.name": "bill" }), none, control] }));
    expect(yields.map((each) => (each.kind === "part" ? each.part.detector : each.kind))).toEqual(["result", "trivy-operator", "result", "trivy-operator-infra", "result", "trivy-operator-secrets"]);
    expect(parts.map(({ scannedAssets, takenAt }) => [scannedAssets.map(({ name }) => name), takenAt?.getUTCDate()])).toEqual([[["Pod/web/app"], 2], [["Pod/web/app"], 1], [["Pod/web/app", "Pod/web/side"], 3]]);
    expect((await readAll(trivy, JSON.stringify({ items: [none] }))).parts).toMatchObject([{ detector: "trivy-operator-secrets", scannedAssets: [{ name: "Pod/web/side" }] }]);
    expect(await faultOf(trivy, JSON.stringify(one("SbomReport", { components: [] })))).toContain("SbomReport of the Trivy operator holds no findings");
  });

  it("is an empty but complete scan when nothing was found", async () => {
    const { results, parts } = await readAll(trivy, '{"SchemaVersion":2,"ArtifactName":"clean:1","ArtifactType":"container_image"}');
    expect(results).toEqual([]);
    expect(parts).toMatchObject([{ detector: "trivy", failed: false, scannedAssets: [{ name: "clean:1", kind: "container" }] }]);
  });
});

describe("a hostile Nessus file", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';

  it.each([
    ["empty", "", "empty"],
    ["a DOCTYPE with an entity bomb", nessusOf("&b;", bomb), "DOCTYPE"],
    ["a DOCTYPE that reaches outside", nessusOf("", '<!DOCTYPE a SYSTEM "file:///etc/passwd">'), "DOCTYPE"],
    ["an entity that nobody defined", item("<solution>&xxe;</solution>"), "undefined entity"],
    ["two roots", `${nessusOf("")}<a/>`, "only one root"],
    ["another root", "<html></html>", "begins with <html>"],
    ["a policy without results", "<NessusClientData_v2><Policy/></NessusClientData_v2>", "a policy but no results"],
    ["elements nested 100,000 deep", item("<a>".repeat(100_000)), "nested deeper"],
    ["an element that does not end", item(`<plugin_output>${"x".repeat(9_000_000)}`), "larger than allowed"],
    ["a name that does not end", `<NessusClientData_v2 ${"a".repeat(9_000_000)}`, "larger than allowed"],
    ["an item that goes on for ever", item(`<cve>${"x".repeat(100_000)}</cve>`.repeat(100)), "larger than allowed"],
    ["a NUL", item("<solution>\u0000</solution>"), "disallowed character"],
    ["bytes that are not UTF-8", Buffer.from(item("<solution>é</solution>"), "latin1"), "not valid UTF-8"],
    ["an encoding that nobody knows", nessusOf("", '<?xml version="1.0" encoding="x-klingon"?>'), "x-klingon is not known"],
    ["UTF-16 without its mark", Buffer.from(nessusOf(""), "utf16le"), "UTF-16"],
  ])("is refused: %s", async (_, content, message) => {
    expect(await faultOf(nessus, content)).toContain(message);
  });

  it("says in which line and where", async () => {
    const sentence = await faultOf(nessus, item("\n<solution>\n</synopsis>"));
    expect(sentence).toMatch(/unexpected close tag.*\/NessusClientData_v2\/Report\/ReportHost\/ReportItem, line 3/);
  });

  it("reads the encodings that older scanners declare", async () => {
    const text = item("<synopsis>Schlüssel für „alle“</synopsis>").replace('"1.0"?>', '"1.0" encoding="ENC"?>');
    const utf16 = Buffer.from(`\ufeff${text.replace("ENC", "utf-16")}`, "utf16le");
    const latin1 = Buffer.from(text.replace("ENC", "ISO-8859-1").replace("„alle“", "alle"), "latin1");
    expect((await readAll(nessus, utf16)).results[0]?.description).toBe("Schlüssel für „alle“");
    expect((await readAll(nessus, latin1)).results[0]?.description).toBe("Schlüssel für alle");
  });

  it("does not take markup of a scanned server for its own", async () => {
    const forged = "]]&gt;<![CDATA[</ReportItem></ReportHost><ReportHost name=\"forged\"><HostProperties><tag name=\"HOST_END\">]]>";
    const { results, parts } = await readAll(nessus, item(`<plugin_output>${forged}</plugin_output>`));
    expect(results).toHaveLength(1);
    expect(results[0]?.observation).toContain('<ReportHost name="forged">');
    expect(parts[0]?.scannedAssets.map((asset) => asset.name)).toEqual(["h"]);
  });
});

describe("a large report", () => {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  const heap = (): number => {
    if (typeof collect === "function") collect();
    return process.memoryUsage().heapUsed;
  };

  function large(results: number): { source: Source; bytes: () => number } {
    let bytes = 0;
    async function* open(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield Buffer.from('{"version":"2.1.0","runs":[{"results":[');
      for (let at = 0; at < results; at += 100) {
        const some = Array.from({ length: 100 }, (_, one) => `{"ruleId":"r","message":{"text":"${"m".repeat(900)} ${String(at + one)}"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"f${String(at + one)}"}}}]}`);
        const chunk = Buffer.from(some.join(",") + (at + 100 < results ? "," : ""));
        bytes += chunk.length;
        yield chunk;
      }
      yield Buffer.from('],"tool":{"driver":{"name":"Late"}}}]}');
    }
    return { source: { open }, bytes: () => bytes };
  }

  it("is read without being held: 30 MB leave the heap as it was", { timeout: 60_000 }, async () => {
    const { source, bytes } = large(30_000);
    const before = heap();
    let most = 0;
    let seen = 0;
    for await (const one of sarif.parse(source, LIMITS)) {
      if (one.kind === "result" && ++seen % 10_000 === 0) most = Math.max(most, heap() - before);
    }
    expect(seen).toBe(30_000);
    expect(bytes()).toBeGreaterThan(2 * 29_000_000);
    expect(most).toBeLessThan(8_000_000);
  });

  it("is refused as soon as it is larger or holds more than allowed", async () => {
    expect(await faultOf(sarif, large(2_000).source, { ...LIMITS, bytes: 1_000_000 })).toContain("larger than allowed");
    expect(await faultOf(sarif, large(2_000).source, { ...LIMITS, results: 1_000 })).toContain("more than 1000 results");
  });
});
