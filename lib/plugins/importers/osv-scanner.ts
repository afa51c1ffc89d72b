import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { readAdvisory, readVulnerability, type Scanned } from "./osv-scanner/vulnerability";
import { fieldsOf, isFields, stringAt } from "./reading/fields";
import { cutElements, elementsOf, type Cut } from "./reading/json-elements";
import { readFacts, type Facts } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { line } from "./reading/plain-text";
import { Tally } from "./reading/tally";

const FOUND = "results[].packages[].vulnerabilities[]";
/** An advisory of the database stands alone in its document. */
const ENTRIES = [FOUND, "affected[]"];
const OF_PACKAGE = ["results[].packages[].package", "results[].packages[].groups", "results[].source"];
const OF_ADVISORY = ["id", "modified", "published", "withdrawn", "aliases", "related", "summary", "details", "severity", "references", "database_specific", "schema_version"];

function scannedOf(cut: Cut, facts: Facts): Scanned {
  const at = cut.at.slice(0, -1);
  const groups = facts.at("results[].packages[].groups", at);
  const source = facts.at("results[].source", at.slice(0, 1));
  return { package: fieldsOf(facts.at("results[].packages[].package", at)), groups: Array.isArray(groups) ? groups : [], file: stringAt(source, "path") };
}

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "object") return { verdict: "no", why: "an OSV report is a JSON object" };
  if (keys.has("results") && (keys.has("experimental_config") || /"packages"\s*:\s*\[\s*\{\s*"package"\s*:/.test(head))) return { verdict: "yes", why: "`results` of packages" };
  if (keys.has("id") && keys.has("modified") && (keys.has("affected") || keys.has("schema_version"))) return { verdict: "yes", why: "an advisory of the OSV schema" };
  if (keys.has("id") && keys.has("affected") && /"(?:ranges|ecosystem)"\s*:/.test(head)) return { verdict: "maybe", why: "`id` and `affected` packages, as in an advisory of the OSV schema" };
  return { verdict: "no", why: "neither `results` of packages nor an advisory of the OSV schema" };
}

/**
 * OSV-Scanner's JSON: a finding is one advisory for one package of one lockfile. A document of the OSV database is
 * taken too: what it says about each affected package; it covers that one advisory and nothing else.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const facts = await readFacts(source, [...OF_PACKAGE, ...OF_ADVISORY], ENTRIES, limits);
  const advisory = Object.fromEntries(OF_ADVISORY.map((path) => [path, facts.at(path)]));
  const single = facts.text("id") !== null && (facts.text("modified") !== null || facts.seen.has("affected"));
  // Other tools name a list `results` too; an empty one is a scan without a vulnerability.
  const scan = facts.seen.has("results[]") ? facts.seen.has("results[].packages") || facts.seen.has("results[].source") : facts.seen.has("results");
  if (!scan && !single) throw new ReportFault("This is neither a report of OSV-Scanner nor an OSV advisory", { path: "(root)" });
  const tally = new Tally(limits);
  for await (const batch of cutElements(source, elementsOf(ENTRIES, limits))) {
    for (const cut of batch) {
      if (!isFields(cut.value)) yield* tally.entries(cut, ["an entry must be an object"]);
      else if (cut.path === FOUND) yield* tally.entries(cut, [readVulnerability(cut.value, scannedOf(cut, facts), limits)]);
      else if (facts.text("withdrawn") === null) yield* tally.entries(cut, [readAdvisory(advisory, cut.value, limits)]);
    }
  }
  // An advisory that does not say which packages it is about says of none that it is mended.
  const failed = single && !scan && !facts.seen.has("affected") && facts.text("withdrawn") === null;
  const rules = single ? [line(facts.text("id"), limits.nameChars)] : null;
  yield { kind: "part", part: { detector: "osv-scanner", takenAt: null, failed, scannedAssets: [], rules } };
}

export const osvScanner: Importer = { format: "osv-scanner", label: "OSV-Scanner JSON, OSV advisory", media: ["json"], about: "repository", passes: 2, recognises, parse };
