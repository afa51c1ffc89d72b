import { printWord } from "./print";

/** The values of a list: by commas; a value that holds one stands in double quotes, a quote inside them is written twice. */
export function splitValues(text: string): string[] {
  return [...text.matchAll(/\s*"((?:[^"]|"")*)"|[^,]+/g)].map((found) => (found[1]?.replaceAll('""', '"') ?? found[0]).trim()).filter((value) => value !== "");
}

/** A value as it must stand in such a list. */
export function quoted(value: string): string {
  return /[",\s]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

const MAX_TERMS = 8;

/** The words of a free text as they stand in it; what stands in double quotes is one. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"]|"")+)"(?!")|\S+/g)].flatMap(([word, inner]) => {
    const read = inner?.replaceAll('""', '"').trim() ?? word;
    return read === "" || (inner === undefined && read === '"') ? [] : [read];
  });
}

/** Words as one free text, each quoted where it must be. */
export function textOf(words: readonly string[]): string {
  return words.map(printWord).join(" ");
}

/** The words that must all be found. At most eight, the rest is one more. */
export function searchTerms(text: string): string[] {
  const words = wordsOf(text);
  return words.length <= MAX_TERMS ? words : [...words.slice(0, MAX_TERMS - 1), words.slice(MAX_TERMS - 1).join(" ")];
}
