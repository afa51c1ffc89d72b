import type { Limits } from "../limits";

export const QUOTE = 0x22;
export const OPEN = new Set([0x7b, 0x5b]);
export const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BACKSLASH = 0x5c;
const TOKEN_END = new Set([...BLANK, 0x2c, 0x3a, 0x5d, 0x7d]);

export const tooDeep = ({ depth }: Limits): string => `The report is nested deeper than ${String(depth)} levels`;

/** Why a value cannot be taken: told with the place where its reader stands. */
type Refuse = (message: string) => never;

/**
 * The bytes of one JSON value as they come: finds where it ends by brackets and quotes alone, and keeps what came before the chunk in
 * which it does. What it holds is bounded; whether it is valid is JSON.parse's to say.
 */
export class JsonValue {
  /** Line ends that went by and that the reader has not counted yet. */
  private lines = 0;
  private shape: "container" | "string" | "token" = "token";
  private depth = 0;
  private mostDepth = 0;
  private quoted = false;
  private escaped = false;
  private carried: Uint8Array[] = [];
  private carriedBytes = 0;

  /** `limits.depth` counts from the document's root; how much of it is left is said where a value begins. */
  constructor(private readonly limits: Limits, private readonly refuse: Refuse) {}

  /** A value begins with this byte; its containers may be nested so deep. */
  begin(byte: number, mostDepth: number): void {
    this.shape = OPEN.has(byte) ? "container" : byte === QUOTE ? "string" : "token";
    this.depth = 0;
    this.mostDepth = mostDepth;
    this.quoted = false;
    this.escaped = false;
  }

  /** Only the end of the document shows where a bare number or word ends that is all of it. */
  get isToken(): boolean {
    return this.shape === "token";
  }

  /** Gives the line ends since it was asked last. */
  takeLines(): number {
    const { lines } = this;
    this.lines = 0;
    return lines;
  }

  /** Offset just behind the value, or -1 when it goes on in the next chunk. */
  endIn(chunk: Uint8Array, from: number): number {
    if (this.shape === "token") return endOfToken(chunk, from);
    for (let at = from; at < chunk.length; at++) {
      if (this.quoted) {
        at = this.throughString(chunk, at);
        if (this.quoted) return -1;
        if (this.shape === "string") return at + 1;
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE) this.quoted = true;
      else if (byte === 0x0a) this.lines++;
      else if (byte === 0x7b || byte === 0x5b) this.deeper();
      else if ((byte === 0x7d || byte === 0x5d) && --this.depth === 0) return at + 1;
    }
    return -1;
  }

  /** Remembers the rest of a chunk in which the value does not end; what is stepped over is only counted. */
  carry(chunk: Uint8Array, from: number, isKept: boolean, mostBytes: number): void {
    this.carriedBytes += chunk.length - from;
    this.check(this.carriedBytes, mostBytes);
    if (isKept) this.carried.push(Uint8Array.from(chunk.subarray(from)));
  }

  /** All of the value, whose last bytes these are. */
  whole(rest: Uint8Array, mostBytes: number): Uint8Array {
    this.check(this.carriedBytes + rest.length, mostBytes);
    const bytes = this.carried.length === 0 ? rest : Buffer.concat([...this.carried, rest]);
    this.carried = [];
    this.carriedBytes = 0;
    return bytes;
  }

  private deeper(): void {
    if (++this.depth > this.mostDepth) this.refuse(tooDeep(this.limits));
  }

  private check(bytes: number, most: number): void {
    if (bytes > most) this.refuse("A single value of the report is larger than allowed");
  }

  /** Offset of the closing quote; `quoted` stays true when the chunk ends first. */
  private throughString(chunk: Uint8Array, from: number): number {
    let at = from;
    if (this.escaped && at < chunk.length) {
      this.escaped = false;
      at++;
    }
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE) {
        this.quoted = false;
        return at;
      }
      if (byte === BACKSLASH && ++at === chunk.length) this.escaped = true;
    }
    return chunk.length;
  }
}

function endOfToken(chunk: Uint8Array, from: number): number {
  for (let at = from; at < chunk.length; at++) if (TOKEN_END.has(chunk[at] ?? 0)) return at;
  return -1;
}
