import { createHash } from "node:crypto";
import type pg from "pg";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { openRawClient } from "@/lib/db/raw";
import { row, rows } from "@/lib/db/rows";
import { ok, refuse, type Result } from "@/lib/domain/refusal";

const CHUNK = 1024 * 1024;

export type StoredUpload = { id: number; bytes: number; sha256: string };

export type UploadLimits = {
  maxBytes: number;
  /** What the sender said it would send (Content-Length); null: nothing. */
  declaredBytes: number | null;
};

/**
 * Stores a file as it arrives, in chunks of one MiB, counted and hashed: never more than two chunks in memory.
 * Refuses (and forgets what came) an empty one, one that is too large, and one that is shorter or longer than declared.
 */
export async function storeUpload(environment: number, name: string, bytes: AsyncIterable<Uint8Array>, limits: UploadLimits): Promise<Result<StoredUpload>> {
  const { id } = await prisma.upload.create({ data: { environmentId: environment, name } });
  try {
    const stored = await receive(environment, id, bytes, limits);
    if (!stored.ok) await forgetUpload(id);
    return stored;
  } catch (error) {
    await forgetUpload(id);
    throw error;
  }
}

async function receive(environment: number, id: number, bytes: AsyncIterable<Uint8Array>, limits: UploadLimits): Promise<Result<StoredUpload>> {
  const hash = createHash("sha256");
  let total = 0;
  let position = 0;
  for await (const chunk of inChunks(bytes)) {
    total += chunk.length;
    if (total > limits.maxBytes) return refuse("too_large", `A report may have ${Math.floor(limits.maxBytes / 1024 / 1024)} MiB as it is sent.`, { next: "Send it compressed with gzip or zip." });
    hash.update(chunk);
    await prisma.uploadChunk.create({ data: { environmentId: environment, uploadId: id, position, bytes: chunk } });
    position++;
  }
  if (limits.declaredBytes !== null && limits.declaredBytes !== total) {
    return refuse("invalid", `The upload was cut short: ${total} of ${limits.declaredBytes} bytes arrived.`, { next: "Send the report again." });
  }
  if (total === 0) return refuse("invalid", "The upload is empty.", { next: "Send the report as the body of the request." });
  const sha256 = hash.digest("hex");
  await prisma.upload.update({ where: { id }, data: { bytes: total, sha256, completedAt: new Date() } });
  return ok({ id, bytes: total, sha256 });
}

/** Pieces of any size, as pieces of one MiB and a rest. */
async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let buffer = new Uint8Array(CHUNK);
  let filled = 0;
  for await (const piece of bytes) {
    for (let from = 0; from < piece.length; ) {
      const taken = Math.min(piece.length - from, CHUNK - filled);
      buffer.set(piece.subarray(from, from + taken), filled);
      from += taken;
      filled += taken;
      if (filled < CHUNK) continue;
      yield buffer;
      buffer = new Uint8Array(CHUNK);
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.slice(0, filled);
}

/** Drops a file that no scan needs. */
export async function forgetUpload(id: number): Promise<void> {
  await prisma.uploadChunk.deleteMany({ where: { uploadId: id } });
  await prisma.upload.deleteMany({ where: { id } });
}

/** How many bytes a stored file has. */
export async function uploadBytes(id: number): Promise<number> {
  return Number((await prisma.upload.findUniqueOrThrow({ where: { id } })).bytes);
}

/** A stored file from byte `from` up to, but without, byte `to`, a chunk at a time; all of it unless told. Throws when a chunk is missing. */
export async function* readUpload(id: number, from = 0, to = Infinity): AsyncGenerator<Uint8Array> {
  const file = new OpenUpload(id, await uploadBytes(id));
  try {
    yield* file.read(from, to);
  } finally {
    await file.close();
  }
}

/**
 * A stored file whose parts are read one after the other, by one connection. The two newest chunks are kept: whoever has looked at the head
 * reads on from there, and the next chunk is on its way while one is worked on. Whoever opens it closes it.
 */
export class OpenUpload {
  private client: Promise<pg.Client> | null = null;
  private readonly kept = new Map<number, Promise<Uint8Array>>();

  constructor(private readonly id: number, readonly bytes: number) {}

  /** From byte `from` up to, but without, byte `to`, a chunk at a time. Throws when a chunk is missing. */
  async *read(from = 0, to = Infinity): AsyncGenerator<Uint8Array> {
    const end = Math.min(to, this.bytes);
    for (let at = from; at < end; ) {
      const position = Math.floor(at / CHUNK);
      const bytes = await this.chunk(position);
      if ((position + 1) * CHUNK < end) void this.chunk(position + 1);
      const piece = bytes.subarray(at - position * CHUNK, end - position * CHUNK);
      if (piece.length === 0) throw new Error(`Chunk ${position} of upload ${this.id} is shorter than it was.`);
      at += piece.length;
      yield piece;
    }
  }

  async close(): Promise<void> {
    const client = await this.client?.catch(() => null);
    await client?.end().catch(() => {});
  }

  private chunk(position: number): Promise<Uint8Array> {
    const known = this.kept.get(position);
    if (known) return known;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size > 1) this.kept.delete(oldest);
    const asked = this.ask(position);
    asked.catch(() => this.kept.delete(position)); // who waits for it is told; who never asks again need not know
    this.kept.set(position, asked);
    return asked;
  }

  /** Without Prisma, which turns the bytes into text once more. */
  private async ask(position: number): Promise<Uint8Array> {
    const client = await (this.client ??= openRawClient());
    const { rows } = await client.query<{ bytes: Uint8Array }>("SELECT bytes FROM upload_chunk WHERE upload_id = $1 AND position = $2", [this.id, position]);
    if (!rows[0]) throw new Error(`Chunk ${position} of upload ${this.id} is missing.`);
    return rows[0].bytes;
  }
}

/** Uploads that broke off more than a day ago; how many were dropped. */
export async function forgetBrokenUploads(): Promise<number> {
  const broken = await row(prisma, z.object({ ids: z.array(z.number()) }), sql`
    SELECT coalesce(array_agg(u.id), '{}') AS ids FROM (
      SELECT id FROM upload u WHERE created_at < docket_now() - interval '1 day'
        AND NOT EXISTS (SELECT FROM scan s WHERE s.upload_id = u.id) ORDER BY id LIMIT 100) u`);
  for (const id of broken?.ids ?? []) await forgetUpload(id);
  return broken?.ids.length ?? 0;
}

const SETTLED = sql`s.status IN ('completed', 'failed', 'cancelled', 'previewed', 'held')`;

/** Uploads after `from` whose scans are all done with their file for more than so many days; by id, a hundred at a time. */
export async function oldUploads(days: number, from: number): Promise<number[]> {
  const found = await rows(prisma, z.object({ id: z.number() }), sql`
    SELECT u.id FROM upload u WHERE u.id > ${from} AND u.removed_at IS NULL AND EXISTS (SELECT FROM scan s WHERE s.upload_id = u.id)
      AND NOT EXISTS (SELECT FROM scan s WHERE s.upload_id = u.id AND NOT (${SETTLED} AND s.finished_at < docket_now() - ${days} * interval '1 day'))
    ORDER BY u.id LIMIT 100`);
  return found.map(({ id }) => id);
}

/** Removes the bytes of such an upload while its scans are held; false: somebody goes on with one of them. */
export async function removeFile(id: number, days: number): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const held = await rows(tx, z.object({ isDone: z.boolean() }), sql`
      SELECT coalesce(${SETTLED} AND s.finished_at < docket_now() - ${days} * interval '1 day', false) AS "isDone" FROM scan s WHERE s.upload_id = ${id} ORDER BY s.id FOR UPDATE`);
    if (held.length === 0 || held.some(({ isDone }) => !isDone)) return false;
    await tx.$executeRaw(sql`DELETE FROM upload_chunk WHERE upload_id = ${id}`);
    return (await tx.$executeRaw(sql`UPDATE upload SET removed_at = docket_now() WHERE id = ${id} AND removed_at IS NULL`)) === 1;
  }, { timeout: 60_000 });
}

/** Since when the bytes of a stored file are gone; null: they are there. */
export async function fileRemovedAt(id: number): Promise<Date | null> {
  return (await prisma.upload.findUniqueOrThrow({ where: { id }, select: { removedAt: true } })).removedAt;
}
