import { type CsvError, parse, type Parser } from "csv-parse";
import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { CSV_HEAD_BYTES, type CsvShape, delimiterOf, folded, lineEndsOf, saysDelimiter } from "./csv-head";
import { line as oneLine } from "./plain-text";
import { refuseUtf16, Utf8Gate } from "./utf8-gate";

/** One record below the header, with the number of the line on which it begins. */
export class CsvRow {
  /** `why` is set when its cells do not fit the header: it is to be yielded as rejected, and its cells not to be asked. */
  constructor(
    readonly line: number,
    readonly cells: readonly string[],
    readonly header: CsvHeader,
    readonly why: string | null,
  ) {}

  get where(): string {
    return `line ${String(this.line)}`;
  }

  /** The first of these columns, in lower case, that is there and not empty; blanks around it taken off. */
  at(...columns: readonly string[]): string | null {
    for (const name of columns) {
      const at = this.header.at(name);
      const text = at === undefined ? "" : (this.cells[at] ?? "").trim();
      if (text !== "") return text;
    }
    return null;
  }
}

export class CsvHeader {
  private readonly positions: ReadonlyMap<string, number>;

  constructor(readonly columns: readonly string[]) {
    this.positions = new Map(columns.map((name, at) => [name.trim().toLowerCase(), at]));
  }

  /** Position of a column, its name in lower case. */
  at(name: string): number | undefined {
    return this.positions.get(name);
  }
}

const SLICE = 65_536;
const MOST_COLUMNS = 1_000;

/** What csv-parse calls a fault → what a person reads. */
const FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "The report is cut short: a quoted cell does not end",
  INVALID_OPENING_QUOTE: "The report is not valid CSV: a quote stands inside of a cell that is not quoted",
  CSV_INVALID_CLOSING_QUOTE: "The report is not valid CSV: a quoted cell goes on after its quote",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: "The report is not valid CSV: a quoted cell goes on after its quote",
  CSV_MAX_RECORD_SIZE: "A single record of the report is larger than allowed",
};

/**
 * Reads a CSV (RFC 4180 in UTF-8; cells parted by comma, semicolon, tab or bar, as its first line has them) without
 * holding more than one record. Refuses a file without the header that the shape asks for, a header that names a
 * column twice, NUL, a quote that is not closed, and a last record cut in its middle. A record of another width is
 * given with the reason, a blank one passed over. The rows come in batches, each to be read before the next.
 */
export async function* readCsv(source: Source, limits: Limits, shape: CsvShape): AsyncGenerator<readonly CsvRow[]> {
  let document: CsvDocument | null = null;
  let head: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of source.open()) {
    if (document === null) {
      head.push(chunk);
      held += chunk.length;
      if (held < CSV_HEAD_BYTES) continue;
      document = new CsvDocument(Buffer.concat(head), limits, shape);
      yield* document.write(Buffer.concat(head));
      head = [];
    } else yield* document.write(chunk);
  }
  const rest = Buffer.concat(head);
  if (document === null && rest.toString("utf8").trim() === "") throw new ReportFault("The report is empty");
  document ??= new CsvDocument(rest, limits, shape);
  yield* document.write(rest);
  yield await document.end();
}

class CsvDocument {
  private readonly utf8 = new Utf8Gate();
  private readonly parser: Parser;
  private rows: CsvRow[] = [];
  private header: CsvHeader | null = null;
  /** The first row, for the refusal of a file that has no header. */
  private first: readonly string[] | null = null;
  private rowsBefore = 0;
  /** A row with too few cells: the file's last one, cut short, or one of its own. */
  private short: CsvRow | null = null;
  private line = 1;
  private emptyLines = 0;
  private bytes = 0;
  /** Bytes since a record ended. */
  private quiet = 0;
  private ended = true;
  private fault: ReportFault | null = null;

  constructor(
    head: Uint8Array,
    private readonly limits: Limits,
    private readonly shape: CsvShape,
  ) {
    refuseUtf16(head);
    const text = Buffer.from(head.subarray(0, CSV_HEAD_BYTES)).toString("utf8");
    this.parser = parse({
      bom: true,
      delimiter: shape.delimiter ?? delimiterOf(text),
      record_delimiter: lineEndsOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: limits.elementBytes,
      on_record: (cells: string[], { empty_lines: emptyLines }): null => {
        this.take(cells, emptyLines);
        return null;
      },
    });
    // What went wrong is given to whoever wrote; without a listener the process would end.
    this.parser.on("error", () => undefined);
    this.parser.resume();
  }

  async *write(chunk: Uint8Array): AsyncGenerator<readonly CsvRow[]> {
    for (let at = 0; at < chunk.length; at += SLICE) {
      const slice = chunk.subarray(at, at + SLICE);
      this.check(slice);
      await this.pass((done) => this.parser.write(slice, done));
      yield this.taken();
    }
  }

  /** Must follow the last bytes. */
  async end(): Promise<readonly CsvRow[]> {
    this.utf8.end();
    await this.pass((done) => {
      this.parser.once("end", () => {
        done(null);
      });
      this.parser.once("error", done);
      this.parser.end();
    });
    if (this.header === null) throw this.headless();
    if (this.short && !this.ended) throw new ReportFault("The report is cut short: its last record has too few cells", { line: this.short.line });
    if (this.short) this.rows.push(this.short);
    return this.taken();
  }

  private check(slice: Uint8Array): void {
    this.utf8.check(slice);
    const nul = slice.indexOf(0);
    if (nul >= 0) throw new ReportFault("The report holds a NUL: it is no text", { offset: this.bytes + nul, line: this.line });
    this.bytes += slice.length;
    this.quiet += slice.length;
    if (this.bytes > this.limits.bytes) throw new ReportFault("The report is larger than allowed", { line: this.line });
    const last = slice[slice.length - 1];
    this.ended = last === 0x0a || last === 0x0d;
  }

  private async pass(act: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
    const error = await new Promise<Error | null | undefined>((resolve) => {
      act(resolve);
    });
    if (this.fault) throw this.fault;
    if (error) throw this.told(error);
    if (this.quiet > this.limits.elementBytes) throw new ReportFault("A single record of the report is larger than allowed", { line: this.line });
  }

  private taken(): readonly CsvRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private take(cells: readonly string[], emptyLines: number): void {
    this.line += emptyLines - this.emptyLines;
    this.emptyLines = emptyLines;
    this.quiet = 0;
    const at = this.line;
    this.line++;
    for (const cell of cells) for (let end = cell.indexOf("\n"); end >= 0; end = cell.indexOf("\n", end + 1)) this.line++;
    if (this.short) this.rows.push(this.short);
    this.short = null;
    if (this.fault !== null || cells.every((cell) => cell === "")) return;
    if (this.header) this.takeRow(cells, at, this.header);
    else this.takeHeader(cells, at);
  }

  private takeRow(cells: readonly string[], line: number, header: CsvHeader): void {
    const [wanted, found] = [header.columns.length, cells.length];
    const fits = found === wanted || (found > wanted && cells.slice(wanted).every((cell) => cell === ""));
    const why = fits ? null : `it has ${String(found)} cells where the header has ${String(wanted)}`;
    const row = new CsvRow(line, cells, header, why);
    if (found < wanted) this.short = row;
    else this.rows.push(row);
  }

  private takeHeader(cells: readonly string[], line: number): void {
    if (this.first === null && saysDelimiter(cells)) return;
    this.first ??= cells;
    if (this.shape.isHeader(folded(cells))) {
      this.header = this.headerOf(cells, line);
      // The parser takes the first record's width for all: counted from here, or it would make a fault of each row and drop it again.
      Object.assign(this.parser.info, { records: 0 });
    } else if (this.rowsBefore++ >= (this.shape.before ?? 0)) this.fault = this.headless();
  }

  private headerOf(columns: readonly string[], line: number): CsvHeader {
    if (columns.length > MOST_COLUMNS) this.fault = new ReportFault(`The report has more than ${String(MOST_COLUMNS)} columns`, { line });
    const names = columns.map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
    const twice = names.find((name, at) => names.indexOf(name) < at);
    if (twice !== undefined) this.fault = new ReportFault(`The header names the column ${oneLine(twice, 100)} twice`, { line });
    return new CsvHeader(columns);
  }

  private headless(): ReportFault {
    const { report, refusal = (found) => `This is no ${report}: these columns were found: ${found}` } = this.shape;
    const columns = (this.first ?? []).slice(0, 60).map((name) => oneLine(name, 60));
    return new ReportFault(refusal(columns.join(", ")), { line: 1 });
  }

  private told(error: Error & Partial<Pick<CsvError, "code">>): ReportFault {
    return new ReportFault(FAULTS[error.code ?? ""] ?? "The report is not valid CSV", { line: this.line });
  }
}
