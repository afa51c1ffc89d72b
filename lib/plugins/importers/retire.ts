import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, instant, isFields, listAt, stringAt, stringsAt, type Fields } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { outline } from "./reading/json-outline";
import { packageWeakness } from "./reading/package-weakness";
import { Tally, type Entry } from "./reading/tally";

/** The bare list of version 1, and `data` since version 2. */
const FILES = ["[]", "data[]"];
const WANTED = [...FILES, "version", "start", "errors[]"];

/** An entry is a file, or a module of Node, with the libraries that were recognised in it. */
function readFile(raw: Fields, limits: Limits): Entry[] {
  const file = stringAt(raw, "file");
  return listAt(raw, "results", 10_000).flatMap((library) =>
    listAt(library, "vulnerabilities", 1_000).map((vulnerability) => readVulnerability(vulnerability, library, file, limits)),
  );
}

function readVulnerability(raw: unknown, library: unknown, file: string | null, limits: Limits): Observed | string {
  const [component, npm] = [stringAt(library, "component"), stringAt(library, "npmname")];
  const name = npm ?? component;
  if (name === null) return "a library needs a component";
  const identifiers = fieldsAt(raw, "identifiers");
  const summary = stringAt(identifiers, "summary");
  const named = [...stringsAt(identifiers, "CVE", limits.listItems), ...stringsAt(identifiers, "githubID", 5), ...stringsAt(identifiers, "retid", 1).map((one) => `retire ${one}`)];
  const [known = null] = named;
  const advisory = known ?? (summary === null ? null : `${name}: ${summary}`);
  if (advisory === null) return "a vulnerability needs an identifier or a summary";
  const [below, from] = [stringAt(raw, "below"), stringAt(raw, "atOrAbove")];
  return packageWeakness(
    {
      advisory,
      summary,
      title: known === null ? advisory : null,
      name,
      version: stringAt(library, "version"),
      ecosystem: "npm",
      file,
      severityWord: stringAt(raw, "severity"),
      cwe: stringsAt(raw, "cwe", limits.listItems),
      names: named,
      fixed: below === null ? [] : [below],
      facts: [
        ["Vulnerable versions", [from === null ? "" : `from ${from}`, below === null ? "" : `below ${below}`].filter(Boolean).join(" ")],
        ["Recognised by", stringAt(library, "detection")],
        ["Issue", stringsAt(identifiers, "issue", 5).join(", ") || stringsAt(identifiers, "bug", 5).join(", ")],
        ["Comes with", parentsOf(library)],
      ],
      references: stringsAt(raw, "info", limits.listItems),
      tags: ["JavaScript"],
    },
    limits,
  );
}

/** The modules that bring this one, innermost first; a scan of Node's modules has no files. */
function parentsOf(library: unknown): string {
  const steps: string[] = [];
  for (let at = fieldsAt(library, "parent"); steps.length < 20 && stringAt(at, "component") !== null; at = fieldsAt(at, "parent")) {
    steps.push(`${stringAt(at, "component") ?? ""} ${stringAt(at, "version") ?? ""}`.trim());
  }
  return steps.join(" < ");
}

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  const libraries = /"results"\s*:\s*\[\s*\{/.test(head) && /"component"\s*:/.test(head);
  if (root === "object" && keys.has("data") && keys.has("version") && (libraries || (keys.has("messages") && keys.has("errors")))) return { verdict: "yes", why: "`data` with recognised libraries" };
  if (root === "array" && keys.has("results") && libraries) return { verdict: "yes", why: "a list of files with recognised libraries" };
  return { verdict: "no", why: "no recognised libraries" };
}

/** retire.js, the bare list of version 1 and the object of later ones. One finding is one CVE of one library in one file. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const elements = elementsOf(WANTED, limits);
  const tally = new Tally(limits);
  let started: string | null = null;
  let errors = 0;
  let strange = 0;
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (cut.path === "start" && typeof cut.value === "string") started = cut.value;
      if (cut.path === "errors[]") errors++;
      if (!FILES.includes(cut.path)) continue;
      if (isFields(cut.value) && Array.isArray(cut.value.results)) yield* tally.entries(cut, readFile(cut.value, limits));
      else if (++strange > 0) yield* tally.entries(cut, ["an entry must be an object with results"]);
    }
  }
  const { seen } = elements;
  const files = (seen.get("[]") ?? 0) + (seen.get("data[]") ?? 0);
  if ((!seen.has("data") && !seen.has("[]")) || (seen.has("data") && !seen.has("version")) || (strange > 0 && strange === files)) {
    throw new ReportFault("This is no retire.js report: it lists no files with libraries", { path: "(root)" });
  }
  yield { kind: "part", part: { detector: "retire", takenAt: instant(started), failed: errors > 0, scannedAssets: [], rules: null } };
}

export const retire: Importer = { format: "retire", label: "retire.js JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
