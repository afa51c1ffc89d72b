import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { evidenceFile, type EvidenceFile } from "@/lib/domain/evidence/file";

type Sender = { type: string; id: string; name: string };

/** Which of these files this actor sent and nobody attached yet; held until the transaction ends. */
export async function freeFiles(tx: Tx, environment: number, ids: readonly number[], by: Sender): Promise<Set<number>> {
  const found = await rows(tx, z.object({ id: z.number() }), sql`
    SELECT id FROM evidence_file WHERE environment_id = ${environment} AND id = ANY (${[...ids]}::int[]) AND evidence_id IS NULL
      AND actor_type = ${by.type}::actor_type AND actor_id = ${by.id} ORDER BY id FOR UPDATE`);
  return new Set(found.map(({ id }) => id));
}

export type NewFile = { id: number; name: string; media: string; content: Uint8Array<ArrayBuffer>; sha256: string };

export async function reserveFile(tx: Tx): Promise<number> {
  const next = await row(tx, z.object({ id: z.number() }), sql`SELECT nextval(pg_get_serial_sequence('evidence_file', 'id'))::int AS id`);
  if (!next) throw new Error("The sequence of files gave no number.");
  return next.id;
}

export async function insertFile(tx: Tx, environment: number, { id, name, media, content, sha256 }: NewFile, by: Sender): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO evidence_file (id, environment_id, name, media, size, sha256, content, actor_type, actor_id, actor_name)
    VALUES (${id}, ${environment}, ${name}, ${media}, ${content.length}, decode(${sha256}, 'hex'), ${content}, ${by.type}::actor_type, ${by.id}, ${by.name})`);
}

const stored = z.object({ id: z.number(), name: z.string(), content: z.instanceof(Uint8Array) });

/** A file with its bytes: an attached one for everybody here, one that is not for who sent it. */
export async function fileOf(db: Db, environment: number, id: number, by: Sender): Promise<z.output<typeof stored> | null> {
  return row(db, stored, sql`
    SELECT id, name, content FROM evidence_file WHERE environment_id = ${environment} AND id = ${id}
      AND (evidence_id IS NOT NULL OR (actor_type = ${by.type}::actor_type AND actor_id = ${by.id}))`);
}

/** Attached files without their bytes, by id. */
export async function filesById(db: Db, environment: number, ids: readonly number[]): Promise<Map<number, EvidenceFile>> {
  if (ids.length === 0) return new Map();
  const found = await rows(db, evidenceFile, sql`
    SELECT id, name, size, encode(sha256, 'hex') AS sha256 FROM evidence_file WHERE environment_id = ${environment} AND id = ANY (${[...ids]}::int[]) AND evidence_id IS NOT NULL`);
  return new Map(found.map((file) => [file.id, file]));
}

/** The file of a proof `e` as JSON, without its bytes; null: none. evidence_file_evidence_id_idx. */
export const FILE_OF_PROOF = sql`(SELECT json_build_object('id', ef.id, 'name', ef.name, 'size', ef.size, 'sha256', encode(ef.sha256, 'hex')) FROM evidence_file ef WHERE ef.evidence_id = e.id ORDER BY ef.id LIMIT 1)`;

/** Drops files that nobody attached within a day; how many. evidence_file_unattached_partial. */
export async function forgetUnattached(db: Db): Promise<number> {
  return db.$executeRaw(sql`DELETE FROM evidence_file WHERE evidence_id IS NULL AND created_at < docket_now() - interval '24 hours'`);
}
