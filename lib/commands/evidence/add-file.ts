import { createHash } from "node:crypto";
import { z } from "zod";
import { insertFile, reserveFile } from "@/lib/db/sql/evidence-files";
import { fileName, MAX_FILE_BYTES, type EvidenceFile } from "@/lib/domain/evidence/file";
import { number } from "@/lib/domain/finding/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { parse, permit } from "@/lib/gate/permit";

const input = z.object({ environment: number, name: fileName });

export type Sent = { bytes: AsyncIterable<Uint8Array>; /** Content-Length; null where the sender did not say. */ declaredBytes: number | null };

/**
 * Takes a file that is to prove something: `{environment, name}` and its bytes as a stream, counted and hashed as they come, at most 10 MiB. Permission is
 * asked before the first byte is read. It is attached by naming its id in a piece of evidence, by the same actor, within a day.
 * Refuses an empty one, one that is too large and one that was cut short.
 */
export async function addEvidenceFile(actor: Actor, raw: unknown, sent: Sent): Promise<Result<EvidenceFile>> {
  const permitted = permit(actor, "finding.evidence", raw);
  if (!permitted.ok) return permitted;
  const asked = parse(input, raw);
  if (!asked.ok) return asked;
  const received = await receive(sent);
  if (!received.ok) return received;
  const { content, sha256 } = received.value;

  return commit(actor, {
    act: "finding.evidence", input,
    work: async (tx, { environment, name }) => {
      const file: EvidenceFile = { id: await reserveFile(tx), name, size: content.length, sha256 };
      return ok({
        trail: [{ action: "evidence.file_added", record: { type: "evidence_file", number: file.id }, after: file }],
        write: async (writing) => {
          await insertFile(writing, environment, { ...file, media: "application/octet-stream", content }, actor);
          return file;
        },
      });
    },
  }, asked.value);
}

async function receive({ bytes, declaredBytes }: Sent): Promise<Result<{ content: Uint8Array<ArrayBuffer>; sha256: string }>> {
  const tooLarge = refuse("too_large", `A file of evidence may have ${MAX_FILE_BYTES / 1024 / 1024} MiB.`, { next: "Send a part of it, or name where it lies." });
  if (declaredBytes !== null && declaredBytes > MAX_FILE_BYTES) return tooLarge;
  const hash = createHash("sha256");
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > MAX_FILE_BYTES) return tooLarge;
    hash.update(piece);
    pieces.push(piece);
  }
  if (declaredBytes !== null && declaredBytes !== total) return refuse("invalid", `The file was cut short: ${total} of ${declaredBytes} bytes arrived.`, { next: "Send it again." });
  if (total === 0) return refuse("invalid", "The file is empty.", { next: "Send it as the body of the request." });
  return ok({ content: Uint8Array.from(Buffer.concat(pieces)), sha256: hash.digest("hex") });
}
