import { Readable, type Transform } from "node:stream";
import { crc32, createGunzip, createInflateRaw } from "node:zlib";
import { env } from "@/lib/env";
import { ReportFault, type Source } from "@/lib/plugins/importers/contract";
import { HEAD_BYTES, headText } from "@/lib/plugins/importers/recognise";
import { zippedFiles, type StoredFile, type ZippedFile } from "./zip-directory";

export type UnpackLimits = {
  /** Bytes of the unpacked report. */
  bytes: number;
  /** How many times larger than the file it may be; small reports may be any. */
  ratio: number;
};

export const UNPACK_LIMITS: UnpackLimits = { bytes: env.DOCKET_MAX_UNPACKED_MB * 1024 ** 2, ratio: 200 };

/** Below this no ratio is asked for: it fits into memory whatever it is. */
const HARMLESS = 64 * 1024 ** 2;
const NAMES_SHOWN = 10;

/** First bytes of packed files. The last two begin a zip without and with entries. */
const GZIP = [0x1f, 0x8b];
const ZIPS = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06], [0x50, 0x4b, 0x07, 0x08]];
const PACKED = [GZIP, ...ZIPS, [0x37, 0x7a, 0xbc, 0xaf], [0xfd, 0x37, 0x7a, 0x58], [0x42, 0x5a, 0x68], [0x52, 0x61, 0x72, 0x21], [0x28, 0xb5, 0x2f, 0xfd]]; // and 7z, xz, bzip2, rar, zstd

const begins = (bytes: Uint8Array, marks: readonly (readonly number[])[]): boolean => marks.some((mark) => mark.every((byte, at) => bytes[at] === byte));

/**
 * The report in a stored file as it was before it was packed: plain, gzip, or the one report in a zip. How it is packed is told by
 * its first bytes alone. `isReport` says of a head's text whether it begins a report; it decides between several files of a zip.
 * @throws ReportFault, here or while it is read: cut short, damaged, encrypted, larger than the limits, or a zip without one report
 */
export async function reportIn(file: StoredFile, isReport: (head: string) => boolean, limits: UnpackLimits = UNPACK_LIMITS): Promise<Source> {
  const mark = await headOf(file.open(0, Math.min(4, file.bytes)), 4);
  if (begins(mark, ZIPS)) return zippedReport(file, isReport, limits);
  const isPacked = begins(mark, [GZIP]);
  return { open: () => bounded(file.open(0, file.bytes), isPacked ? "gzip" : "plain", limits) };
}

async function zippedReport(file: StoredFile, isReport: (head: string) => boolean, limits: UnpackLimits): Promise<Source> {
  const files = await zippedFiles(file);
  const sourceOf = (one: ZippedFile): Source => ({ open: () => checked(one, bounded(file.open(one.from, one.from + one.packed), one.method === "stored" ? "plain" : "deflated", limits)) });
  const reports: ZippedFile[] = [];
  for (const one of files) {
    const head = await headOf(sourceOf(one).open(), HEAD_BYTES);
    if (begins(head, PACKED)) throw new ReportFault(`${one.name} in the zip file is packed once more: send the report in it by itself.`);
    if (files.length === 1 || isReport(headText(head))) reports.push(one);
  }
  const [only] = reports;
  if (only && reports.length === 1) return sourceOf(only);
  if (files.length === 0) throw new ReportFault("The zip file holds no file.");
  if (!only) throw new ReportFault(`None of the ${files.length} files in the zip file is a report of a format that is read: ${named(files)}.`);
  throw new ReportFault(`The zip file holds ${reports.length} reports: ${named(reports)}. Send each by itself.`);
}

function named(files: readonly ZippedFile[]): string {
  const names = files.slice(0, NAMES_SHOWN).map(({ name }) => name).join(", ");
  return files.length > NAMES_SHOWN ? `${names} and ${files.length - NAMES_SHOWN} more` : names;
}

async function headOf(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const head: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    head.push(piece);
    bytes += piece.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(head).subarray(0, most);
}

/** A file of a zip is what its directory says, or refused: the last piece passes when the sum of all is right. */
async function* checked({ name, bytes, crc32: sum }: ZippedFile, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const damaged = new ReportFault(`${name} in the zip file is damaged: its size or its checksum is not what the directory says.`);
  let count = 0;
  let found = 0;
  for await (const piece of pieces) {
    count += piece.length;
    found = crc32(piece, found);
    if (count > bytes || (count === bytes && found !== sum)) throw damaged;
    yield piece;
  }
  if (count !== bytes || found !== sum) throw damaged;
}

const UNPACKERS = { gzip: createGunzip, deflated: createInflateRaw } as const;
type Packing = keyof typeof UNPACKERS | "plain";

async function* bounded(file: AsyncIterable<Uint8Array>, packing: Packing, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  const counted = { in: 0, out: 0 };
  const source = counting(file, counted);
  for await (const piece of packing === "plain" ? source : through(source, packing, counted)) {
    counted.out += piece.length;
    if (counted.out > limits.bytes) throw new ReportFault(`The report is larger than ${Math.round(limits.bytes / 1024 ** 2).toLocaleString("en")} MiB when unpacked.`);
    if (packing !== "plain" && counted.out > HARMLESS && counted.out > counted.in * limits.ratio) throw new ReportFault(`The report unpacks to more than ${limits.ratio} times its size.`);
    yield piece;
  }
}

async function* counting(pieces: AsyncIterable<Uint8Array>, counted: { in: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    counted.in += piece.length;
    yield piece;
  }
}

async function* through(packed: AsyncIterable<Uint8Array>, packing: keyof typeof UNPACKERS, counted: { in: number }): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const unpacker: Transform & { bytesWritten: number } = UNPACKERS[packing]();
  const kind = packing === "gzip" ? "gzip" : "zip";
  source.once("error", (error) => unpacker.destroy(error));
  try {
    for await (const piece of source.pipe(unpacker)) if (piece instanceof Uint8Array) yield piece;
    if (packing === "deflated" && unpacker.bytesWritten !== counted.in) throw new ReportFault("The zip file is damaged.");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_BUF_ERROR") throw new ReportFault(`The ${kind} file ends too early: it was cut short.`);
    if (code.startsWith("Z_")) throw new ReportFault(`The ${kind} file is damaged.`);
    throw error;
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}
