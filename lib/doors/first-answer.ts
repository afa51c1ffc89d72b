import { createHash } from "node:crypto";
import { prisma, sql } from "@/lib/db/client";
import { refuse } from "@/lib/domain/refusal";
import type { Caller } from "@/lib/doors/api-key";
import { problem } from "@/lib/doors/problem";

/** A call that may be sent twice: the key its sender gave it, and the hash of all that it asks. */
export type Repeatable = { key: string; requestHash: Uint8Array<ArrayBuffer> };

const KEPT_HOURS = 24;
/** A call that has not answered after this has lost its process; the next one with its key starts anew. */
const ABANDONED_MINUTES = 10;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The sender's key in a request: null when none is given, "invalid" when it is not 1 to 200 printable characters. */
export function keyOf(request: Request): string | null | "invalid" {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  return KEY.test(key) ? key : "invalid";
}

/** One hash over method, path, query and body (or the body's own hash, where it is too long to keep). */
export function requestHash(request: Request, body: string): Uint8Array<ArrayBuffer> {
  const { pathname, search } = new URL(request.url);
  return new Uint8Array(createHash("sha256").update(JSON.stringify([request.method, pathname, search, body])).digest());
}

/**
 * Runs a call once for its key. Asked again with the same body it gives the stored first answer and does nothing;
 * with another body it is refused (422), and while the first still runs it is told to come back (409).
 * Only success is stored: what was refused may be corrected under the same key.
 */
export async function answerOnce(caller: Caller, call: Repeatable, run: () => Promise<Response>): Promise<Response> {
  const mine = await claim(caller, call);
  if (!mine) return repeat(caller, call);
  try {
    const response = await run();
    if (response.ok) await store(caller, call, response.clone());
    else await forget(caller, call);
    return response;
  } catch (error) {
    await forget(caller, call);
    throw error;
  }
}

/** Takes the key, if it is free. The row is the lock: of two at once only one is inserted. */
async function claim({ token, environment }: Caller, { key, requestHash: hash }: Repeatable): Promise<boolean> {
  await prisma.$executeRaw(sql`
    DELETE FROM idempotency_key WHERE created_at < now() - ${KEPT_HOURS} * interval '1 hour'
      OR (status IS NULL AND created_at < now() - ${ABANDONED_MINUTES} * interval '1 minute')`);
  const inserted = await prisma.idempotencyKey.createMany({
    data: [{ tokenId: token, environmentId: environment, key, requestHash: hash }],
    skipDuplicates: true,
  });
  return inserted.count === 1;
}

async function repeat({ token }: Caller, { key, requestHash: hash }: Repeatable): Promise<Response> {
  const first = await prisma.idempotencyKey.findUnique({ where: { tokenId_key: { tokenId: token, key } } });
  if (first && !Buffer.from(first.requestHash).equals(hash)) {
    const message = "This Idempotency-Key was used for another call.";
    return problem(refuse("invalid", message, { errors: [{ path: "Idempotency-Key", message }] }).refusal);
  }
  if (first?.status && first.answer !== null) {
    return new Response(first.answer, { status: first.status, headers: { "Content-Type": "application/json", "Cache-Control": "no-store", "Idempotent-Replayed": "true" } });
  }
  return problem(refuse("conflict", "The first call with this Idempotency-Key is still running.", { retryAfter: 1 }).refusal);
}

async function store({ token }: Caller, { key }: Repeatable, response: Response): Promise<void> {
  const answer = await response.text();
  await prisma.idempotencyKey.update({ where: { tokenId_key: { tokenId: token, key } }, data: { status: response.status, answer } });
}

async function forget({ token }: Caller, { key }: Repeatable): Promise<void> {
  await prisma.idempotencyKey.deleteMany({ where: { tokenId: token, key, status: null } });
}
