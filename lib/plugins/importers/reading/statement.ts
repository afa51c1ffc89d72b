import type { Named, Statement } from "../contract";
import type { Limits } from "../limits";
import { cves, ghsas } from "./identifiers";
import { line, paragraphs } from "./plain-text";
import { packageOfPurl } from "./purl";

type Text = string | null | undefined;

/** What the VEX formats call a status → the one word for it. */
const STATUSES: ReadonlyMap<string, Statement["status"]> = new Map([
  ["not_affected", "not_affected"],
  ["known_not_affected", "not_affected"],
  ["affected", "affected"],
  ["exploitable", "affected"],
  ["known_affected", "affected"],
  ["first_affected", "affected"],
  ["last_affected", "affected"],
  ["fixed", "fixed"],
  ["first_fixed", "fixed"],
  ["resolved", "fixed"],
  ["resolved_with_pedigree", "fixed"],
  ["under_investigation", "under_investigation"],
  ["in_triage", "under_investigation"],
  ["false_positive", "false_positive"],
]);

/** A product that is more than its name: its version beside it, or the packages in it that are meant. */
export type ProductReading = { name: Text; version?: Text; parts?: readonly Text[] };

/** A statement as an importer reads it. */
export type StatementReading = {
  vulnerabilities: readonly Text[];
  /** Package URLs or names. */
  products: readonly (Text | ProductReading)[];
  status: Text;
  justification?: Text;
  note?: readonly Text[];
  author?: Text;
  saidAt?: Date | null;
};

/** The statement as the contract wants it; a text is why it says nothing. */
export function statement(reading: StatementReading, limits: Limits): Statement | string {
  const vulnerabilities = named(reading.vulnerabilities.flatMap(identified), limits);
  const status = STATUSES.get((reading.status ?? "").trim().toLowerCase());
  if (vulnerabilities.length === 0) return "a statement needs the name of a vulnerability";
  if (status === undefined) return `the status ${JSON.stringify(line(reading.status, 60))} is not known`;
  const many = { ...limits, listItems: limits.listItems * 10 };
  const products = reading.products.map(asProduct);
  const all = named([...products.map(({ name }) => name), ...products.flatMap(({ parts = [] }) => parts)], many);
  // Without a product it would be about whatever the document is about: more than anybody said.
  if (reading.products.length > 0 && all.length === 0) return "none of its products has a name";
  return {
    vulnerabilities,
    products: all,
    about: resolved(products, many),
    status,
    justification: line(reading.justification, limits.nameChars) || null,
    note: paragraphs(reading.note ?? [], limits.textChars),
    author: line(reading.author, limits.nameChars) || null,
    saidAt: reading.saidAt ?? null,
  };
}

const named = (texts: readonly Text[], limits: Limits): string[] =>
  [...new Set(texts.map((text) => line(text, limits.nameChars)).filter((text) => text !== ""))].slice(0, limits.listItems);

const asProduct = (product: Text | ProductReading): ProductReading => (typeof product === "object" && product !== null ? product : { name: product });

/** An address of an advisory stands for the vulnerability that it names. */
function identified(text: Text): Text[] {
  const names = [...cves([text], 20), ...ghsas([text], 20)];
  return names.length === 0 ? [text] : names;
}

/** Products with what is meant in them; `limits.listItems` counts them all together. */
function resolved(products: readonly ProductReading[], limits: Limits): Statement["about"] {
  const about: Statement["about"][number][] = [];
  let left = limits.listItems;
  for (const { name, version, parts = [] } of products) {
    if (left <= 0) break;
    const own = nameOf(name, version, limits);
    if (own === null) continue;
    const inside = parts.slice(0, left).map((part) => nameOf(part, null, limits)).filter((part) => part !== null);
    left -= 1 + inside.length;
    about.push({ ...own, parts: inside });
  }
  return about;
}

function nameOf(text: Text, version: Text, limits: Limits): Named | null {
  const known = packageOfPurl(text);
  const name = line(known?.name ?? text, limits.nameChars);
  return name === "" ? null : { name, version: line(known?.version ?? version, limits.nameChars) || null };
}
