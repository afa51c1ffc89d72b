import { env } from "@/lib/env";
import { ok, refuse, type Result } from "@/lib/domain/refusal";

/** The largest report as it is sent, in bytes. */
export const MAX_UPLOAD_BYTES = env.DOCKET_MAX_UPLOAD_MB * 1024 * 1024;

export type Incoming = { bytes: AsyncIterable<Uint8Array>; declaredBytes: number | null; maxBytes: number };

/** The body of a request as a stream, with what its sender said about its length. One that is declared too large is refused before it is read. */
export function incoming(request: Request): Result<Incoming> {
  const declared = request.headers.get("content-length");
  const declaredBytes = declared !== null && /^\d{1,15}$/.test(declared) ? Number(declared) : null;
  if (declaredBytes !== null && declaredBytes > MAX_UPLOAD_BYTES) {
    return refuse("too_large", `A report may have ${env.DOCKET_MAX_UPLOAD_MB} MiB as it is sent.`, { next: "Send it compressed with gzip or zip." });
  }
  return ok({ bytes: request.body ? pieces(request.body) : nothing(), declaredBytes, maxBytes: MAX_UPLOAD_BYTES });
}

/** What the sender calls a file: X-File-Name, percent-encoded where it is more than ASCII. */
export function fileNameOf(request: Request): string {
  const given = request.headers.get("x-file-name") ?? "file";
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
}

async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {}); // the sender may be gone already
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A body of at most so many bytes, as one piece. Refuses a longer one as soon as that is known. */
export async function boundedBody(request: Request, most: number): Promise<Result<Uint8Array>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ? pieces(request.body) : nothing()) {
    bytes += piece.length;
    if (bytes > most) return refuse("too_large", `At most ${most} bytes are taken here.`);
    parts.push(piece);
  }
  return ok(Uint8Array.from(Buffer.concat(parts)));
}
