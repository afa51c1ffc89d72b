/** Values in the text form of COPY: a line for each row, tabs between, \N for null. */

export type CopyValue = string | number | boolean | null | readonly string[] | readonly number[];

const SPECIAL = /[\\\t\n\r\0]/;

/** Most texts have nothing to escape; those that have are gone through once for each kind, which costs less than a call for each character. */
function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r").replaceAll("\0", "");
}

function field(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  if (value.length === 0) return "{}";
  return escaped(`{${value.map((item) => (typeof item === "number" ? item : `"${item.replace(/[\\"]/g, "\\$&")}"`)).join(",")}}`);
}

/** One row as COPY reads it; PostgreSQL takes no NUL in a text, so that character is left out. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = "";
  for (const value of values) line += `\t${field(value)}`;
  return `${line.slice(1)}\n`;
}

const BUFFER = 64 * 1024;

/** Rows as pieces of about 64 KiB: few writes, little memory. */
export async function* copyText(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let buffer = "";
  for await (const line of lines) {
    buffer += line;
    if (buffer.length < BUFFER) continue;
    yield buffer;
    buffer = "";
  }
  if (buffer !== "") yield buffer;
}
