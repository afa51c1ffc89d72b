/**
 * Scanner text as it may be stored and shown: no NUL (PostgreSQL refuses it), no lone surrogate, no control
 * character but tab and line feed, bounded length. Markup and formulas stay as they are: they are text.
 */

/** Marks that turn the reading direction around: in a title they show one thing and mean another. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;
const UNWANTED = /(?![\t\n])\p{Cc}|\p{Cs}/gu;

/** A loop, because most texts need nothing and it is several times faster than the expressions above. */
function needsCleaning(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 ? unit !== 0x0a && unit !== 0x09 : unit > 0x7e && (unit < 0xa0 || (unit >= 0xd800 && unit < 0xe000))) return true;
  }
  return false;
}

const replacement = (unit: string): string => ((unit.codePointAt(0) ?? 0) >= 0xd800 ? "\ufffd" : "");

function clean(text: string): string {
  if (!needsCleaning(text)) return text;
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(UNWANTED, replacement);
}

/** At most `most` UTF-16 units, never half a character; an ellipsis says that something was cut. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 2);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 2 : most - 1)}…`;
}

/** Text of several lines, or null when nothing but blanks is left. */
export function block(text: string | null | undefined, most: number): string | null {
  if (text === null || text === undefined) return null;
  const plain = clean(text.length > most * 2 ? text.slice(0, most * 2) : text).trim();
  return plain === "" ? null : shorten(plain, most);
}

/** Printable ASCII without doubled or outer blanks: most names and titles, and nothing is to be done to them. */
function isTidy(text: string): boolean {
  let blank = true;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || unit > 0x7e || (unit === 0x20 && blank)) return false;
    blank = unit === 0x20;
  }
  return !blank;
}

/** Text of one line: blanks and line ends become one blank. May be empty. */
export function line(text: string | null | undefined, most: number): string {
  if (text === null || text === undefined || text === "") return "";
  if (text.length <= most && isTidy(text)) return text;
  const plain = clean(text.length > most * 4 ? text.slice(0, most * 4) : text);
  return shorten(plain.replaceAll(/\s+/g, " ").replaceAll(DIRECTION, "").trim(), most);
}

/** Joins what is there with an empty line between. */
export function paragraphs(parts: readonly (string | null | undefined)[], most: number): string | null {
  return block(parts.filter((part) => part !== null && part !== undefined && part.trim() !== "").join("\n\n"), most);
}
