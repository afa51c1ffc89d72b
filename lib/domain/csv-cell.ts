/** What a spreadsheet takes for the start of a formula, in all its widths; East Asian editions read the wide signs as the plain ones. */
const STARTS = "=+\\-@\\u2212\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE66\\uFE62\\uFE63\\uFE6B";

/** A formula after blanks, marks and control characters that are cut before a cell is read; apostrophes of an earlier neutralising count as well. */
const FORMULA = new RegExp(`^'*(?:[\\t\\r\\n]|[\\p{C}\\p{Z}]*[${STARTS}])`, "u");

/**
 * A text as it may stand in a cell of a sheet: what would start a formula gets an apostrophe in front, so that it stays text.
 * Numbers and blanks are left as they are. `plainCell` gives the text back exactly.
 */
export function safeCell(value: string | number | null): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  return FORMULA.test(value) ? `'${value}` : value;
}

/** The text behind a cell that `safeCell` wrote: its one apostrophe taken off again, any other left. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
