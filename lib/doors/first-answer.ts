import { createHash } from "node:crypto";
import { askAgain, prisma, sql } from "@/lib/db/client";
import { refuse } from "@/lib/domain/refusal";
import type { Caller } from "@/lib/doors/api-key";
import { problem } from "@/lib/doors/problem";
import { shownOnce } from "@/lib/gate/shown-once";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A call that may be sent twice: the key its sender gave it, and the hash of all that it asks.
 * A report is hashed while it is read: `known` is null then, and `whole` reads what is left of it.
 * `secret`: the answer holds one; it is not stored, and this is what to do where it got lost.
 */
export type Repeatable = { key: string; known: Bytes | null; whole: () => Promise<Bytes>; secret?: string };

const KEPT_HOURS = 24;
/** A call that has not answered after this has lost its process; the next one with its key starts anew. */
const ABANDONED_MINUTES = 15;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The sender's key in a request: null when none is given, "invalid" when it is not 1 to 200 printable characters. */
export function keyOf(request: Request): string | null | "invalid" {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  return KEY.test(key) ? key : "invalid";
}

function hashOf(request: Request, body: string): Bytes {
  const { pathname, search } = new URL(request.url);
  return new Uint8Array(createHash("sha256").update(JSON.stringify([request.method, pathname, search, body])).digest());
}

/** A call with a JSON body, by one hash over method, path, query and body. */
export function repeatableText(request: Request, key: string, body: string, secret?: string): Repeatable {
  const known = hashOf(request, body);
  return { key, known, whole: () => Promise.resolve(known), secret };
}

/** A call with a report: the same request, whose body is hashed as it passes, and what to know it by. */
export function repeatableStream(request: Request, key: string): { request: Request; call: Repeatable } {
  const hash = createHash("sha256");
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      hash.update(chunk);
      controller.enqueue(chunk);
    },
  });
  const body = request.body?.pipeThrough(passing) ?? null;
  const sent: RequestInit & { duplex: "half" } = { method: request.method, headers: request.headers, body, duplex: "half" };
  const passed = new Request(request.url, sent);
  const whole = async () => {
    if (!passed.bodyUsed && !passed.body?.locked) await passed.body?.pipeTo(new WritableStream());
    return hashOf(request, hash.digest("hex"));
  };
  return { request: passed, call: { key, known: null, whole } };
}

/**
 * Runs a call once for its key. Asked again with the same body it gives the stored first answer and does nothing;
 * with another body it is refused (422), and while the first still runs it is told to come back (409).
 * Only success is stored: what was refused may be corrected under the same key. A process or connection that dies after the change and
 * before the answer leaves what the change gave: sent again, the call answers from there and does nothing.
 * Of an answer that holds a secret nothing is stored but that it was given: sent again it is told so (409).
 */
export async function answerOnce(caller: Caller, call: Repeatable, run: (caller: Caller) => Promise<Response>): Promise<Response> {
  const mine = await claim(caller, call);
  if (!mine) {
    const first = await repeat(caller, call);
    if (first !== "unanswered") return first;
  }
  try {
    const once = { token: caller.token, key: call.key, writes: 0, secret: call.secret };
    const response = await run({ ...caller, actor: { ...caller.actor, once } });
    if (response.ok) await store(caller, call, response.clone());
    else await askAgain(() => forget(caller, call));
    return response;
  } catch (error) {
    await askAgain(() => forget(caller, call)).catch(() => undefined); // what was done keeps its key
    throw error;
  }
}

/** Takes the key, if it is free. The row is the lock: of two at once only one is inserted. */
async function claim({ token, environment }: Caller, { key, known }: Repeatable): Promise<boolean> {
  await prisma.$executeRaw(sql`
    DELETE FROM idempotency_key WHERE created_at < now() - ${KEPT_HOURS} * interval '1 hour'
      OR (status IS NULL AND done IS NULL AND created_at < now() - ${ABANDONED_MINUTES} * interval '1 minute')`);
  const inserted = await prisma.idempotencyKey.createMany({
    data: [{ tokenId: token, environmentId: environment, key, requestHash: known ?? new Uint8Array() }],
    skipDuplicates: true,
  });
  return inserted.count === 1;
}

/** The first answer; "unanswered" where the first call did what it should and its answer got lost: run again, its writes say what they gave. */
async function repeat({ token }: Caller, { key, known, whole, secret }: Repeatable): Promise<Response | "unanswered"> {
  const first = await prisma.idempotencyKey.findUnique({ where: { tokenId_key: { tokenId: token, key } } });
  const isDone = first !== null && first.status !== null && first.answer !== null;
  const asked = isDone ? await whole() : known;
  if (first && first.requestHash.length > 0 && asked && !Buffer.from(first.requestHash).equals(asked)) {
    const message = "This Idempotency-Key was used for another call.";
    return problem(refuse("invalid", message, { errors: [{ path: "Idempotency-Key", message }] }).refusal);
  }
  if (secret !== undefined && first && (first.status !== null || first.done)) return problem(shownOnce(secret).refusal);
  if (first?.status && first.answer !== null) {
    return new Response(first.answer, { status: first.status, headers: { "Content-Type": "application/json", "Cache-Control": "no-store", "Idempotent-Replayed": "true" } });
  }
  if (first?.done) return "unanswered";
  return problem(refuse("conflict", "The first call with this Idempotency-Key is still running.", { retryAfter: 1 }).refusal);
}

async function store({ token }: Caller, { key, whole, secret }: Repeatable, response: Response): Promise<void> {
  const answer = secret === undefined ? await response.text() : null;
  const where = { tokenId_key: { tokenId: token, key } };
  await prisma.idempotencyKey.update({ where, data: { status: response.status, answer, requestHash: await whole() } });
}

async function forget({ token }: Caller, { key }: Repeatable): Promise<void> {
  await prisma.idempotencyKey.deleteMany({ where: { tokenId: token, key, status: null, done: null } });
}
