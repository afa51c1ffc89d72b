import { parse } from "csv-parse/sync";
import { z } from "zod";
import { plainCell } from "@/lib/domain/csv-cell";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { isStorable } from "@/lib/domain/storable";
import type { AssetChange } from "./change";
import { assetFacts, assetName, MAX_SHEET_ROWS } from "./input";
import { ASSET_FIELDS, EXPOSURE_LABELS, FIELD_WORDS, KIND_LABELS, SENSITIVITY_LABELS, type AssetField } from "./words";

/** The columns that an export adds; an import reads past them. */
export const TOLD_COLUMNS = ["first_seen", "last_scanned", "detectors", "critical", "high", "medium", "low", "info", "live"] as const;

/** `given` is the name as the sheet has it: a scanner's name may begin or end with blanks. */
export type SheetRow = { line: number; given: string; name: string; facts: AssetChange };
export type SheetFault = { line: number; name: string; why: string };
/** A sheet as it was read: rows that can be taken, rows that cannot and why, and columns that mean nothing here. */
export type Sheet = { rows: readonly SheetRow[]; refused: readonly SheetFault[]; ignored: readonly string[] };

const record = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });
const records = z.array(record).max(MAX_SHEET_ROWS + 2);
const trouble = z.object({ message: z.string(), lines: z.number().optional() });
const facts = z.object(assetFacts);

type Column = { at: number; field: AssetField };
type Head = { name: number; columns: readonly Column[]; ignored: readonly string[] };

/**
 * Reads a sheet of assets: comma, semicolon or tab between the cells, a header row, `name` among its columns.
 * A column that is absent leaves that field as it is; a blank cell empties it. What the writer of a cell escaped is taken back.
 * Refuses a text that is no sheet, one without names and one of more than 20,000 rows; single bad rows are put aside with their reason.
 */
export function readSheet(text: string): Result<Sheet> {
  if (!isStorable(text)) return refuse("invalid", "This is no text file: it holds a NUL or half a character.", { next: "Save it as CSV in UTF-8." });
  const cells = cellsOf(text);
  if (!cells.ok) return cells;
  const [first, ...rest] = cells.value;
  if (!first) return refuse("invalid", "This file is empty.", { next: "Its first line names the columns; the next ones are assets." });
  if (rest.length > MAX_SHEET_ROWS) return refuse("too_large", `A sheet has at most ${MAX_SHEET_ROWS.toLocaleString("en")} rows.`, { next: "Split it; each part is applied by itself." });
  const head = headOf(first.record);
  if (!head.ok) return head;
  return ok(sheetOf(head.value, rest));
}

/** The sign between cells: the one of these that the header row has most of. */
function delimiterOf(text: string): string {
  const [head = ""] = text.split(/\r?\n/, 1);
  const often = (sign: string) => head.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (often(sign) > often(best) ? sign : best));
}

function cellsOf(text: string): Result<z.output<typeof records>> {
  try {
    const read: unknown = parse(text, {
      bom: true, delimiter: delimiterOf(text), info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 100_000, to: MAX_SHEET_ROWS + 2,
    });
    return ok(records.parse(read));
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    const { message, lines } = trouble.catch({ message: "unreadable" }).parse(error);
    return refuse("invalid", `This is no sheet${lines === undefined ? "" : `, line ${lines}`}: ${message.slice(0, 200)}`, { next: "Save it as CSV in UTF-8, then try again. Nothing was changed." });
  }
}

/** Column names without case, blanks and marks, and what they stand for. */
const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
const FIELD_OF = new Map<string, AssetField>([
  ...ASSET_FIELDS.flatMap((field) => [[plain(FIELD_WORDS[field].snake), field], [plain(FIELD_WORDS[field].label), field]] as const),
  ["data", "sensitivity"], ["type", "kind"], ["decommissioned", "decommissionOn"], ["role", "owner"],
]);
const NAMES = ["name", "asset", "assetname", "host", "hostname"];
const TOLD = TOLD_COLUMNS.map(plain);

function headOf(cells: readonly string[]): Result<Head> {
  const names = cells.map((cell) => plain(plainCell(cell)));
  const name = names.findIndex((each) => NAMES.includes(each));
  if (name < 0) return refuse("invalid", "The header row has no column \"name\".", { next: `Columns: name, ${ASSET_FIELDS.map((field) => FIELD_WORDS[field].snake).join(", ")}.` });
  const columns = names.flatMap((each, at): Column[] => {
    const field = FIELD_OF.get(each);
    return field === undefined || at === name ? [] : [{ at, field }];
  });
  const twice = columns.find(({ field, at }) => columns.some((other) => other.field === field && other.at < at));
  if (twice) return refuse("invalid", `Two columns say the ${FIELD_WORDS[twice.field].label.toLowerCase()}.`);
  const used = [name, ...columns.map(({ at }) => at)];
  const ignored = cells.filter((cell, at) => !used.includes(at) && cell.trim() !== "" && !TOLD.includes(names[at] ?? ""));
  return ok({ name, columns, ignored: ignored.slice(0, 50).map((cell) => cell.trim().slice(0, 100)) });
}

function sheetOf(head: Head, lines: readonly z.output<typeof record>[]): Sheet {
  const rows: SheetRow[] = [];
  const refused: SheetFault[] = [];
  const seen = new Map<string, number>();
  for (const { record: cells, info } of lines) {
    const given = plainCell(cells[head.name] ?? "");
    const read = rowOf(head, cells, given);
    const before = seen.get(given.trim());
    if (!read.ok) refused.push({ line: info.lines, name: given.slice(0, 300), why: read.refusal.message });
    else if (before !== undefined) refused.push({ line: info.lines, name: given.slice(0, 300), why: `Line ${before} names the same asset.` });
    else rows.push({ line: info.lines, given, ...read.value });
    if (!seen.has(given.trim())) seen.set(given.trim(), info.lines);
  }
  return { rows, refused, ignored: head.ignored };
}

function rowOf({ columns }: Head, cells: readonly string[], given: string): Result<{ name: string; facts: AssetChange }> {
  const name = assetName.safeParse(given);
  if (!name.success) return refuse("invalid", name.error.issues[0]?.message ?? "This name cannot be taken.");
  const wanted = Object.fromEntries(columns.map(({ at, field }) => [field, valueOf(field, plainCell(cells[at] ?? "").trim())]));
  const read = facts.safeParse(wanted);
  if (read.success) return ok({ name: name.data, facts: read.data });
  const [issue] = read.error.issues;
  const field = ASSET_FIELDS.find((each) => each === issue?.path[0]);
  if (field === undefined) return refuse("invalid", issue?.message ?? "This row cannot be read.");
  return refuse("invalid", `${FIELD_WORDS[field].label} "${String(wanted[field]).slice(0, 60)}": ${saysFor(field, issue?.message)}`);
}

const WORDS: Partial<Record<AssetField, Readonly<Record<string, string>>>> = { kind: KIND_LABELS, exposure: EXPOSURE_LABELS, sensitivity: SENSITIVITY_LABELS };

function saysFor(field: AssetField, message = "cannot be read."): string {
  const words = WORDS[field];
  return words ? `none of ${Object.keys(words).join(", ")}.` : message;
}

/** The value that a cell means: words by name or label, whatever their case; blank is unknown or none, a blank kind says nothing. */
function valueOf(field: AssetField, cell: string): string | null | undefined {
  const words = WORDS[field];
  if (cell === "") return field === "kind" ? undefined : words ? "unknown" : null;
  const found = Object.entries(words ?? {}).find(([word, label]) => [word, label.toLowerCase()].includes(cell.toLowerCase()));
  return found ? found[0] : cell;
}
