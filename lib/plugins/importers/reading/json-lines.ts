import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { isFields, type Fields } from "./fields";
import { refuseUtf16, Utf8Gate } from "./utf8-gate";

/** One line of a JSON Lines file: always an object, with its number from 1. */
export type JsonLine = { value: Fields; line: number };

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Reads JSON Lines (jsonlines.org: one JSON object to a line, UTF-8, LF or CRLF) without holding more than one line.
 * Blank lines are passed over, and the last one need not end. A line that is no object is refused with the file, so
 * that a file cut inside of a line never passes; a cut between two lines cannot be seen (`provesItsEnd`).
 * The lines come in batches, each to be read to its end before the next.
 */
export async function* readJsonLines(source: Source, limits: Limits): AsyncGenerator<Iterable<JsonLine>> {
  const lines = new JsonLines(limits);
  for await (const chunk of source.open()) yield lines.push(chunk);
  yield lines.end();
}

class JsonLines {
  private readonly utf8 = new Utf8Gate();
  private carried: Uint8Array[] = [];
  private carriedBytes = 0;
  private bytes = 0;
  private line = 1;
  private objects = 0;

  constructor(private readonly limits: Limits) {}

  *push(chunk: Uint8Array): Generator<JsonLine> {
    if (this.bytes === 0) refuseUtf16(chunk);
    this.utf8.check(chunk);
    this.bytes += chunk.length;
    if (this.bytes > this.limits.bytes) this.refuse("The report is larger than allowed");
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      yield* this.complete(chunk.subarray(from, end));
      from = end + 1;
      this.line++;
    }
    this.carry(chunk.subarray(from));
  }

  /** Must follow the last bytes. */
  *end(): Generator<JsonLine> {
    this.utf8.end();
    yield* this.complete(new Uint8Array());
    if (this.objects === 0) this.refuse("The report is empty");
  }

  private carry(rest: Uint8Array): void {
    if (rest.length === 0) return;
    this.checkSize(rest.length);
    this.carried.push(Uint8Array.from(rest));
    this.carriedBytes += rest.length;
  }

  private *complete(rest: Uint8Array): Generator<JsonLine> {
    this.checkSize(rest.length);
    const bytes = this.carried.length === 0 ? rest : Buffer.concat([...this.carried, rest]);
    this.carried = [];
    this.carriedBytes = 0;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    const bare = this.line === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    if (bare.trim() === "") return;
    this.checkDepth(bytes);
    const value = this.parsed(bare);
    if (!isFields(value)) this.refuse("A line of the report is no JSON object");
    this.objects++;
    yield { value, line: this.line };
  }

  private parsed(text: string): unknown {
    try {
      const value: unknown = JSON.parse(text);
      return value;
    } catch {
      return this.refuse("A line of the report is not valid JSON, or the report is cut short");
    }
  }

  /** Counts what opens, brackets in texts too; only a line with more of them than levels are allowed is looked at closely. */
  private checkDepth(bytes: Uint8Array): void {
    let opened = 0;
    for (const byte of bytes) if (byte === 0x5b || byte === 0x7b) opened++;
    if (opened > this.limits.depth && depthOf(bytes) > this.limits.depth) this.refuse(`The report is nested deeper than ${String(this.limits.depth)} levels`);
  }

  private checkSize(more: number): void {
    if (this.carriedBytes + more > this.limits.elementBytes) this.refuse("A single line of the report is larger than allowed");
  }

  private refuse(message: string): never {
    throw new ReportFault(message, { line: this.line });
  }
}

/** How deep the brackets outside of texts nest. */
function depthOf(bytes: Uint8Array): number {
  let [depth, most, quoted] = [0, 0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (quoted && byte === 0x5c) at++;
    else if (byte === 0x22) quoted = !quoted;
    else if (!quoted && (byte === 0x5b || byte === 0x7b)) most = Math.max(most, ++depth);
    else if (!quoted && (byte === 0x5d || byte === 0x7d)) depth--;
  }
  return most;
}
