import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ReportFault } from "@/lib/plugins/importers/contract";

export type UnpackLimits = {
  /** Bytes of the unpacked report. */
  bytes: number;
  /** How many times larger than the file it may be; small reports may be any. */
  ratio: number;
};

export const UNPACK_LIMITS: UnpackLimits = { bytes: 2 * 1024 ** 3, ratio: 200 };

/** Below this no ratio is asked for: it fits into memory whatever it is. */
const HARMLESS = 64 * 1024 ** 2;

/**
 * A report as it was before it was packed: gzip is told by its first two bytes, everything else passes as it is.
 * @throws ReportFault when the gzip file is cut short or damaged, and when what is in it is larger than the limits
 */
export async function* unpacked(file: AsyncIterable<Uint8Array>, limits: UnpackLimits = UNPACK_LIMITS): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(file);
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  const counted = { in: 0, out: 0 };
  const source = counting(all, counted);
  for await (const piece of packed ? gunzipped(source) : source) {
    counted.out += piece.length;
    if (counted.out > limits.bytes) throw new ReportFault(`The report is larger than ${limits.bytes / 1024 ** 3} GiB when unpacked.`);
    if (packed && counted.out > HARMLESS && counted.out > counted.in * limits.ratio) throw new ReportFault(`The report unpacks to more than ${limits.ratio} times its size.`);
    yield piece;
  }
}

async function* counting(pieces: AsyncIterable<Uint8Array>, counted: { in: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    counted.in += piece.length;
    yield piece;
  }
}

async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const gunzip = createGunzip();
  source.once("error", (error) => gunzip.destroy(error));
  try {
    for await (const piece of source.pipe(gunzip)) if (piece instanceof Uint8Array) yield piece;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_BUF_ERROR") throw new ReportFault("The gzip file ends too early: it was cut short.");
    if (code.startsWith("Z_")) throw new ReportFault("The gzip file is damaged.");
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** At least the first two bytes, and everything, they included. */
async function peek(file: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const pieces = file[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    if (head.length >= 2) break;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  return { head, all: all() };
}
