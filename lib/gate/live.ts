import { prisma } from "@/lib/db/client";
import { listen, type Listener } from "@/lib/db/listen";
import { looksIn } from "@/lib/db/sql/presence";
import { LIVE_CHANNEL, liveMessage, type LiveKinds } from "@/lib/domain/live";
import type { Look } from "@/lib/domain/presence";

/** What a subscriber of an environment hears. `resync`: it may have missed something, also what happened before it came. */
export type LiveEvent = { type: "resync" } | { type: "changed"; kinds: LiveKinds } | { type: "presence"; looks: readonly Look[] };
type Tell = (event: LiveEvent) => void;

/** A look that nobody takes back runs out unseen: while somebody looks, it is asked who still does. */
const LOOK_AGAIN = 4_000;
/** The connection stays for a while when the last subscriber goes: the next page is on its way. */
const LINGER = 20_000;

type Room = { tells: Set<Tell>; looks: string; timer: NodeJS.Timeout | null };

/** The one ear of this process: it hears the relay over a single connection and tells those whose environment it is about. */
class Hub {
  #rooms = new Map<number, Room>();
  #listener: Listener | null = null;
  #isListening = false;
  #lingering: NodeJS.Timeout | null = null;

  /** From now on `tell` hears what happens in this environment; first `resync`, as soon as nothing can be missed. Gives the way out. */
  subscribe(environment: number, tell: Tell): () => void {
    if (this.#lingering) clearTimeout(this.#lingering);
    this.#lingering = null;
    const room = this.#rooms.get(environment) ?? { tells: new Set<Tell>(), looks: "[]", timer: null };
    this.#rooms.set(environment, room);
    room.tells.add(tell);
    if (this.#isListening) this.#welcome(environment, tell);
    this.#listener ??= listen(LIVE_CHANNEL, { heard: (payload) => this.#heard(payload), listening: () => this.#begun() });
    return () => this.#leave(environment, tell);
  }

  #leave(environment: number, tell: Tell) {
    const room = this.#rooms.get(environment);
    if (!room?.tells.delete(tell) || room.tells.size > 0) return;
    if (room.timer) clearTimeout(room.timer);
    this.#rooms.delete(environment);
    if (this.#rooms.size === 0) this.#lingering = setTimeout(() => void this.stop(), LINGER).unref();
  }

  /** Lets go of the connection; a later subscriber has it made anew. */
  async stop(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    this.#isListening = false;
    await listener?.stop();
  }

  #begun() {
    this.#isListening = true;
    for (const [environment, room] of this.#rooms) for (const tell of room.tells) this.#welcome(environment, tell);
  }

  #welcome(environment: number, tell: Tell) {
    tell({ type: "resync" });
    looksIn(prisma, environment).then((looks) => {
      const room = this.#rooms.get(environment);
      if (room) this.#watch(environment, room, looks);
      if (room?.tells.has(tell)) tell({ type: "presence", looks });
    }, () => {});
  }

  #heard(payload: string) {
    const read = liveMessage.safeParse(parsed(payload));
    if (!read.success) return;
    const { environment, kinds: { presence, ...kinds } } = read.data;
    const room = this.#rooms.get(environment);
    if (!room) return;
    if (presence) void this.#lookAgain(environment);
    if (Object.keys(kinds).length > 0) for (const tell of room.tells) tell({ type: "changed", kinds });
  }

  async #lookAgain(environment: number): Promise<void> {
    const looks = await looksIn(prisma, environment).catch(() => null);
    const room = this.#rooms.get(environment);
    if (!room) return;
    const isNews = looks !== null && JSON.stringify(looks) !== room.looks;
    this.#watch(environment, room, looks);
    if (isNews) for (const tell of room.tells) tell({ type: "presence", looks });
  }

  #watch(environment: number, room: Room, looks: readonly Look[] | null) {
    if (looks) room.looks = JSON.stringify(looks);
    if (room.timer) clearTimeout(room.timer);
    room.timer = room.looks === "[]" ? null : setTimeout(() => void this.#lookAgain(environment), LOOK_AGAIN).unref();
  }
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

declare global {
  var docketLive: Hub | undefined;
}

/** Kept on globalThis, since Next may load a module in several bundles. */
export const live: Hub = (globalThis.docketLive ??= new Hub());
