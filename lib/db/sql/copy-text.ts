/** Values in the text form of COPY: a line for each row, tabs between, \N for null. */

export type CopyValue = string | number | boolean | null | readonly string[] | readonly number[];

const SPECIAL = /[\\\t\n\r\0]/g;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "" };

function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}

function field(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  return escaped(`{${value.map((item) => `"${String(item).replace(/[\\"]/g, "\\$&")}"`).join(",")}}`);
}

/** One row as COPY reads it; PostgreSQL takes no NUL in a text, so that character is left out. */
export function copyLine(values: readonly CopyValue[]): string {
  return `${values.map(field).join("\t")}\n`;
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
