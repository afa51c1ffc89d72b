/** What a scanner saw, read for the eye: hostile text, of which nothing is ever taken for markup. */

/** A piece of a text; `hidden` names a character that would not show, or would make others show otherwise. */
export type Piece = { text: string; hidden: string | null };

const NAMES: Readonly<Record<string, string>> = {
  "\u001b": "escape", "\u200b": "zero width space", "\u200c": "zero width non-joiner", "\u200d": "zero width joiner", "\u200e": "left-to-right mark", "\u200f": "right-to-left mark",
  "\u061c": "Arabic letter mark", "\u202a": "left-to-right embedding", "\u202b": "right-to-left embedding", "\u202c": "end of direction", "\u202d": "left-to-right override", "\u202e": "right-to-left override",
  "\u2066": "left-to-right isolate", "\u2067": "right-to-left isolate", "\u2068": "first strong isolate", "\u2069": "end of isolate", "\ufeff": "byte order mark", "\u2028": "line separator", "\u2029": "paragraph separator", "\u00ad": "soft hyphen",
};

/** Control characters but tab and line feed, and the format characters of Unicode: directions, zero widths, tags. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const codeOf = (character: string) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Splits a text so that what would not show is shown: control characters by their picture (U+2400 and on), others by their number. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(HIDDEN)) {
    if (index > from) pieces.push({ text: text.slice(from, index), hidden: null });
    const code = character.codePointAt(0) ?? 0;
    const shown = code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? "\u2421" : codeOf(character);
    pieces.push({ text: shown, hidden: `${NAMES[character] ?? "control character"} ${codeOf(character)}` });
    from = index + character.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hidden: null });
  return pieces;
}

/** Lines as a reader counts them, whatever ended them where they come from. */
export function linesOf(text: string): string[] {
  return text.replaceAll(/\r\n?/g, "\n").split("\n");
}

export type HttpMessage = { kind: "request" | "response"; start: string; headers: readonly (readonly [name: string, value: string])[]; body: string };
/** What goes before, between and after messages stays as it is. */
export type HttpPart = HttpMessage | { kind: "text"; body: string };

const REQUEST = /^[A-Z]{3,20} \S{1,8000} HTTP\/\d(?:\.\d)?$/;
const RESPONSE = /^HTTP\/\d(?:\.\d)? \d{3}(?: .*)?$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[ \t]*(.*)$/;

const kindOf = (line: string) => (REQUEST.test(line) ? "request" : RESPONSE.test(line) ? "response" : null);

/** The HTTP messages in a text, recognised by their first lines; null where there is none. Nothing is decoded: a body is the text that was there. */
export function httpParts(text: string): HttpPart[] | null {
  const lines = linesOf(text);
  const starts = lines.flatMap((line, at) => (kindOf(line) === null ? [] : [at]));
  if (starts.length === 0) return null;
  const before = lines.slice(0, starts[0]).join("\n").trim();
  const messages = starts.map((at, index) => messageOf(lines.slice(at, starts[index + 1])));
  return before === "" ? messages : [{ kind: "text", body: before }, ...messages];
}

function messageOf([start = "", ...rest]: readonly string[]): HttpMessage {
  const end = rest.findIndex((line) => !HEADER.test(line));
  const head = end === -1 ? rest : rest.slice(0, end);
  const headers = head.flatMap((line) => {
    const [, name, value] = HEADER.exec(line) ?? [];
    return name === undefined ? [] : [[name, value ?? ""] as const];
  });
  const body = end === -1 ? "" : rest.slice(end).join("\n").replace(/^\n/, "").trimEnd();
  return { kind: kindOf(start) ?? "request", start, headers, body };
}

export type CodeLine = { number: number; text: string; isMarked: boolean };

const NUMBERED = /^\s{0,10}(\d{1,7})(?:[:|\t ] ?(.*))?$/;

/** The line that a location names: "src/app.ts:12" or "src/app.ts:12:5" is 12. */
function lineAt(location: string): number | null {
  const [, line] = /:(\d{1,7})(?::\d{1,7})?(?: |$)/.exec(location) ?? [];
  return line === undefined ? null : Number(line);
}

/**
 * The text with line numbers: its own where the scanner printed them, the location's where it quotes that one line, else counted from 1. The
 * location's line is marked where it is known for certain. A first line that is the location itself is left out.
 */
export function codeLines(text: string, location: string): CodeLine[] {
  const lines = linesOf(text);
  const wanted = lineAt(location);
  const isPlace = wanted !== null && quotesPlace(lines, location);
  const code = isPlace ? lines.slice(1) : lines;
  const own = ownNumbers(code);
  if (own) return own.map(({ number, text: line }) => ({ number, text: line, isMarked: number === wanted }));
  const quotesOne = isPlace && wanted !== null && code.filter((line) => line.trim() !== "").length === 1;
  return code.map((line, at) => ({ number: quotesOne ? wanted + at : at + 1, text: line, isMarked: quotesOne && at === 0 }));
}

/** Does the text begin with the location that it quotes? */
function quotesPlace([first = "", ...rest]: readonly string[], location: string): boolean {
  return rest.length > 0 && first !== "" && (first === location || location.startsWith(`${first} `));
}

/** The numbers that the scanner printed: on every line, each one more than the line before. */
function ownNumbers(lines: readonly string[]): { number: number; text: string }[] | null {
  const read = lines.map((line) => NUMBERED.exec(line));
  const first = Number(read[0]?.[1]);
  if (lines.length < 2 || !read.every((found, at) => Number(found?.[1]) === first + at)) return null;
  return read.map((found, at) => ({ number: first + at, text: found?.[2] ?? "" }));
}

export const OBSERVATION_VIEWS = ["plain", "code", "http"] as const;
export type ObservationView = (typeof OBSERVATION_VIEWS)[number];

/** How a text is best shown first: as messages where it holds some, as code where it quotes a line of its location. */
export function firstView(text: string, location: string): ObservationView {
  if (httpParts(text) !== null) return "http";
  return lineAt(location) !== null && quotesPlace(linesOf(text), location) ? "code" : "plain";
}
