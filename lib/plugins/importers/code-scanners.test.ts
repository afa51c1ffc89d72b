import { describe, expect, it } from "vitest";
import { effort } from "@/lib/testing/effort";
import { bandit } from "./bandit";
import { checkov } from "./checkov";
import { detectSecrets } from "./detect-secrets";
import { githubCodeScanning } from "./github-code-scanning";
import { githubSecretScanning } from "./github-secret-scanning";
import { gitleaks } from "./gitleaks";
import { gosec } from "./gosec";
import { coveredMessage, masked, valuesIn } from "./reading/secrets";
import { faultOf, readAll, sarifOf } from "./samples/reading-samples";
import { sarif } from "./sarif";
import { semgrep } from "./semgrep";
import { trufflehog } from "./trufflehog";

const SECRET = "S4mple-Value/0123456789+abcdef==";

const REPORTS = [
  [bandit, { errors: [], generated_at: "2026-01-01T00:00:00Z", metrics: {}, results: [{ test_id: "B106", test_name: "hardcoded_password_funcarg", filename: "a.py", line_number: 1, line_range: [1], code: `1 login(password="${SECRET}")\n`, issue_text: `Possible hardcoded password: '${SECRET}'`, issue_severity: "LOW", issue_confidence: "LOW" }] }],
  [checkov, { check_type: "secrets", results: { failed_checks: [{ check_id: "CKV_SECRET_6", check_name: "Entropy", file_path: "/a.yml", file_line_range: [1, 1], resource: "x", code_block: [[1, `key: ${SECRET}\n`]] }] } }],
  [gitleaks, [{ RuleID: "r", Description: `found ${SECRET}`, File: `dir/${SECRET}/a`, StartLine: 1, Secret: SECRET, Match: `export K=${SECRET}`, Commit: "", Author: SECRET, Tags: [], Link: `https://example.com/?q=${SECRET}` }]],
  [trufflehog, { SourceMetadata: { Data: { Filesystem: { file: "a", line: 1 } } }, DetectorName: "Generic", Verified: true, Raw: SECRET, Redacted: "", ExtraData: { seen: `as ${SECRET}` } }],
  [gosec, { Issues: [{ rule_id: "G101", details: "Potential hardcoded credentials", file: "a.go", line: "1", code: `1: var token = "${SECRET}"\n`, severity: "HIGH", confidence: "LOW", cwe: { id: "798" }, autofix: `token = "${SECRET}"` }] }],
  [semgrep, { version: "1", errors: [], results: [{ check_id: "generic.secrets.token", path: "a", start: { line: 1 }, extra: { message: `The token ${SECRET} is written here`, lines: `${SECRET}`, severity: "ERROR", fix: `"${SECRET}"`, metadata: { cwe: "CWE-798" } } }] }],
  [githubSecretScanning, [{ number: 1, secret_type: "token", secret: SECRET, html_url: "https://github.com/a/b/security/secret-scanning/1", state: "resolved", resolution: "wont_fix", resolution_comment: `${SECRET} is old`, first_location_detected: { path: `conf/${SECRET}`, start_line: 1 } }]],
] as const;

describe("a secret", () => {
  it.each(REPORTS)("is in nothing that $label gives", async (importer, report) => {
    const { yields, results } = await readAll(importer, JSON.stringify(report));
    expect(results).toHaveLength(1);
    expect(JSON.stringify(yields)).not.toContain(SECRET.slice(5, 20));
  });

  it.each(["gitleaks", "trufflehog", "detect-secrets"])("is in nothing that a SARIF file of %s gives", async (tool) => {
    const place = { physicalLocation: { artifactLocation: { uri: "a" }, region: { startLine: 1, snippet: { text: SECRET } }, contextRegion: { snippet: { text: `x\nk = ${SECRET}` } } }, message: { text: `see '${SECRET}'` } };
    const result = { ruleId: "r", message: { text: `found ${SECRET} here` }, locations: [place], relatedLocations: [place], codeFlows: [{ threadFlows: [{ locations: [{ location: place }] }] }] };
    const { yields } = await readAll(sarif, sarifOf(JSON.stringify(result), `"driver":{"name":"${tool}"}`));
    expect(JSON.stringify(yields)).not.toContain(SECRET.slice(5, 20));
  });

  it.each([
    ["c2FtcGxlc2FtcGxl==", "********"],
    ['password = "pw"', 'password = "********"'],
    ["password: pw", "password: ********"],
    [`if (a == "it's")`, 'if (a == "********")'],
  ])("is covered however short it is, or however like a name: %s", (text, left) => {
    expect(masked(text)).toBe(left);
  });
});

describe("the category of a Semgrep result", () => {
  const of = async (more: Record<string, unknown>, key = "python.lang.audit.check") => {
    const report = { version: "1", errors: [], results: [{ check_id: key, path: "a.py", start: { line: 1 }, extra: { message: "Look.", lines: "x", severity: "ERROR", metadata: { category: "security", ...more } } }] };
    return (await readAll(semgrep, JSON.stringify(report))).results[0]?.category;
  };

  it.each([
    ["its class", { vulnerability_class: ["Hard-coded Secrets"] }, undefined],
    ["its category", { category: "secrets" }, undefined],
    ["the type of secret that it names", { secret_type: "AWS" }, undefined],
    ["its weakness", { cwe: ["CWE-798: Use of Hard-coded Credentials"] }, undefined],
    ["its name", {}, "generic.secrets.security.detected-key"],
  ])("is Secret by %s", async (_by, more, key) => {
    expect(await of(more, key)).toBe("Secret");
  });

  it("is Secret by its class on the platform too", async () => {
    const finding = { rule_name: "python.audit.key", match_based_id: "m_0", severity: "high", categories: ["security"], location: { file_path: "a.py", line: 1 }, rule: { name: "python.audit.key", vulnerability_classes: ["Hard-coded Secrets"] } };
    expect((await readAll(semgrep, JSON.stringify({ findings: [finding] }))).results[0]?.category).toBe("Secret");
  });

  it("stays its own where a check is about how secrets are handled", async () => {
    expect(await of({ vulnerability_class: ["Cryptographic Issues"], cwe: ["CWE-522: Insufficiently Protected Credentials"] }, "python.django.unvalidated-password")).toBe("security");
  });
});

describe("a flagged text of blanks, quotes or signs alone", () => {
  it.each([" ", "\t", "'", '"', "=", "a ", "a=", "' ", '"a', "a.b-c "])("makes nothing slow: %j", async (piece) => {
    const text = piece.repeat(Math.floor(300_000 / piece.length));
    const spent = effort();
    expect(masked(text).length).toBeGreaterThan(0);
    const issue = { test_id: "B105", test_name: "hardcoded_password_string", filename: "a.py", line_number: 1, code: text, issue_text: text, issue_severity: "LOW", issue_confidence: "LOW" };
    const { results } = await readAll(bandit, JSON.stringify({ errors: [], metrics: {}, results: [issue] }));
    expect(results).toHaveLength(1);
    expect(coveredMessage(text, valuesIn(text)).length).toBeGreaterThan(0);
    expect(spent()).toBeLessThan(2_000);
  });
});

describe("two secrets of one file", () => {
  const leak = (File: string, Secret: string, Commit = ""): unknown => ({ RuleID: "r", Description: "d", File, StartLine: 1, Secret, Match: `k=${Secret}`, Commit, Tags: [] });

  it("that look alike once they are covered are one finding, in another commit they are two", async () => {
    const { results } = await readAll(gitleaks, JSON.stringify([leak("a", `${SECRET}1`), leak("a", `${SECRET}2`), leak("a", `${SECRET}1`, "1f0c")]));
    expect(new Set(results.map((one) => one.fingerprint)).size).toBe(2);
  });

  it("are told apart by the hash that the tool itself keeps, and known again in a moved file", async () => {
    const at = (file: string, line_number: number): string => JSON.stringify({ version: "1", plugins_used: [], results: { [file]: ["0a", "0b"].map((hashed_secret) => ({ type: "Keyword", hashed_secret, line_number })) } });
    const [before, after] = [await readAll(detectSecrets, at("a", 1)), await readAll(detectSecrets, at("b/a", 9))];
    expect(new Set(before.results.map((one) => one.fingerprint)).size).toBe(2);
    expect(after.results.map((one) => one.context)).toEqual(before.results.map((one) => one.context));
    expect(after.results[0]?.fingerprint).not.toBe(before.results[0]?.fingerprint);
  });
});

describe("a run that did not see all", () => {
  it.each([
    [bandit, { errors: [{ reason: "syntax error" }], generated_at: "2026-01-01T00:00:00Z", metrics: {}, results: [] }],
    [checkov, { check_type: "helm", results: { failed_checks: [], parsing_errors: [7] } }],
    [gosec, { "Golang errors": { "a.go": [{ error: "x" }] }, Issues: null }],
    [semgrep, { version: "1", results: [], errors: [{ level: "warn", type: ["OutOfMemory", []] }] }],
  ] as const)("covers nothing: $label", async (importer, report) => {
    expect((await readAll(importer, JSON.stringify(report))).parts).toMatchObject([{ failed: true }]);
  });

  const checks = [{ check_id: "CKV_1", file_path: "/k/b.yml", file_abs_path: "/home/me/shop/k/b.yml" }];
  it.each([
    [bandit, { errors: [{ filename: "./app/a.py", reason: "syntax error" }], generated_at: "2026-01-01T00:00:00Z", metrics: {}, results: [] }, ["app/a.py"]],
    [gosec, { "Golang errors": { "/src/shop/a.go": [{ error: "x" }], "/src/shop/b.go": [], "/src/till": [] }, Issues: null }, ["/src/shop", "/src/till"]],
    [checkov, { check_type: "kubernetes", results: { failed_checks: checks, parsing_errors: ["/home/me/shop/k/a.yml"] } }, ["k/a.yml"]],
    [checkov, { check_type: "kubernetes", results: { failed_checks: [], parsing_errors: ["/shop/k/a.yml"] } }, ["shop/k/a.yml", "k/a.yml", "a.yml"]],
    [semgrep, { version: "1", results: [], errors: [{ level: "warn", type: "Syntax error", path: "app/a.py" }, { level: "warn", type: ["PartialParsing", []], path: "app/b.py" }] }, ["app/a.py"]],
  ] as const)("covers all but the files that it could not read: $label", async (importer, report, unread) => {
    expect((await readAll(importer, JSON.stringify(report))).parts).toMatchObject([{ failed: false, unread }]);
  });

  it("is a run all the same when there was nothing to find", async () => {
    for (const [importer, report] of [[gitleaks, "[]"], [githubCodeScanning, "[]"], [gosec, '{"Issues":null,"GosecVersion":"2"}']] as const) {
      expect((await readAll(importer, report)).parts).toMatchObject([{ failed: false }]);
    }
  });

  it.each([
    [githubCodeScanning, "{}", "no `most_recent_instance`"],
    [gitleaks, '[{"rule":1}]', "Its one entry cannot"],
    [trufflehog, '{"a":1}', "Its one entry cannot"],
    [detectSecrets, '{"plugins_used":[]}', "no `results`"],
  ])("is refused when it is of another tool: %#", async (importer, report, message) => {
    expect(await faultOf(importer, report)).toContain(message);
  });
});
