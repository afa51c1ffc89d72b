import type { Statement } from "../contract";
import type { Limits } from "../limits";
import { line, paragraphs } from "./plain-text";

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

/** A statement as an importer reads it. */
export type StatementReading = {
  vulnerabilities: readonly Text[];
  products: readonly Text[];
  status: Text;
  justification?: Text;
  note?: readonly Text[];
  author?: Text;
  saidAt?: Date | null;
};

/** The statement as the contract wants it; a text is why it says nothing. */
export function statement(reading: StatementReading, limits: Limits): Statement | string {
  const vulnerabilities = named(reading.vulnerabilities, limits);
  const status = STATUSES.get((reading.status ?? "").trim().toLowerCase());
  if (vulnerabilities.length === 0) return "a statement needs the name of a vulnerability";
  if (status === undefined) return `the status ${JSON.stringify(line(reading.status, 60))} is not known`;
  return {
    vulnerabilities,
    products: named(reading.products, { ...limits, listItems: limits.listItems * 10 }),
    status,
    justification: line(reading.justification, limits.nameChars) || null,
    note: paragraphs(reading.note ?? [], limits.textChars),
    author: line(reading.author, limits.nameChars) || null,
    saidAt: reading.saidAt ?? null,
  };
}

const named = (texts: readonly Text[], limits: Limits): string[] =>
  [...new Set(texts.map((text) => line(text, limits.nameChars)).filter((text) => text !== ""))].slice(0, limits.listItems);
