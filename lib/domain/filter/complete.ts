import { responseTag } from "@/lib/domain/finding/response-tag";
import { RESPONSES } from "@/lib/domain/finding/words";
import { FIELD_WORDS } from "./field-words";
import { FIELD_NAMES, fieldNamed, fieldOf, type FieldName, type LiveSource } from "./fields";
import { lex } from "./lex";
import { printValue } from "./print";

/** One thing that can stand here: what it becomes, how it is shown, and what it means. */
export type Offer = { kind: "field" | "value" | "condition" | "word"; text: string; label: string; does: string };

/**
 * What can stand at a place: it replaces the text from `from` to `to`. `live`: values of the environment belong here too,
 * as `source` gives them for `prefix`. Nothing to offer is an empty list.
 */
export type Completion = { from: number; to: number; offers: readonly Offer[]; live: { field: FieldName; source: LiveSource; prefix: string } | null };

const MOST = 12;

const WORDS: readonly Offer[] = [
  { kind: "word", text: "OR ", label: "OR", does: "one side or the other" },
  { kind: "word", text: "AND ", label: "AND", does: "both, also of one field" },
  { kind: "word", text: "-", label: "-", does: "without what follows" },
  { kind: "word", text: "(", label: "( )", does: "several as one" },
];

/** What spans and numbers look like, for fields without a list of values. */
const SHAPES: Partial<Record<ReturnType<typeof fieldOf>["kind"], readonly (readonly [string, string])[]>> = {
  past: [["<24h", "in the last day"], ["<7d", "in the last week"], [">30d", "more than 30 days ago"], [">90d", "more than 90 days ago"]],
  future: [["<24h", "within a day"], ["<7d", "within a week"], ["<30d", "within a month"]],
};
const NUMBERS: Partial<Record<FieldName, readonly (readonly [string, string])[]>> = {
  cvss: [[">=9", "critical scores"], [">=7", "high and above"], ["4..6.9", "medium scores"]],
  epss: [[">0.5", "likelier than not"], [">0.1", "likelier than one in ten"]],
  port: [["443", "HTTPS"], ["80", "HTTP"], ["22", "SSH"], ["<1024", "well-known ports"]],
};
/** Tags that stand in no list of tags, since they follow the response: offered to whoever begins to type one. */
const RESPONSE_TAGS = RESPONSES.map(responseTag).filter((tag) => tag !== null).map((tag) => [tag, "follows the response"] as const);
const PEOPLE = [["me", "whoever looks"], ["none", "nobody"]] as const;

const spaced = (word: string) => word.replaceAll("_", " ");

function valuesOf(field: FieldName, typed: string): readonly (readonly [string, string])[] {
  const { kind, values, live } = fieldOf(field);
  if (kind === "person") return PEOPLE;
  if (kind === "tag") return typed === "" ? [] : RESPONSE_TAGS;
  const none = field === "owner" || field === "team" ? [["none", "without one"] as const] : [];
  return values?.map((value) => [value, ""] as const) ?? SHAPES[kind] ?? NUMBERS[field] ?? (live ? none : []);
}

function offersOfField(field: FieldName, typed: string, taken: readonly string[]): Offer[] {
  const word = typed.toLowerCase();
  const fits = valuesOf(field, word).filter(([value, does]) => !taken.includes(value) && (value.toLowerCase().startsWith(word) || spaced(value).startsWith(word) || (word.length > 1 && (value.includes(word) || does.includes(word)))));
  return fits.slice(0, MOST).map(([value, does]) => ({ kind: "value", text: value, label: value, does }));
}

function fieldOffers(typed: string): Offer[] {
  const word = typed.toLowerCase();
  const starts = FIELD_NAMES.filter((name) => name.startsWith(word));
  const aliased = FIELD_NAMES.filter((name) => !starts.includes(name) && word !== "" && fieldOf(name).aliases.some((alias) => alias.startsWith(word)));
  return [...starts, ...aliased].map((name) => ({ kind: "field", text: `${name}:`, label: `${name}:`, does: FIELD_WORDS[name].does }));
}

/** Whoever types "high" or "overdue" means a value, and need not know of which field. */
function valueOffers(typed: string): Offer[] {
  const word = typed.toLowerCase();
  if (word.length < 2) return [];
  const fields = FIELD_NAMES.filter((name) => !fieldOf(name).alone && name !== "technical" && name !== "effective");
  return fields.flatMap((name) => (fieldOf(name).values ?? []).filter((value) => value.startsWith(word)).map((value): Offer => ({ kind: "condition", text: `${name}:${value}`, label: `${name}:${value}`, does: FIELD_WORDS[name].does })));
}

function atValue(field: FieldName, typed: string, from: number, to: number, taken: readonly string[]): Completion {
  const { live } = fieldOf(field);
  return { from, to, offers: offersOfField(field, typed, taken), live: live ? { field, source: live, prefix: typed } : null };
}

/** Up to where the word under the cursor goes on. */
function endOf(text: string, cursor: number): number {
  const rest = /^[^\s,()"]*/.exec(text.slice(cursor))?.[0] ?? "";
  return cursor + rest.length;
}

/** What can stand where the cursor is: fields with what they mean, values of the field before it, and the words that join conditions. */
export function complete(text: string, cursor: number): Completion {
  const before = text.slice(0, cursor);
  const to = endOf(text, cursor);
  const { tokens } = lex(before);
  const last = tokens.at(-1);
  if (last?.kind === "field" && last.at + last.length === cursor && !before.endsWith(")")) {
    const field = fieldNamed(last.name);
    const isNew = /[:,(]\s*$/.test(before);
    const piece = isNew ? undefined : last.pieces.at(-1);
    if (!field) return { from: cursor, to: cursor, offers: [], live: null };
    return atValue(field, piece?.text ?? "", piece?.at ?? cursor, to, last.pieces.filter((each) => each !== piece).map(({ text: value }) => value));
  }
  const isWord = last?.kind === "word" && !last.quoted && last.at + last.length === cursor;
  if (last?.kind === "word" && last.quoted && last.at + last.length === cursor) return { from: cursor, to: cursor, offers: [], live: null };
  const typed = isWord ? last.text : "";
  const from = isWord ? last.at : cursor;
  const joins = WORDS.filter(({ label }) => (typed === "" ? tokens.length > 0 && !["or", "and", "not", "open"].includes(last?.kind ?? "") : label.startsWith(typed)));
  return { from, to, offers: [...fieldOffers(typed), ...valueOffers(typed), ...joins].slice(0, typed === "" ? 60 : MOST), live: null };
}

/** The text with an offer in its place, and where the cursor stands then. */
export function accept(text: string, { from, to }: Pick<Completion, "from" | "to">, offer: Offer): { text: string; cursor: number } {
  const put = offer.kind === "value" ? printValue(offer.text) : offer.text;
  return { text: `${text.slice(0, from)}${put}${text.slice(to)}`, cursor: from + put.length };
}
