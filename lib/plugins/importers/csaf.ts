import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import { productNames, type Products } from "./csaf/products";
import { readVulnerability } from "./csaf/vulnerability";
import type { Limits } from "./limits";
import { instant, isFields } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { readFacts } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { line } from "./reading/plain-text";
import { Tally } from "./reading/tally";

const VULNERABILITIES = ["vulnerabilities[]"];
const DOCUMENT = ["document.csaf_version", "document.publisher.name", "document.tracking.current_release_date", "document.tracking.id"];

function recognises(head: string): Recognition {
  const { keys } = outline(head);
  if (keys.has("document") && /"csaf_version"\s*:\s*"2\./.test(head)) return { verdict: "yes", why: "`document` with a CSAF version" };
  if (keys.has("document") && (keys.has("product_tree") || /"category"\s*:\s*"csaf_/.test(head))) return { verdict: "yes", why: "`document` of a CSAF category" };
  return { verdict: "no", why: "no `document` of CSAF" };
}

/**
 * CSAF 2.0 (OASIS): VEX documents and security advisories. Each vulnerability gives a statement for each status,
 * and for each reason of one; products are named as the product tree names them. Nothing was scanned.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  // The product tree nests without end, so it is held whole: it is a table and not an element.
  const facts = await readFacts(source, [...DOCUMENT, "product_tree"], VULNERABILITIES, { ...limits, elementBytes: limits.tableBytes });
  const version = facts.text("document.csaf_version");
  if (version === null) throw new ReportFault("This is no CSAF document: it names no version of CSAF", { path: "document.csaf_version" });
  if (!version.startsWith("2.")) throw new ReportFault(`CSAF ${line(version, 20)} is not read, 2.0 is`, { path: "document.csaf_version" });
  const products: Products = productNames(facts.at("product_tree"));
  const released = instant(facts.text("document.tracking.current_release_date"));
  const author = facts.text("document.publisher.name");
  const tally = new Tally(limits);
  for await (const batch of cutElements(source, elementsOf(VULNERABILITIES, limits))) {
    for (const cut of batch) {
      yield* tally.entries(cut, isFields(cut.value) ? readVulnerability(cut.value, { products, author, released }, limits) : ["a vulnerability must be an object"]);
    }
  }
  yield { kind: "part", part: { detector: line(author, 100) || "csaf", takenAt: released, failed: false, scannedAssets: [], rules: null, statementsOnly: true } };
}

export const csaf: Importer = { format: "csaf", label: "CSAF 2.0, VEX and advisories", media: ["json"], passes: 2, recognises, parse };
