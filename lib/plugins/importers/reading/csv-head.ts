import { parse } from "csv-parse/sync";
import type { Recognition } from "../contract";

/** What a format asks of its CSV. Columns are asked for in lower case. */
export type CsvShape = {
  /** The format's name, for refusals: `Nessus CSV`. */
  report: string;
  isHeader(columns: ReadonlySet<string>): boolean;
  /** Rows of another kind that may stand before the header: who made the report, and when. None unless said. */
  before?: number;
  /** How cells are parted, when somebody said so. */
  delimiter?: string | undefined;
  /** What a person reads when there is no such header; given the columns that were found. */
  refusal?: (columns: string) => string;
};

/** The header row of a CSV: names as they stand there, and how the file is cut into cells. */
export type CsvHead = { columns: readonly string[]; delimiter: string; rowsBefore: number };

/** How a line of a CSV may be cut, the likeliest first. */
const DELIMITERS = [",", ";", "\t", "|"] as const;
/** Enough for the header of every format, with what may stand before it. */
export const CSV_HEAD_BYTES = 65_536;

export const folded = (columns: readonly string[]): ReadonlySet<string> => new Set(columns.map((name) => name.trim().toLowerCase()));

/** How the file is cut: what Excel's `sep=;` says, else the sign that its first line has most of outside of quotes. */
export function delimiterOf(head: string): string {
  const said = /^\ufeff?\s*"?sep=([,;|\t])/i.exec(head)?.[1];
  if (said !== undefined) return said;
  const counts = new Map<string, number>();
  let quoted = false;
  for (const sign of head.trimStart()) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === "\n" || sign === "\r")) break;
    else if (!quoted) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return DELIMITERS.reduce<string>((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best), ",");
}

/** Line ends of Windows and Unix, mixed as they come; the old Macintosh's only where there is no other. */
export const lineEndsOf = (head: string): string[] => (head.includes("\n") || !head.includes("\r") ? ["\r\n", "\n"] : ["\r"]);

/** The first rows of a CSV from its head, which may end anywhere; what cannot be read ends them. */
export function firstRows(head: string, most: number, delimiter = delimiterOf(head)): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  if (/^\ufeff?\s*[<{[]/.test(head)) return rows;
  const options = { bom: true, delimiter, record_delimiter: lineEndsOf(head), relax_column_count: true, skip_empty_lines: true, trim: true, to: most };
  try {
    parse(head, {
      ...options,
      on_record: (cells: string[]): null => {
        rows.push(cells);
        return null;
      },
    });
  } catch {
    return rows;
  }
  return rows;
}

/** Excel's own line before the header. */
export const saysDelimiter = (cells: readonly string[]): boolean => /^sep=/i.test(cells[0] ?? "") && cells.slice(1).every((cell) => cell === "");

/** The header of a CSV of this shape, as far as a head shows it; null when there is none. */
export function csvHead(head: string, shape: CsvShape): CsvHead | null {
  const rows = firstRows(head, 2 + (shape.before ?? 0), shape.delimiter);
  const start = rows[0] !== undefined && saysDelimiter(rows[0]) ? 1 : 0;
  const at = rows.findIndex((cells, row) => row >= start && row <= start + (shape.before ?? 0) && shape.isHeader(folded(cells)));
  const columns = rows[at];
  return columns === undefined ? null : { columns, delimiter: shape.delimiter ?? delimiterOf(head), rowsBefore: at };
}

/** `yes` when the head has the header of this shape. */
export function recognisesCsv(head: string, shape: CsvShape, why: string): Recognition {
  if (/^\ufeff?\s*[<{[]/.test(head)) return { verdict: "no", why: `${shape.report} is CSV` };
  return csvHead(head, shape) ? { verdict: "yes", why } : { verdict: "no", why: `not the header of ${shape.report}` };
}
