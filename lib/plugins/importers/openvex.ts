import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, instant, isFields, listAt, stringAt, stringsAt, valueAt, type Fields } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { readFacts, type Facts } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { line } from "./reading/plain-text";
import { statement, type ProductReading } from "./reading/statement";
import { Tally, type Entry } from "./reading/tally";

const STATEMENTS = ["statements[]"];
const FACTS = ["@context", "@id", "author", "timestamp", "last_updated", "role", "supplier"];

/** A product is named by itself or through what identifies it; its subcomponents are where the weakness lies (before 0.2 those of the statement). */
function productsOf(raw: Fields, limits: Limits): ProductReading[] {
  const most = limits.listItems * 10;
  const partsOf = (one: unknown) => listAt(one, "subcomponents", most).map(nameOf);
  const common = partsOf(raw);
  const products = listAt(raw, "products", most).map((one) => ({ name: nameOf(one), parts: [...partsOf(one), ...common] }));
  return products.length === 0 ? common.map((name) => ({ name })) : products;
}

const nameOf = (one: unknown): string | null => (typeof one === "string" ? one : (stringAt(fieldsAt(one, "identifiers"), "purl") ?? stringAt(one, "@id")));

/** Before version 0.2 the vulnerability was a name and nothing else. */
function namesOf(vulnerability: unknown, limits: Limits): (string | null)[] {
  if (typeof vulnerability === "string") return [vulnerability];
  return [stringAt(vulnerability, "name") ?? stringAt(vulnerability, "@id"), ...stringsAt(vulnerability, "aliases", limits.listItems)];
}

function readStatement(raw: Fields, facts: Facts, limits: Limits): Entry {
  const strange = ["products", "subcomponents"].find((list) => !isList(valueAt(raw, list)));
  if (strange !== undefined) return `its ${strange} are no list`;
  const said = stringAt(raw, "last_updated") ?? stringAt(raw, "timestamp") ?? facts.text("last_updated") ?? facts.text("timestamp");
  return statement(
    {
      vulnerabilities: namesOf(valueAt(raw, "vulnerability"), limits),
      products: productsOf(raw, limits),
      status: stringAt(raw, "status"),
      justification: stringAt(raw, "justification"),
      note: [stringAt(raw, "impact_statement"), stringAt(raw, "action_statement"), stringAt(raw, "status_notes")],
      author: stringAt(raw, "supplier") ?? facts.text("author"),
      saidAt: instant(said),
    },
    limits,
  );
}

/** What is left out says that the whole document is meant; what is there and no list says nothing that can be read. */
const isList = (value: unknown): boolean => value === undefined || value === null || Array.isArray(value);

const isContext = (context: unknown): boolean => typeof context === "string" && /^https:\/\/openvex\.dev\/ns/.test(context);

function recognises(head: string): Recognition {
  const { texts, keys } = outline(head);
  if (isContext(texts.get("@context"))) return { verdict: "yes", why: "the context of OpenVEX" };
  return { verdict: "no", why: keys.has("statements") ? "`statements` without the context of OpenVEX" : "no context of OpenVEX" };
}

/** OpenVEX 0.0.1 and 0.2: what an author states about vulnerabilities in products. Nothing was scanned. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const facts = await readFacts(source, FACTS, STATEMENTS, limits);
  if (!isContext(facts.at("@context"))) throw new ReportFault("This is no OpenVEX document: it does not name the context of OpenVEX", { path: "@context" });
  const tally = new Tally(limits);
  for await (const batch of cutElements(source, elementsOf(STATEMENTS, limits))) {
    for (const cut of batch) yield* tally.entries(cut, [isFields(cut.value) ? readStatement(cut.value, facts, limits) : "a statement must be an object"]);
  }
  const takenAt = instant(facts.text("last_updated") ?? facts.text("timestamp"));
  const detector = line(facts.text("author"), 100) || "openvex";
  yield { kind: "part", part: { detector, takenAt, failed: false, scannedAssets: [], rules: null, statementsOnly: true } };
}

export const openvex: Importer = { format: "openvex", label: "OpenVEX", media: ["json"], passes: 2, recognises, parse };
