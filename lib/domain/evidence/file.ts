import { z } from "zod";

/** The largest file that proves something, in bytes. The database holds to the same. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** A file of evidence without its bytes; `sha256` is hexadecimal, `size` in bytes. */
export const evidenceFile = z.object({ id: z.number().int(), name: z.string(), size: z.number().int(), sha256: z.string() });
export type EvidenceFile = z.output<typeof evidenceFile>;

/** What a file is called: its last part, without what no file system takes. Never what it is: it is handed out as bytes alone. */
export const fileName = z.string().max(1_000).transform((given) => given.split(/[\\/]/).at(-1)?.replace(/[\p{Cc}\p{Cf}]/gu, "").trim().slice(0, 200) || "file");
