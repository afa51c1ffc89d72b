import { ReportFault, type Source } from "../contract";
import type { Limits } from "../limits";
import { pathTree, type PathNode } from "./json-paths";
import { BLANK, JsonValue, OPEN, QUOTE, tooDeep } from "./json-value";
import { line } from "./plain-text";
import { refuseUtf16, Utf8Gate } from "./utf8-gate";

/** One value cut out of the stream: `path` is the wanted path, `at` the array indexes along it, `keys` the names that its stars stood for. */
export type Cut = { path: string; at: readonly number[]; keys: readonly string[]; value: unknown; line: number };

/** `starred`: the member that is being read is one that a star stands for; `kept`: what remembering such names costs. */
type Frame = { array: boolean; node: PathNode | null; index: number; key: string; starred: boolean; seen: Set<string> | null; kept: number };

/** What the grammar allows next. */
type Expect = "value" | "first value" | "first key" | "key" | "colon" | "comma" | "end";

/** Why bytes are being collected: a key, a wanted value, one to step over, one only checked for grammar. */
type Purpose = "key" | "cut" | "skip" | "check";

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const KEY_BYTES = 65_536;
/** What remembering a key costs beside its characters. */
const KEY_COST = 50;

/**
 * Cuts wanted values out of a JSON stream without ever holding the document (RFC 8259, bytes not strings).
 * Containers on the way to a wanted path are walked; each wanted value is collected within `elementBytes` and
 * parsed by JSON.parse; everything else is parsed piecewise too, and dropped, so that a malformed document is
 * refused wherever its fault lies. Refuses truncation, trailing text, a wanted key given twice, depth, size.
 */
export class JsonElements {
  /**
   * Wanted paths and their ancestors that occurred with a value other than null; with the position in the
   * innermost list, from 1, of the last one: `runs[]` → 3 when the third run was the last.
   */
  readonly seen = new Map<string, number>();
  /** Told of each list and object on a wanted path as it begins, with the indexes along it: for reports that hold several, each of which must have its list. */
  began: ((path: string, at: readonly number[]) => void) | null = null;
  private readonly frames: Frame[] = [];
  private readonly utf8 = new Utf8Gate();
  private expect: Expect = "value";
  private line = 1;
  private offset = 0;
  private cursor = 0;
  private purpose: Purpose | null = null;
  private target: PathNode | null = null;
  private readonly value: JsonValue;
  private startLine = 1;

  constructor(
    private readonly root: PathNode,
    private readonly limits: Limits,
  ) {
    this.value = new JsonValue(limits, (message) => this.refuse(message));
  }

  /** Takes the next bytes and gives the values that end in them. */
  *push(chunk: Uint8Array): Generator<Cut> {
    if (this.offset === 0) refuseUtf16(chunk);
    this.utf8.check(chunk);
    if (this.offset + chunk.length > this.limits.bytes) this.refuse("The report is larger than allowed");
    let at = 0;
    while (at < chunk.length) {
      this.cursor = at;
      if (this.purpose === null) at = this.walk(chunk, at);
      else {
        const end = this.value.endIn(chunk, at);
        this.line += this.value.takeLines();
        if (end < 0) this.value.carry(chunk, at, this.purpose !== "skip", this.mostBytes());
        const cut = end < 0 ? null : this.complete(chunk.subarray(at, end));
        if (cut) yield cut;
        at = end < 0 ? chunk.length : end;
      }
    }
    this.offset += chunk.length;
    this.cursor = 0;
  }

  /** Must follow the last bytes: refuses a document that is not whole. */
  *end(): Generator<Cut> {
    this.utf8.end();
    if (this.purpose !== null && this.value.isToken && this.frames.length === 0) {
      const cut = this.complete(new Uint8Array());
      if (cut) yield cut;
    }
    if (this.offset === 0 || (this.expect === "value" && this.frames.length === 0 && this.purpose === null)) {
      this.refuse("The report is empty");
    }
    if (this.expect !== "end") this.refuse("The report is cut short");
  }

  /** Walks punctuation until a value or key begins; gives the offset reached. */
  private walk(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (byte === 0x0a) this.line++;
      if (BLANK.has(byte) || byte === BYTE_ORDER_MARK[this.offset + at]) continue;
      this.cursor = at;
      if (this.expect === "end") this.refuse("The report goes on after its end");
      if (this.punctuation(byte)) continue;
      if (this.begins(byte)) return at;
    }
    return chunk.length;
  }

  private punctuation(byte: number): boolean {
    const frame = this.frames.at(-1);
    if (byte === 0x2c && this.expect === "comma" && frame) {
      this.expect = frame.array ? "value" : "key";
      if (frame.array) frame.index++;
      return true;
    }
    if (byte === 0x3a && this.expect === "colon") {
      this.expect = "value";
      return true;
    }
    if (byte === 0x5d && frame?.array && (this.expect === "comma" || this.expect === "first value")) return this.leave();
    if (byte === 0x7d && frame && !frame.array && (this.expect === "comma" || this.expect === "first key")) return this.leave();
    return false;
  }

  private leave(): true {
    this.frames.pop();
    this.expect = this.frames.length === 0 ? "end" : "comma";
    return true;
  }

  /** Enters a container that lies on a wanted path, or starts collecting; true when collecting began. */
  private begins(byte: number): boolean {
    if (this.expect === "key" || this.expect === "first key") {
      if (byte !== QUOTE) this.refuse("The report is not valid JSON");
      return this.startCollecting("key", null, byte);
    }
    if (this.expect !== "value" && this.expect !== "first value") this.refuse("The report is not valid JSON");
    const node = this.nodeHere();
    if (node?.cut) return this.startCollecting(node.keep ? "cut" : "skip", node, byte);
    // One level beside the wanted paths is walked too, so that a long unwanted list never counts as one value.
    const parent = this.frames.at(-1);
    if (OPEN.has(byte) && (node !== null || !parent || parent.node !== null)) return this.enter(byte, node);
    if (node !== null && !node.loose && byte !== 0x6e) this.refuse(node.each ? "A list was expected here" : "An object was expected here");
    return this.startCollecting("check", null, byte);
  }

  private nodeHere(): PathNode | null {
    const frame = this.frames.at(-1);
    if (!frame) return this.root;
    if (frame.node === null) return null;
    return frame.array ? frame.node.each : (frame.node.keys.get(frame.key) ?? frame.node.any);
  }

  private enter(byte: number, wanted: PathNode | null): false {
    const array = byte === 0x5b;
    const fits = wanted !== null && (array ? wanted.each !== null : wanted.keys.size > 0 || wanted.any !== null);
    if (wanted !== null && !fits && !wanted.loose) {
      this.refuse(array ? "An object was expected here" : "A list was expected here");
    }
    const node = fits ? wanted : null;
    if (node !== null) {
      this.notice(node);
      this.began?.(node.path, this.indexes());
    }
    this.frames.push({ array, node, index: 0, key: "", starred: false, seen: null, kept: 0 });
    if (this.frames.length > this.limits.depth) this.refuse(tooDeep(this.limits));
    this.expect = array ? "first value" : "first key";
    return false;
  }

  private startCollecting(purpose: Purpose, target: PathNode | null, byte: number): true {
    this.purpose = purpose;
    this.target = target;
    this.value.begin(byte, this.limits.depth - this.frames.length);
    this.startLine = this.line;
    return true;
  }

  private complete(rest: Uint8Array): Cut | null {
    const { purpose, target } = this;
    const bytes = this.value.whole(rest, this.mostBytes());
    this.purpose = null;
    if (purpose === "key") {
      this.takeKey(this.parsed(bytes));
      return null;
    }
    const value = purpose === "skip" ? undefined : this.parsed(bytes);
    // Nothing stands for a fact that is missing; in a list it is a row that says nothing, and whoever reads the list must see it.
    const cut = target === null || (value === null && !target.path.endsWith("[]")) ? null : { path: target.path, at: this.indexes(), keys: this.starred(), value, line: this.startLine };
    if (target !== null && value !== null) this.notice(target);
    this.expect = this.frames.length === 0 ? "end" : "comma";
    return purpose === "cut" ? cut : null;
  }

  private takeKey(key: unknown): void {
    const frame = this.frames.at(-1);
    if (!frame || typeof key !== "string") return this.refuse("The report is not valid JSON");
    frame.key = key;
    this.expect = "colon";
    const named = frame.node?.keys.has(key) ?? false;
    frame.starred = !named && frame.node !== null && frame.node.any !== null;
    if (!named && !frame.starred) return;
    frame.seen ??= new Set();
    if (frame.seen.has(key)) this.refuse("The same key stands here twice");
    frame.seen.add(key);
    frame.kept += key.length + KEY_COST;
    if (frame.kept > this.limits.tableBytes) this.refuse("The names in the report are larger than allowed");
  }

  private parsed(bytes: Uint8Array): unknown {
    try {
      const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
      return value;
    } catch {
      return this.refuse("The report is not valid JSON");
    }
  }

  private notice(node: PathNode): void {
    const list = this.frames.findLast((frame) => frame.array);
    this.seen.set(node.path, (list?.index ?? 0) + 1);
  }

  private indexes(): number[] {
    const at: number[] = [];
    for (const frame of this.frames) if (frame.array) at.push(frame.index);
    return at;
  }

  private starred(): readonly string[] {
    const keys: string[] = [];
    for (const frame of this.frames) if (frame.starred) keys.push(frame.key);
    return keys;
  }

  private mostBytes(): number {
    const most = { key: KEY_BYTES, cut: this.limits.elementBytes, skip: this.limits.elementBytes, check: this.limits.tableBytes };
    return most[this.purpose ?? "check"];
  }

  private refuse(message: string): never {
    const steps = this.frames.map((frame) => (frame.array ? `[${String(frame.index)}]` : `.${line(frame.key, 100)}`));
    throw new ReportFault(message, { path: steps.join("").replace(/^\./, "") || "(root)", line: this.line + this.value.takeLines(), offset: this.offset + this.cursor });
  }
}

/**
 * Reads a source to its end and gives the wanted values in the order of the file; `seen` is asked afterwards.
 * They come in batches, each to be read to its end before the next: a wait per value would cost more than the value.
 */
export async function* cutElements(source: Source, elements: JsonElements): AsyncGenerator<Iterable<Cut>> {
  for await (const chunk of source.open()) yield elements.push(chunk);
  yield elements.end();
}

/** An element cutter for these paths; `skip` names what another pass reads. */
export const elementsOf = (wanted: readonly string[], limits: Limits, skip: readonly string[] = []): JsonElements =>
  new JsonElements(pathTree(wanted, skip), limits);
