import type { Tab } from "@/lib/domain/finding/words";
import type { Fault } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { isTerm, LIMITS, type Expression, type Term } from "./expression";
import { areAlternatives } from "./alternatives";
import { fieldNamed, fieldOf, type FieldName } from "./fields";
import { filterOf } from "./flat";
import { parseExpression, sideBySide } from "./parse";
import { splitValues } from "./search-text";
import { readValue } from "./values";

export { defaultSort } from "./flat";

/** Search parameters, or the fields of a JSON object: texts, or lists of texts. */
export type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

function textsOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

/** One parameter as a term; each value that it cannot hold is a fault of its own. */
function parameter(key: string, field: FieldName, texts: readonly string[], faults: Fault[]): Term[] {
  const values = new Set<string>();
  for (const text of new Set(texts.flatMap(splitValues))) {
    const read = readValue(field, text);
    if (read.ok) values.add(read.value);
    else faults.push({ path: key, message: read.message });
  }
  if (values.size > LIMITS.values) faults.push({ path: key, message: `Name at most ${LIMITS.values} values.` });
  return values.size === 0 ? [] : [{ field, values: [...values].slice(0, LIMITS.values) }];
}

/** Old addresses ask with `sla=<24h` when a clock runs out. */
function fieldOfParameter(key: string, texts: readonly string[]): FieldName | null {
  const field = fieldNamed(key);
  return field === "sla" && texts.some((text) => /[<>\d]/.test(text)) ? "due" : field;
}

function parameters(asked: Asked, faults: Fault[]): Term[] {
  return Object.entries(asked).flatMap(([key, value]): Term[] => {
    if (key === "q" || value === undefined) return [];
    const texts = textsOf(value);
    const field = fieldOfParameter(key, texts);
    if (field !== null) return parameter(key, field, texts, faults);
    faults.push({ path: key, message: `There is no filter "${key.slice(0, 60)}".` });
    return [];
  });
}

/** Parameters before the typed text: one of a field that stands in both widens it, as repeated parameters do. */
function beside(named: readonly Term[], typed: readonly Expression[]): Expression[] {
  const left = [...typed];
  const first = sideBySide(named).flatMap((term) => {
    const at = isTerm(term) && areAlternatives(term.field) ? left.findIndex((each) => isTerm(each) && each.field === term.field) : -1;
    return at < 0 ? [term] : sideBySide([term, ...left.splice(at, 1)]);
  });
  return [...first, ...left];
}

/** What is said of the queue as a whole has one value. */
function severalOf(items: readonly Expression[]): Fault[] {
  const alone = items.filter(isTerm).filter(({ field, values }) => fieldOf(field).alone && values.length > 1);
  return alone.map(({ field }) => ({ path: field, message: "Name one value." }));
}

/**
 * Reads a filter out of an address or an object, and names every fault: pages leave faults out, so that an old link
 * still opens a queue; REST refuses them, so that a mistyped filter never means "everything". Faults of `q` say where they are.
 */
export function readFilter(asked: Asked, otherwise: Tab): { filter: QueueFilter; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const named = parameters(asked, faults);
  const typed = parseExpression(textsOf(asked.q).join(" "));
  const items = beside(named, typed.items);
  faults.push(...typed.faults.map(({ at, length, message }) => ({ path: "q", message, at, length })), ...severalOf(items));
  return { filter: filterOf(items, otherwise), faults };
}
