import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type Entry, type LocalFileHeader, type ZipFile } from "yauzl";
import { ReportFault } from "@/lib/plugins/importers/contract";

/** A file whose parts can be read in any order, and more than once: `to` is not included. */
export type StoredFile = { bytes: number; open(from: number, to: number): AsyncIterable<Uint8Array> };

/** One file in a zip. The name is for people alone, cleaned and short: nothing is ever opened or written by it. */
export type ZippedFile = { name: string; method: "stored" | "deflated"; from: number; packed: number; bytes: number; crc32: number };

const MOST_ENTRIES = 1_000;
const MOST_DIRECTORY = 16 * 1024 ** 2;
const NAME_SHOWN = 80;
/** Read at once, and kept until another block is asked for: the directory is many small reads beside each other. */
const BLOCK = 1024 ** 2;

const METHODS: Readonly<Record<number, ZippedFile["method"]>> = { 0: "stored", 8: "deflated" };
/** What may follow the last entry of the directory: its end, the same for zip64, or a signature. */
const AFTER_DIRECTORY: readonly number[] = [0x06054b50, 0x06064b50, 0x05054b50];
const ENCRYPTED = 0x1;
/** Directories, and what people's machines put beside the files they zip. */
const LITTER = /\/$|^__MACOSX\/|(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/;

/** What the library says to a file that it cannot read, and how it is said to whoever sent it. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/^end of central directory/i, "The zip file has no end: it was cut short."],
  [/^invalid comment length/i, "The zip file does not end where it says: it was cut short, or something was added."],
  [/strong encryption/, "The zip file is encrypted: send the report unencrypted."],
  [/^multi-disk/, "This is one volume of a zip file in several: send the report in one."],
  [/overflows file bounds|unexpected end/, "The zip file is cut short: it points behind its end."],
];

/**
 * The files in a zip (also zip64), in its order, without directories and litter. Nothing of them is unpacked.
 * @throws ReportFault when it is cut short, damaged, encrypted, packed in a way that is not read, has too many entries or overlapping ones
 */
export async function zippedFiles(file: StoredFile): Promise<readonly ZippedFile[]> {
  const reader = new BlockReader(file);
  try {
    return await listed(await fromRandomAccessReaderPromise(reader, file.bytes, { autoClose: false, decodeStrings: false }), reader);
  } catch (error) {
    if (reader.failure) throw reader.failure.cause;
    if (!(error instanceof Error) || error.name !== "Error") throw error;
    throw new ReportFault(SAID.find(([pattern]) => pattern.test(error.message))?.[1] ?? "The directory of the zip file is damaged.");
  }
}

async function listed(zip: ZipFile, reader: BlockReader): Promise<readonly ZippedFile[]> {
  zip.on("error", () => {}); // whoever waits for an entry is told as well
  const start = Number(zip.readEntryCursor);
  if (zip.entryCount > MOST_ENTRIES) throw new ReportFault(`The zip file has more than ${MOST_ENTRIES.toLocaleString("en")} entries.`);
  if (zip.fileSize - start > MOST_DIRECTORY) throw new ReportFault("The directory of the zip file is larger than allowed.");
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const next = await reader.bytes(Number(zip.readEntryCursor), 4);
  if (!AFTER_DIRECTORY.includes(next.readUInt32LE())) throw new ReportFault("The zip file holds more than its directory says.");

  const files: ZippedFile[] = [];
  const areas: Area[] = [];
  for (const entry of entries) {
    const header = await zip.readLocalFileHeaderPromise(entry);
    areas.push({ from: entry.relativeOffsetOfLocalHeader, to: header.fileDataStart + entry.compressedSize });
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    if (!LITTER.test(name)) files.push(zipped(entry, header, shown(name)));
  }
  refuseOverlaps([...areas, { from: start, to: Infinity }]);
  return files;
}

function zipped(entry: Entry, header: LocalFileHeader, name: string): ZippedFile {
  if (((entry.generalPurposeBitFlag | header.generalPurposeBitFlag) & ENCRYPTED) !== 0) throw new ReportFault(`${name} in the zip file is encrypted: send the report unencrypted.`);
  if (entry.compressionMethod !== header.compressionMethod) throw new ReportFault(`The zip file says two things about ${name}: it is damaged.`);
  const method = METHODS[entry.compressionMethod];
  if (method === undefined) throw new ReportFault(`${name} in the zip file is packed with method ${entry.compressionMethod}, which is not read: pack it with plain deflate.`);
  return { name, method, from: header.fileDataStart, packed: entry.compressedSize, bytes: entry.uncompressedSize, crc32: entry.crc32 };
}

/** One line, without what cannot be seen or turns the reading around. */
function shown(name: string): string {
  const plain = name.replaceAll(/\p{C}+/gu, "").replaceAll(/\s+/g, " ").trim();
  const letters = [...plain.slice(0, NAME_SHOWN * 2)];
  if (letters.length === 0) return "(without a name)";
  return letters.length > NAME_SHOWN ? `${letters.slice(0, NAME_SHOWN - 1).join("")}…` : plain;
}

type Area = { from: number; to: number };

/** Entries that share bytes unpack to more than any ratio tells, and no program writes them. */
function refuseOverlaps(areas: readonly Area[]): void {
  const inOrder = areas.toSorted((a, b) => a.from - b.from);
  if (inOrder.some(({ from }, at) => at > 0 && from < (inOrder[at - 1]?.to ?? 0))) throw new ReportFault("Entries of the zip file overlap: it is damaged, or made to harm.");
}

/** The stored file as the library asks for it. A fault of the store is kept apart from those of the zip: it is nobody's report. */
class BlockReader extends RandomAccessReader {
  failure: { cause: unknown } | null = null;
  #block: { at: number; bytes: Buffer } = { at: -1, bytes: Buffer.alloc(0) };

  constructor(private readonly file: StoredFile) {
    super();
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void): void {
    this.bytes(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        done(null);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error("unreadable")),
    );
  }

  async bytes(position: number, length: number): Promise<Buffer> {
    if (position + length > this.file.bytes) throw new Error("unexpected end");
    const pieces: Buffer[] = [];
    for (let at = position; at < position + length; ) {
      const start = at - (at % BLOCK);
      const block = await this.#blockAt(start);
      const piece = block.subarray(at - start, position + length - start);
      pieces.push(piece);
      at += piece.length;
    }
    return Buffer.concat(pieces);
  }

  async #blockAt(at: number): Promise<Buffer> {
    if (this.#block.at !== at) this.#block = { at, bytes: await this.#load(at, Math.min(at + BLOCK, this.file.bytes)) };
    return this.#block.bytes;
  }

  async #load(from: number, to: number): Promise<Buffer> {
    try {
      const pieces: Uint8Array[] = [];
      for await (const piece of this.file.open(from, to)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      if (bytes.length !== to - from) throw new Error("The stored file is shorter than it was.");
      return bytes;
    } catch (cause) {
      this.failure = { cause };
      throw cause;
    }
  }
}
