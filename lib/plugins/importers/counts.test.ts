import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { effort } from "@/lib/testing/effort";
import { headText, recognise } from "./recognise";
import { IMPORTERS } from "./registry";
import { DIFFERENCES, REFUSED } from "./samples/differences";
import { faultOf, readAll } from "./samples/reading-samples";

/** Reports of real tools, kept beside the repository and not in it. Their index says how many results others count. */
const DATA = resolve(import.meta.dirname, "../../../../shared/data");
/** Folders beside them that hold no report of a scanner. */
const NO_REPORTS = new Set(["cvss", "cwe", "github-webhooks", "jira-createmeta", "jira-webhooks", "kev", "prism-responses", "rt-rest2-responses", "schemas", "servicenow-table-api", "ticket-openapi"]);

const files = existsSync(DATA)
  ? readdirSync(DATA, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !NO_REPORTS.has(entry.name))
      .flatMap(({ name: folder }) => readdirSync(join(DATA, folder)).map((name) => `${folder}/${name}`))
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
    const { results, statements, rejected } = await readAll(found.importer, bytes);
    const findings = new Set(results.map((one) => `${one.asset ?? ""} ${one.fingerprint}`)).size;
    const count = indexed().get(file) ?? results.length;
    const { results: ours, findings: folded } = DIFFERENCES[file] ?? { results: count, findings: count };
    expect({ results: results.length || statements.length, findings: findings || statements.length, rejected }).toEqual({ results: ours, findings: folded, rejected: [] });
  });

  it("agrees with the index for nine in ten files that it counts: by the results as they stand, or by what is left of them once the same ones are one", () => {
    const counted = [...indexed()].filter(([file, count]) => count !== null && files.includes(file));
    const agreeing = counted.filter(([file, count]) => {
      const told = DIFFERENCES[file];
      return REFUSED[file] === undefined && (told === undefined || told.results === count || told.findings === count);
    });
    expect(counted.length).toBeGreaterThan(90);
    expect(agreeing.length / counted.length).toBeGreaterThanOrEqual(0.9);
  });

  it("covers every file of the index in these formats, and explains no difference that is none", () => {
    const known = [...indexed()].filter(([file]) => !NO_REPORTS.has(file.split("/")[0] ?? ""));
    expect(known.map(([file]) => file).sort()).toEqual([...files].sort());
    for (const [file, { results, findings }] of Object.entries(DIFFERENCES)) expect([results, findings]).not.toEqual([indexed().get(file), indexed().get(file)]);
  });

  it.each(files)("%s is refused by every other format that it is called by name, or holds nothing for it, and breaks none", async (file) => {
    const bytes = readFileSync(join(DATA, file));
    const own = recognise(headText(bytes));
    const taken: string[] = [];
    for (const other of IMPORTERS.filter(({ format }) => !format.startsWith("generic-") && (own.kind !== "found" || format !== own.importer.format))) {
      const spent = effort();
      if ((await faultOf(other, bytes)) === null) {
        const { results, statements } = await readAll(other, bytes);
        if (results.length + statements.length > 0) taken.push(`${other.format}: ${results.length} results, ${statements.length} statements`);
      }
      expect(spent(), other.format).toBeLessThan(2_000);
    }
    expect(taken).toEqual([]);
  });

  it("takes nothing that is no report", () => {
    const taken = [...NO_REPORTS].flatMap((folder) =>
      readdirSync(join(DATA, folder)).flatMap((name) => {
        const found = recognise(headText(readFileSync(join(DATA, folder, name))));
        return found.kind === "found" ? [`${folder}/${name}: ${found.importer.format}`] : [];
      }),
    );
    expect(taken).toEqual([]);
  });
});
