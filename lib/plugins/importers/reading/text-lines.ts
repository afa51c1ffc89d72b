import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { refuseUtf16, Utf8Gate } from "./utf8-gate";

/** One line that is not blank, without its end, with its number from 1. `ended`: false for a last one that nothing ends. */
export type TextLine = { text: string; line: number; ended: boolean };

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = "\ufeff";

/** Reads a text in UTF-8 line by line (LF or CRLF) without holding more than one. The lines come in batches, each to be read to its end before the next. */
export async function* readLines(source: Source, limits: Limits): AsyncGenerator<Iterable<TextLine>> {
  const lines = new TextLines(limits);
  for await (const chunk of source.open()) yield lines.push(chunk);
  yield lines.end();
}

class TextLines {
  private readonly utf8 = new Utf8Gate();
  private carried: Uint8Array[] = [];
  private carriedBytes = 0;
  private bytes = 0;
  private line = 1;
  private given = 0;

  constructor(private readonly limits: Limits) {}

  *push(chunk: Uint8Array): Generator<TextLine> {
    if (this.bytes === 0) refuseUtf16(chunk);
    this.utf8.check(chunk);
    this.bytes += chunk.length;
    if (this.bytes > this.limits.bytes) this.refuse("The report is larger than allowed");
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      yield* this.complete(chunk.subarray(from, end), true);
      from = end + 1;
      this.line++;
    }
    this.carry(chunk.subarray(from));
  }

  /** Must follow the last bytes. */
  *end(): Generator<TextLine> {
    this.utf8.end();
    yield* this.complete(new Uint8Array(), false);
    if (this.given === 0) this.refuse("The report is empty");
  }

  private carry(rest: Uint8Array): void {
    if (rest.length === 0) return;
    this.checkSize(rest.length);
    this.carried.push(Uint8Array.from(rest));
    this.carriedBytes += rest.length;
  }

  private *complete(rest: Uint8Array, ended: boolean): Generator<TextLine> {
    this.checkSize(rest.length);
    const bytes = this.carried.length === 0 ? rest : Buffer.concat([...this.carried, rest]);
    this.carried = [];
    this.carriedBytes = 0;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    const bare = this.line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    if (bare.trim() === "") return;
    this.given++;
    yield { text: bare, line: this.line, ended };
  }

  private checkSize(more: number): void {
    if (this.carriedBytes + more > this.limits.elementBytes) this.refuse("A single line of the report is larger than allowed");
  }

  private refuse(message: string): never {
    throw new ReportFault(message, { line: this.line });
  }
}
