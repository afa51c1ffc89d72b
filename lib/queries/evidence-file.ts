import { z } from "zod";
import { fileOf } from "@/lib/db/sql/evidence-files";
import { number } from "@/lib/domain/finding/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

/** A file as it is handed out: bytes of no kind, whatever it says it is. */
export type FileDownload = { name: string; type: string; text: AsyncGenerator<Uint8Array> };

/** A file of evidence, `{environment, id}`: an attached one, or one's own. */
export function evidenceFile(actor: Actor, raw: unknown): Promise<Result<FileDownload>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, id: number }),
    load: async (db, { environment, id }) => {
      const file = await fileOf(db, environment, id, actor);
      if (!file) return refuse("missing", `There is no file ${id} here.`);
      return ok({ name: file.name, type: "application/octet-stream", text: bytesOf(file.content) });
    },
  }, raw);
}

async function* bytesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
