/** A file that is made while it is sent: its name, its media type, and its text or bytes piece by piece. */
export type Download = { name: string; type: string; text: AsyncGenerator<string | Uint8Array> };

/** Is this what a call gives when its answer is a file? */
export function isDownload(value: unknown): value is Download {
  return typeof value === "object" && value !== null && "text" in value && "type" in value && "name" in value;
}

/** The response that sends it. A piece is made when the receiver has taken the one before; a reader that leaves ends the making. */
export function downloaded({ name, type, text }: Download): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await text.next();
      if (next.done) controller.close();
      else controller.enqueue(typeof next.value === "string" ? encoder.encode(next.value) : next.value);
    },
    async cancel() {
      await text.return(undefined);
    },
  });
  const file = name.replace(/[^\w.-]+/g, "-");
  return new Response(body, { headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${file}"`, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" } });
}
