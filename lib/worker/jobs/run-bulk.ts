import { failBulk, giveBackBulk, isWaitedFor, lookAhead, passOn, runChunk, takeBulk, type Ahead, type Stand, type StoredBulk } from "@/lib/commands/bulks/run";
import type { Result } from "@/lib/domain/refusal";

/** The first chunk is small, so that progress shows at once; then as many as are written in about this time. */
const FIRST = 200;
const MOST = 3_000;
const CHUNK_MS = 1_500;
/** How long one runs while others wait. */
const TURN_MS = 3_000;
/** One that brought down its runner this often without coming on is ended: it would do so for ever. */
const TRIES = 5;

/**
 * Runs one bulk action from where it stands, chunk by chunk, until it is done or stopped. Gives false when there was nothing to do.
 * Whoever dies in it leaves whole chunks behind and a lease that runs out; the next runner goes on after the last of them.
 */
export async function runBulk(id: number, stop?: AbortSignal): Promise<boolean> {
  const claimed = await takeBulk(id);
  if (!claimed) return false;
  if (claimed.tries > TRIES) {
    await failBulk(claimed, `It broke off ${TRIES} times for a reason of our own; the server's log has it.`);
    return true;
  }
  try {
    await run(claimed, stop);
    return true;
  } catch (error) {
    await giveBackBulk(claimed).catch(() => undefined);
    throw error;
  }
}

/** While one chunk is written the next is decided: the database and this process work at the same time. */
async function run(claimed: StoredBulk, stop?: AbortSignal): Promise<void> {
  const began = performance.now();
  let [size, next] = [FIRST, 2 * FIRST];
  for (let ahead: Ahead | null = null; ; ) {
    stop?.throwIfAborted();
    ahead ??= await lookAhead(claimed, null, size);
    const from = performance.now();
    const [stand, following]: [Result<Stand>, Ahead | null] = await Promise.all([runChunk(claimed, size, ahead), ahead && lookAhead(claimed, ahead.reached, next)]);
    if (!stand.ok) return failBulk(claimed, stand.refusal.message);
    if (stand.value !== "more") return;
    const paced = (size * CHUNK_MS) / (performance.now() - from);
    [size, next, ahead] = [next, Math.round(Math.min(MOST, 2 * next, Math.max(FIRST, paced))), following];
    if (performance.now() - began > TURN_MS && (await isWaitedFor(claimed.id))) return passOn(claimed);
  }
}
