import { isUtf8 } from "node:buffer";
import { ReportFault } from "../contract";

/** Bytes that a UTF-8 sequence beginning with this byte has; 1 for what begins none. */
const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1);

/** How many bytes at the end of `bytes` begin a sequence that goes on in the next chunk. */
function openTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) !== 0x80) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Refuses a stream that is not UTF-8, whatever way its chunks cut the characters. */
export class Utf8Gate {
  private carried: Uint8Array = new Uint8Array();
  private passed = 0;

  /** Throws ReportFault with the offset in bytes near which the fault lies. */
  check(chunk: Uint8Array): void {
    const start = this.finishCarried(chunk);
    const rest = chunk.subarray(start);
    const tail = openTail(rest);
    if (!isUtf8(rest.subarray(0, rest.length - tail))) this.refuse(start + faultOffset(rest));
    if (rest.length > 0) this.carried = tail === 0 ? new Uint8Array() : Uint8Array.from(rest.subarray(rest.length - tail));
    this.passed += chunk.length;
  }

  end(): void {
    if (this.carried.length > 0) this.refuse(0);
  }

  private finishCarried(chunk: Uint8Array): number {
    if (this.carried.length === 0) return 0;
    const wanted = sequenceLength(this.carried[0] ?? 0);
    const taken = Math.min(wanted - this.carried.length, chunk.length);
    const joined = Buffer.concat([this.carried, chunk.subarray(0, taken)]);
    if (joined.length === wanted && !isUtf8(joined)) this.refuse(0);
    this.carried = joined.length === wanted ? new Uint8Array() : joined;
    return taken;
  }

  private refuse(within: number): never {
    throw new ReportFault("The report is not valid UTF-8", { offset: this.passed + within });
  }
}

/** First offset up to which the bytes are no UTF-8, found by halving. */
function faultOffset(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 4) {
    const middle = (good + bad) >> 1;
    const upTo = bytes.subarray(0, middle);
    if (isUtf8(upTo.subarray(0, middle - openTail(upTo)))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Refused by name, because "not UTF-8" would puzzle the owner of a file that every editor shows well. */
export function refuseUtf16(chunk: Uint8Array): void {
  const mark = ((chunk[0] ?? 0) << 8) | (chunk[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff) throw new ReportFault("The report is UTF-16: save it as UTF-8", { offset: 0 });
}
