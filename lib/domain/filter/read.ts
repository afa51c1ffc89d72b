import { isSpan } from "@/lib/domain/filter/span";
import { FIELD_NAMES, fieldNamed, readSearchText, splitValues, type FieldName } from "@/lib/domain/filter/search-text";
import { foldLabel } from "@/lib/domain/finding/legacy-code";
import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS, type Tab } from "@/lib/domain/finding/words";
import type { Fault } from "@/lib/domain/refusal";
import { IS_FLAGS, SCAN_CHANGES, SORTS, type QueueFilter, type Sort } from "@/lib/domain/views/alerts";

/** Search parameters, or the fields of a JSON object: texts, or lists of texts. */
export type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

const MAX_VALUES = 50;
const MAX_TEXT = 400;
const MAX_INTEGER = 2_147_483_647;

/** Closed is read by newest decision, every other tab by what is worst. */
export function defaultSort(tab: Tab): Sort {
  return tab === "closed" ? "-decided" : "severity";
}

/** What was asked, field by field, and every fault met on the way. */
class Reader {
  readonly faults: Fault[] = [];
  private readonly values = new Map<FieldName, string[]>();

  add(path: string, name: FieldName, texts: readonly string[]) {
    const all = [...new Set([...(this.values.get(name) ?? []), ...texts])];
    if (all.length > MAX_VALUES) this.faults.push({ path, message: `Name at most ${MAX_VALUES} values.` });
    this.values.set(name, all.slice(0, MAX_VALUES));
  }

  words(name: FieldName): string[] {
    return (this.values.get(name) ?? []).filter((text) => this.holds(name, text.length <= 300, "A value has at most 300 characters."));
  }

  known<T extends string>(name: FieldName, values: readonly T[], fold: (text: string) => string = (text) => text.toLowerCase()): T[] {
    const asked = (this.values.get(name) ?? []).map((text) => ({ text, word: fold(text) }));
    for (const { text, word } of asked) this.holds(name, values.some((value) => value === word), `"${text.slice(0, 60)}" is none of: ${values.join(", ")}.`);
    return values.filter((value) => asked.some(({ word }) => word === value));
  }

  one<T extends string>(name: FieldName, values: readonly T[]): T | null {
    const asked = this.values.get(name) ?? [];
    this.holds(name, asked.length <= 1, "Name one value.");
    return this.known(name, values)[0] ?? null;
  }

  numbers(name: FieldName, prefix: RegExp, max: number): number[] {
    const texts = (this.values.get(name) ?? []).map((text) => text.replace(prefix, ""));
    return texts.filter((text) => this.holds(name, /^\d{1,10}$/.test(text) && Number(text) <= max, `"${text.slice(0, 60)}" is not a number that can be here.`)).map(Number);
  }

  span(name: FieldName): string | null {
    const text = this.values.get(name)?.[0];
    const message = 'A span is ">30d", "<24h", "2026-11-01" or "2026-11-01..2026-11-21".';
    return text !== undefined && this.holds(name, isSpan(text), message) ? text : null;
  }

  private holds(path: string, isSo: boolean, message: string): boolean {
    if (!isSo) this.faults.push({ path, message });
    return isSo;
  }
}

function textsOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

function readAll(asked: Asked, reader: Reader): string {
  const typed = textsOf(asked.q).join(" ").trim();
  if (typed.length > MAX_TEXT) reader.faults.push({ path: "q", message: `A search has at most ${MAX_TEXT} characters.` });
  const search = readSearchText(typed.slice(0, MAX_TEXT));
  for (const part of search.negated) reader.faults.push({ path: "q", message: `"${part}" cannot be negated.` });
  for (const [key, value] of Object.entries(asked)) {
    const name = fieldNamed(key);
    if (name !== null) reader.add(key, name, textsOf(value).flatMap(splitValues));
    else if (key !== "q" && value !== undefined) reader.faults.push({ path: key, message: `There is no filter "${key}".` });
  }
  for (const field of search.fields) reader.add("q", field.name, field.values);
  return search.text;
}

/**
 * Reads a filter out of an address or an object, and names every fault: pages leave faults out, so that an old link
 * still opens a queue; REST refuses them, so that a mistyped filter never means "everything".
 */
export function readFilter(asked: Asked, otherwise: Tab): { filter: QueueFilter; faults: readonly Fault[] } {
  const reader = new Reader();
  const q = readAll(asked, reader);
  const tab = reader.one(FIELD_NAMES.tab, TABS) ?? otherwise;
  const filter: QueueFilter = {
    tab,
    severity: reader.known("severity", SEVERITIES, severityWord),
    technical: reader.known("technical", SEVERITIES, severityWord),
    effective: reader.known("effective", SEVERITIES, severityWord),
    scanner: reader.known("scanner", SCANNER_STATUSES),
    governance: reader.known("governance", GOVERNANCE_STATUSES),
    response: reader.known("response", RESPONSES, (text) => foldLabel(text) ?? text),
    detector: reader.words("detector"),
    asset: reader.words("asset"),
    rule: reader.words("rule"),
    category: reader.words("category"),
    cwe: reader.numbers("cwe", /^cwe-/i, MAX_INTEGER),
    cve: reader.words("cve").map((text) => text.toUpperCase()),
    port: reader.numbers("port", /^$/, 65_535),
    assignee: reader.words("assignee").map((text) => text.toLowerCase()),
    tag: reader.words("tag"),
    is: reader.known("is", IS_FLAGS),
    added: reader.span("added"),
    seen: reader.span("seen"),
    due: reader.span("due"),
    decided: reader.span("decided"),
    q,
    sort: reader.one("sort", SORTS) ?? defaultSort(tab),
    scan: reader.numbers("scan", /^$/, MAX_INTEGER).find((number) => number > 0) ?? null,
    change: reader.one("change", SCAN_CHANGES),
  };
  return { filter, faults: reader.faults };
}

function severityWord(text: string): string {
  const word = text.toLowerCase();
  return word === "informational" ? "info" : word;
}
