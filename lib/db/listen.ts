import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { beginning } from "@/lib/db/client";
import { needed } from "@/lib/env";

/** By this name an operator finds the connection that listens, and a test the one to end. */
export const LISTENER = "docket listener";

const WAITS = [50, 200, 1_000, 2_000, 5_000] as const;
/** A connection that died without a word is found out by asking. */
const ASK_EVERY = 5_000;
const PATIENCE = 5_000;

export type Listener = { stop(): Promise<void> };
type Ears = {
  heard: (payload: string) => void;
  /** it listens from now on; what was said before, or since a connection was lost, was missed */
  listening: () => void;
};

/** Listens on a channel over one connection of its own until it is stopped; connects again by itself, however long the database is away. */
export function listen(channel: string, ears: Ears): Listener {
  const stop = new AbortController();
  const done = (async () => {
    for (let lost = 0; !stop.signal.aborted; lost++) {
      const lasted = await hold(channel, ears, stop.signal);
      if (lasted) lost = 0;
      await sleep(WAITS[Math.min(lost, WAITS.length - 1)], undefined, { signal: stop.signal }).catch(() => {});
    }
  })();
  return { stop: () => (stop.abort(), done) };
}

/** One connection, until it ends or is stopped. Did it come so far as to listen? */
async function hold(channel: string, ears: Ears, stop: AbortSignal): Promise<boolean> {
  const client = new pg.Client({
    ...beginning(needed("DATABASE_URL")), connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE, keepAlive: true, application_name: LISTENER,
  });
  const over = new AbortController();
  const end = () => over.abort();
  client.on("error", end).on("end", end).on("notification", ({ payload }) => ears.heard(payload ?? ""));
  stop.addEventListener("abort", end);
  let isListening = false;
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    isListening = true;
    ears.listening();
    while (!stop.aborted && !over.signal.aborted) {
      await sleep(ASK_EVERY, undefined, { signal: over.signal }).catch(() => {});
      if (!over.signal.aborted) await client.query("SELECT 1");
    }
  } catch {
    // away, or gone: the caller waits and comes again
  } finally {
    stop.removeEventListener("abort", end);
    await client.end().catch(() => {});
  }
  return isListening;
}
