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

/** Values as COPY reads them, without the end of the line; PostgreSQL takes no NUL in a text, so that character is left out. */
export function copyFields(values: readonly CopyValue[]): string {
  let fields = "";
  for (const value of values) fields += `\t${field(value)}`;
  return fields.slice(1);
}
