import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { headText, recognise } from "./recognise";
import { faultOf, readAll } from "./samples/reading-samples";

/** Reports of real tools, kept beside the repository and not in it. Their index says how many results others count. */
const DATA = resolve(import.meta.dirname, "../../../../shared/data");
const FOLDERS = ["sarif", "sarif-official", "sarif-sdk-specexamples", "sarif-container", "sarif-codeql-action", "trivy", "nessus"];

/**
 * Where our count is another one: `results` as they stand in the report, `findings` after results that cannot be
 * told apart were folded. The reasons are the definition of what one finding is.
 */
const DIFFERENCES: Readonly<Record<string, { results: number; findings: number; why: string }>> = {
  "sarif-official/Baseline.sarif": { results: 3, findings: 3, why: "a result that the baseline calls absent is not seen any more: no observation" },
  "nessus/tenable__nessus_many_vuln.xml": { results: 7, findings: 7, why: "one check on two ports is two findings; the index counts checks" },
  "trivy/trivy_operator__cis_benchmark.json": {
    results: 795,
    findings: 511,
    why: "one failed check on one workload is one finding, though several controls ask for it, and every rollout's replica set repeats it",
  },
};

/** Refused, with what the refusal must name. */
const REFUSED: Readonly<Record<string, string>> = {
  "sarif-codeql-action/invalid-sarif.sarif": "A list was expected here (runs[0].results, line 14)",
};

const files = existsSync(DATA)
  ? FOLDERS.flatMap((folder) => readdirSync(join(DATA, folder)).map((name) => `${folder}/${name}`)).filter((name) => !name.endsWith(".csv"))
  : [];

function indexed(): Map<string, number | null> {
  const rows = readFileSync(join(DATA, "INDEX.tsv"), "utf8").trim().split("\n").slice(1).map((row) => row.split("\t"));
  return new Map(rows.map((row) => [row[2] ?? "", row[4] === "" ? null : Number(row[4])]));
}

describe("reports of real tools", () => {
  if (files.length === 0) {
    it("are not on this machine, so nothing is counted", () => {
      console.info(`counts: no reports at ${DATA}`);
    });
    return;
  }

  it.each(files)("%s holds what its index says, or less for a named reason", async (file) => {
    const bytes = readFileSync(join(DATA, file));
    const found = recognise(headText(bytes));
    if (found.kind !== "found") throw new Error(found.message);
    const refused = REFUSED[file];
    if (refused !== undefined) {
      expect(await faultOf(found.importer, bytes)).toBe(refused);
      return;
    }
    const { results, rejected } = await readAll(found.importer, bytes);
    const findings = new Set(results.map((one) => `${one.asset ?? ""} ${one.fingerprint}`)).size;
    const count = indexed().get(file) ?? null;
    const { results: ours, findings: folded } = DIFFERENCES[file] ?? { results: count, findings: count };
    expect({ results: results.length, findings, rejected }).toEqual({ results: ours, findings: folded, rejected: [] });
  });

  it("covers every file of the index in these formats, and explains no difference that is none", () => {
    const known = [...indexed()].filter(([file]) => FOLDERS.some((folder) => file.startsWith(`${folder}/`)) && !file.endsWith(".csv"));
    expect(known.map(([file]) => file).sort()).toEqual([...files].sort());
    for (const [file, { results, findings }] of Object.entries(DIFFERENCES)) expect([results, findings]).not.toEqual([indexed().get(file), indexed().get(file)]);
  });

  it("leaves the reports of other tools to other formats", () => {
    const others = readdirSync(DATA, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !FOLDERS.includes(entry.name));
    const taken = others.flatMap((folder) =>
      readdirSync(join(DATA, folder.name)).flatMap((name) => {
        const found = recognise(headText(readFileSync(join(DATA, folder.name, name))));
        return found.kind === "found" ? [`${folder.name}/${name}: ${found.importer.format}`] : [];
      }),
    );
    expect(taken).toEqual(["snyk/snyk_code__single_project_many_vulns.json: sarif"]);
  });
});
