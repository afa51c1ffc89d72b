import { line } from "./plain-text";

const CVE = /\bCVE-\d{4}-\d{4,12}\b/gi;
const GHSA = /\bGHSA(?:-[23456789cfghjmpqrvwx]{4}){3}\b/gi;
const CWE = /\bCWE[-_/: ]{0,2}0{0,5}(\d{1,5})\b/gi;
/** Asked first, because most texts name none and a fruitless search for each kind is what a parse would spend its time on. */
const ANY = /CVE-|GHSA-|CWE/i;
/** Where identifiers are looked for in a long text: they stand at its beginning. */
const SEARCHED = 4_000;

function searchable(texts: readonly (string | null | undefined)[]): string {
  let joined = "";
  for (const text of texts) if (text) joined += ` ${text.length > SEARCHED ? text.slice(0, SEARCHED) : text}`;
  return ANY.test(joined) ? joined : "";
}

/** CVE numbers named in any of these texts: upper case, sorted, no duplicates. */
export function cves(texts: readonly (string | null | undefined)[], most: number): string[] {
  const text = searchable(texts);
  return text === "" ? [] : sorted(text.match(CVE), most, (name) => name.toUpperCase());
}

/** GitHub advisory names: prefix upper case, rest lower case, as the advisory database writes them. */
export function ghsas(texts: readonly (string | null | undefined)[], most: number): string[] {
  const text = searchable(texts);
  return text === "" ? [] : sorted(text.match(GHSA), most, (name) => `GHSA${name.slice(4).toLowerCase()}`);
}

/** Numbers of the weaknesses named `CWE-79`, `cwe/cwe-079`, `CWE 79`: ascending, no duplicates. */
export function cwes(texts: readonly (string | null | undefined)[], most: number): number[] {
  const text = searchable(texts);
  if (text === "") return [];
  const found = new Set<number>();
  for (const [, digits] of text.matchAll(CWE)) if (Number(digits) > 0) found.add(Number(digits));
  return [...found].sort((a, b) => a - b).slice(0, most);
}

function sorted(found: readonly string[] | null, most: number, spell: (name: string) => string): string[] {
  return [...new Set((found ?? []).map(spell))].sort().slice(0, most);
}

/** Only what parses as an http or https address without a password in it; order kept, no duplicates. */
export function webAddresses(texts: readonly (string | null | undefined)[], most: number): string[] {
  const kept = new Set<string>();
  for (const text of texts) {
    const address = text?.trim() ?? "";
    if (kept.size < most && address.length <= 2_000 && isWebAddress(address)) kept.add(line(address, 2_000));
  }
  return [...kept];
}

/** An `@` before the path would be a name and a password, or make one host look like another. */
const isWebAddress = (address: string): boolean => /^https?:\/\/[^\s<>"\\@/?#]+(?:[/?#][^\s<>"]*)?$/i.test(address) && URL.canParse(address);
