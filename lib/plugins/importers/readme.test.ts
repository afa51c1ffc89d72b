import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import type { Importer } from "./contract";
import { faultOf, readAll } from "./samples/reading-samples";

const HERE = import.meta.dirname;
const ROOT = join(HERE, "../../..");
/** The importer that the page for newcomers shows, as it stands there. */
const EXAMPLE = /```ts\n([\s\S]+?)\n```/.exec(readFileSync(join(HERE, "README.md"), "utf8"))?.[1] ?? "";
const FILE = join(HERE, "acme.ts");

/** What the compiler says to the example when it lies in the folder. No file is written there: other tests look at what lies in it. */
function complaints(): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, ROOT);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === FILE || fileExists(path);
  host.readFile = (path) => (path === FILE ? EXAMPLE : readFile(path));
  host.getSourceFile = (path, language, ...more) => (path === FILE ? ts.createSourceFile(path, EXAMPLE, language) : getSourceFile(path, language, ...more));
  const program = ts.createProgram([FILE], { ...options, noEmit: true, incremental: false, composite: false, types: ["node"] }, host);
  const file = program.getSourceFile(FILE);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const folder = mkdtempSync(join(tmpdir(), "docket-example-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function acme(): Promise<Importer> {
  const path = join(folder, "acme.ts");
  writeFileSync(path, EXAMPLE.replaceAll(/from "\.\//g, `from "${HERE}/`));
  const { acme: importer }: { acme: Importer } = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return importer;
}

describe("the importer that newcomers copy", () => {
  it("is accepted by the compiler as it stands", { timeout: 120_000 }, () => {
    expect(EXAMPLE).toContain("export const acme: Importer");
    expect(complaints()).toEqual([]);
  });

  it("keeps what it promises: reads its report, and takes nothing else for a clean scan", async () => {
    const importer = await acme();
    const { results, parts } = await readAll(importer, '{"acme_findings":[{"check":"a","title":"A","host":"h","severity":"high"},{"title":"b"}]}');
    expect(results.map(({ title, severity, asset }) => [title, severity, asset])).toEqual([["A", "high", "h"]]);
    expect(parts).toMatchObject([{ detector: "acme", failed: false, scannedAssets: [{ name: "h", kind: "host" }] }]);
    expect((await readAll(importer, '{"acme_findings":[]}')).results).toEqual([]);
    expect(await faultOf(importer, "{}")).toContain("no `acme_findings`");
    expect(await faultOf(importer, '{"acme_findings":[{"rule":"renamed"}]}')).toContain("cannot be read as Acme JSON because a finding needs its check");
    expect(importer.recognises('{"acme_findings":[').verdict).toBe("yes");
    expect(importer.recognises('{"other":[').verdict).toBe("no");
  });
});
