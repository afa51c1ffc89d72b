import { cleanTag } from "@/lib/domain/finding/clean-tag";
import { fieldOf, type Field, type FieldName } from "./fields";
import { LIMITS } from "./expression";
import { nearest } from "./nearest";
import { canonicalSpan } from "./span";

/** A value in its canonical form, or what is wrong with it. */
export type ReadValue = { ok: true; value: string } | { ok: false; message: string };

const good = (value: string): ReadValue => ({ ok: true, value });
const bad = (message: string): ReadValue => ({ ok: false, message });
const short = (text: string) => `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;

function choice(field: Field, text: string): ReadValue {
  const values = field.values ?? [];
  const spaced = text.trim().toLowerCase();
  const word = spaced.replace(/[\s-]+/g, "_");
  const known = [spaced, word].find((each) => values.includes(each)) ?? field.also?.get(spaced) ?? field.also?.get(word);
  if (known !== undefined) return good(known);
  const meant = nearest(word, values);
  return bad(`${short(text)} is none of: ${values.join(", ")}.${meant === null ? "" : ` Did you mean ${meant}?`}`);
}

const COMPARED = /^(>=|<=|>|<)?(.+)$/;

/** "79", ">=7", "4..6.9": numbers are written in their shortest form, so that the same number is the same text. */
function numeric(field: Field, text: string): ReadValue {
  const { least = 0, most = Number.MAX_SAFE_INTEGER } = field;
  const what = field.kind === "integer" ? "a whole number" : "a number";
  const message = `${short(text)} is not ${what} from ${least} to ${most}; write 7, >=7, <7 or 4..7.`;
  const number = (part: string): number | null => {
    const plain = part.trim().replace(field.prefix ?? /^$/, "");
    const share = most === 1 && /^\d{1,3}(?:\.\d{1,6})?%$/.test(plain) ? Number((Number(plain.slice(0, -1)) / 100).toFixed(6)) : null;
    const isNumber = field.kind === "integer" ? /^\d{1,10}$/.test(plain) : /^\d{1,6}(?:\.\d{1,6})?$/.test(plain);
    const value = share ?? (isNumber ? Number(plain) : Number.NaN);
    return value >= least && value <= most ? value : null;
  };
  const [from, to, ...more] = text.split("..");
  if (to !== undefined) {
    const [first, last] = [number(from ?? ""), number(to)];
    return first !== null && last !== null && first <= last && more.length === 0 ? good(`${first}..${last}`) : bad(message);
  }
  const [, sign = "", rest = ""] = COMPARED.exec(text.trim()) ?? [];
  const value = number(rest);
  return value === null ? bad(message) : good(`${sign}${value}`);
}

const YES: ReadonlyMap<string, string> = new Map([["true", "true"], ["yes", "true"], ["1", "true"], ["false", "false"], ["no", "false"], ["0", "false"]]);

function scan(field: Field, text: string): ReadValue {
  const [, number, change] = /^#?(\d{1,10})(?:\/([a-z]+))?$/i.exec(text.trim()) ?? [];
  if (number === undefined || Number(number) < 1 || Number(number) > 2_147_483_647) return bad(`${short(text)} is not the number of a scan; write scan:12 or scan:12/new.`);
  if (change === undefined) return good(String(Number(number)));
  const read = choice(fieldOf("change"), change);
  return read.ok ? good(`${Number(number)}/${read.value}`) : read;
}

function upper(text: string): string {
  const word = text.trim();
  return /^ghsa/i.test(word) ? `GHSA${word.slice(4).toLowerCase()}` : word.toUpperCase();
}

/**
 * Reads one value of a field as people write it ("CWE-79", "Informational", "To Be Closed", "50%") into its canonical form
 * ("79", "info", "closed", "0.5"). What it cannot be is told in words, with the nearest that it can.
 */
export function readValue(name: FieldName, text: string): ReadValue {
  const field = fieldOf(name);
  if (text.trim() === "") return bad(`${name}: needs a value.`);
  if (text.length > LIMITS.value) return bad(`A value has at most ${LIMITS.value} characters.`);
  switch (field.kind) {
    case "choice": case "flags": return choice(field, text);
    case "integer": case "decimal": return numeric(field, text);
    case "past": case "future": {
      const span = canonicalSpan(text.trim());
      return span === null ? bad(`${short(text)} is not a span of time; write >30d, <24h, 2026-11-01, >=2026-11-01 or 2026-11-01..2026-11-21.`) : good(span);
    }
    case "yes": {
      const known = YES.get(text.trim().toLowerCase());
      return known === undefined ? bad(`${short(text)} is neither true nor false.`) : good(known);
    }
    case "scan": return scan(field, text);
    case "upper": return good(upper(text));
    case "tag": return good(cleanTag(text));
    case "person": return good(text.trim().toLowerCase());
    case "words": case "text": return good(text.trim());
  }
}
