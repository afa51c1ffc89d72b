import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";

/** Bytes of one JSON call; reports have their own door. */
export const MAX_JSON_BYTES = 1_000_000;

const TOO_LARGE = refuse("too_large", `A call carries at most ${MAX_JSON_BYTES} bytes of JSON.`);

/** The text of a body, counted while it arrives, so that no claimed length is believed. Not UTF-8 is refused. */
export async function readText(request: Request): Promise<Result<string>> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_JSON_BYTES) return TOO_LARGE;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(request)) {
      bytes += chunk.byteLength;
      if (bytes > MAX_JSON_BYTES) return TOO_LARGE;
      text += decoder.decode(chunk, { stream: true });
    }
    return ok(text + decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) return refuseInput([{ path: "body", message: "The body is not UTF-8, or broke off." }]);
    throw error;
  }
}

async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** The value in a text; an empty one is an empty object, since a call without fields needs no body. The fault names its place. */
export function parseJson(text: string): Result<unknown> {
  if (text.trim() === "") return ok({});
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch (error) {
    const why = error instanceof Error ? error.message : "unreadable";
    return refuseInput([{ path: "body", message: `The body is not JSON: ${why.slice(0, 200)}` }]);
  }
}
