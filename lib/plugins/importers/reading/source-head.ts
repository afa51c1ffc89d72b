import type { Source } from "../contract";

/** What the beginning of a report is read for: which of its formats' dialects it is. */
export const HEAD_BYTES = 65_536;

/** The first characters of a report; reads no further than they reach. */
export async function headOf(source: Source): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source.open()) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString("utf8");
}
