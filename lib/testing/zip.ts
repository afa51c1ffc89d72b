import { crc32, deflateRawSync } from "node:zlib";

/** One entry of a zip for tests. What is left open is what an honest program would write. */
export type ZipEntry = {
  name: string;
  content: string | Uint8Array;
  stored?: boolean;
  /** General purpose bits: 1 is encrypted, 0x800 names in UTF-8. */
  flags?: number;
  method?: number;
  crc32?: number;
  bytes?: number;
  /** Where the directory says that it lies; its own place unless told. */
  at?: number;
};

export type ZipEnd = { entries?: number; comment?: string; zip64?: boolean };

const FULL = 0xffffffff;

/** A zip of these entries, byte by byte: Node reads deflate but writes no zip. With `zip64`, sizes and places stand in its wider fields. */
export function zipOf(entries: readonly ZipEntry[], end: ZipEnd = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const packed = entry.stored === true ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const wide = end.zip64 === true ? wideField([entry.bytes ?? content.length, packed.length, entry.at ?? at]) : Buffer.alloc(0);
    const core = { ...coreOf(entry, content, packed), isWide: end.zip64 === true };
    const local = Buffer.concat([words(4, 0x04034b50), words(2, 45), fields({ ...core, isWide: false }), words(2, name.length, 0), name, packed]);
    directory.push(Buffer.concat([words(4, 0x02014b50), words(2, 45, 45), fields(core), words(2, name.length, wide.length, 0, 0, 0), words(4, 0, core.isWide ? FULL : (entry.at ?? at)), name, wide]));
    files.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...files, listed, ending(at, listed.length, end.entries ?? entries.length, end)]);
}

type Core = { flags: number; method: number; crc32: number; packed: number; bytes: number; isWide: boolean };

const coreOf = (entry: ZipEntry, content: Buffer, packed: Buffer): Omit<Core, "isWide"> => ({
  flags: entry.flags ?? 0x800,
  method: entry.method ?? (entry.stored === true ? 0 : 8),
  crc32: entry.crc32 ?? crc32(content),
  packed: packed.length,
  bytes: entry.bytes ?? content.length,
});

const fields = (core: Core): Buffer => Buffer.concat([words(2, core.flags, core.method, 0, 0), words(4, core.crc32, core.isWide ? FULL : core.packed, core.isWide ? FULL : core.bytes)]);

const wideField = (values: readonly number[]): Buffer => Buffer.concat([words(2, 1, values.length * 8), words(8, ...values)]);

function ending(at: number, length: number, entries: number, { comment = "", zip64 = false }: ZipEnd): Buffer {
  const wide = Buffer.concat([words(4, 0x06064b50), words(8, 44), words(2, 45, 45), words(4, 0, 0), words(8, entries, entries, length, at), words(4, 0x07064b50, 0), words(8, at + length), words(4, 1)]);
  const counts = zip64 ? [0xffff, 0xffff] : [entries, entries];
  const sizes = zip64 ? [FULL, FULL] : [length, at];
  const end = Buffer.concat([words(4, 0x06054b50), words(2, 0, 0, ...counts), words(4, ...sizes), words(2, comment.length), Buffer.from(comment)]);
  return zip64 ? Buffer.concat([wide, end]) : end;
}

function words(size: 2 | 4 | 8, ...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(size * values.length);
  values.forEach((value, at) => (size === 8 ? bytes.writeBigUInt64LE(BigInt(value), at * 8) : bytes.writeUIntLE(Math.min(value, FULL), at * size, size)));
  return bytes;
}
