import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isStorable, unstorableIn } from "@/lib/domain/storable";
import { IMPORTERS } from "./registry";
import { faultOf, readAll, type Sample, samples } from "./samples/reading-samples";

/** `hostile.zap.json`, one for each format, and `hostile-xml.zap.xml` where a format has several forms that are read apart. */
const HOSTILE = samples().filter(({ name }) => /^hostile(?:-[a-z]+)?\./.test(name));
/** Stands in every place of the hostile samples where a tool found a secret. */
const PLANTED = "hunter2-planted-secret";
const text = ({ bytes }: Sample): string => bytes.toString("utf8");

/** An entry of the list of samples that begins with this sign, one for each format. */
const ofForm = (sign: (start: string) => boolean): Sample[] => {
  const found = new Map(samples().filter((sample) => sign(text(sample).trimStart().slice(0, 1))).map((sample) => [sample.importer.format, sample]));
  return [...found.values()];
};
const JSON_FORMS = ofForm((start) => start === "{" || start === "[").filter(({ name }) => name.endsWith(".json"));
const XML_FORMS = ofForm((start) => start === "<").filter(({ name }) => !name.endsWith(".html"));
const CSV_FORMS = ofForm((start) => !/[<{[]/.test(start)).filter(({ importer }) => importer.format !== "nikto-csv");

it("every format has a hostile sample that was made for it, and no other format takes it for its own", () => {
  expect(HOSTILE.filter(({ name, importer }) => name.split(".")[1] !== importer.format)).toEqual([]);
  expect(HOSTILE.filter(({ name }) => name.startsWith("hostile.")).map(({ importer }) => importer.format).sort()).toEqual(IMPORTERS.map(({ format }) => format).sort());
});

describe.each(HOSTILE)("$name", (sample) => {
  it("loses no row in silence: what cannot be used has its line and a reason, and what can be used is read all the same", async () => {
    const { yields, rejected } = await readAll(sample.importer, sample.bytes);
    expect(rejected.length).toBeGreaterThan(0);
    for (const one of rejected) expect(one).toMatch(/(?:^|, )line \d+: [a-z].{10,200}$/);
    expect(yields.some(({ kind }) => kind === "result" || kind === "statement")).toBe(true);
  });

  it("gives nothing that cannot be stored, no address that runs a script, and no secret", async () => {
    const { yields, results } = await readAll(sample.importer, sample.bytes);
    for (const one of yields) expect(unstorableIn(one)).toBeNull();
    expect(results.flatMap(({ references }) => references).filter((one) => !/^https?:\/\//.test(one))).toEqual([]);
    expect(JSON.stringify(yields)).not.toContain(PLANTED);
    expect(readFileSync(sample.expected, "utf8")).not.toContain(PLANTED);
  });
});

it("the secret stands in the samples of every tool that quotes secrets, or nothing would have been covered", () => {
  const quoting = new Set(HOSTILE.filter((sample) => text(sample).includes(PLANTED)).map(({ importer }) => importer.format));
  expect([...quoting].sort()).toEqual(["bandit", "checkov", "github-code-scanning", "github-secret-scanning", "gitleaks", "gosec", "sarif", "semgrep", "trivy", "trufflehog"]);
});

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const afterFirst = (whole: string, sign: string, put: string): string => whole.replace(sign, () => `${sign}${put}`);

describe("whatever the format, a file is refused", () => {
  it.each(JSON_FORMS)("whose values are nested 100,000 deep: $importer.format", async (sample) => {
    const whole = text(sample).trimStart();
    const bomb = whole.startsWith("{") ? afterFirst(whole, "{", `"deep":${deep},`) : afterFirst(whole, "[", `{"deep":${deep}},`);
    expect(await faultOf(sample.importer, bomb)).toContain("nested deeper");
  });

  it.each(JSON_FORMS)("that goes on after its end: $importer.format", async (sample) => {
    expect(await faultOf(sample.importer, `${text(sample).trimEnd()} {}`)).toContain("goes on after its end");
  });

  it.each(XML_FORMS)("that brings entities of its own: $importer.format", async (sample) => {
    const root = /<(?![?!])/.exec(text(sample).replace(/<!DOCTYPE[^[>]*(?:\[[^\]]*\])?\s*>\s*/, ""))?.index ?? 0;
    const bare = text(sample).replace(/<!DOCTYPE[^[>]*(?:\[[^\]]*\])?\s*>\s*/, "");
    const bomb = `${bare.slice(0, root)}<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${bare.slice(root)}`;
    expect(await faultOf(sample.importer, bomb)).toMatch(/DOCTYPE|[Ee]ntit/);
  });

  it.each(XML_FORMS)("with a control character that XML does not have: $importer.format", async (sample) => {
    const whole = text(sample);
    expect(await faultOf(sample.importer, `${whole.slice(0, whole.lastIndexOf("</"))}\u0000${whole.slice(whole.lastIndexOf("</"))}`)).toContain("disallowed character");
  });

  it.each(CSV_FORMS)("that holds a NUL: $importer.format", async (sample) => {
    expect(await faultOf(sample.importer, `${text(sample)}\u0000`)).toMatch(/NUL|not valid JSON/);
  });

  it.each(IMPORTERS)("that is UTF-16 or nothing at all: $format", async (importer) => {
    const [sample] = HOSTILE.filter((one) => one.importer === importer);
    if (!sample) throw new Error("There is no sample.");
    expect(await faultOf(importer, "")).toContain("empty");
    if (!importer.media.includes("xml")) expect(await faultOf(importer, Buffer.from(`\ufeff${text(sample)}`, "utf16le"))).toContain("UTF-16");
  });
});

it.each([
  ["bandit", '{"generated_at":"x","metrics":{"a":{"CONFIDENCE.HIGH":1}},"results":"none"}', "A list was expected here"],
  ["detect-secrets", '{"version":"1","plugins_used":[],"results":{"a\\u0000":7}}', "A list was expected here (results.a"],
  ["npm-audit", '{"auditReportVersion":2,"vulnerabilities":{"a":{},"a":{}},"metadata":{}}', "The same key stands here twice"],
  ["wpscan", '{"banner":{},"target_url":"https://a.example.test","plugins":{"p\\u0000\\u202e":{"version":"x"}}}', "An object was expected here (plugins.p.version"],
])("says in %s what was expected and where, with no sign that cannot be stored", async (format, content, message) => {
  const importer = IMPORTERS.find((one) => one.format === format);
  if (!importer) throw new Error("There is no such format.");
  const sentence = await faultOf(importer, content);
  expect(sentence).toContain(message);
  expect(isStorable(sentence ?? "")).toBe(true);
});
