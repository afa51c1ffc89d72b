/** A stream as its neighbours see it. */
export type Stream = { end(last?: string): void };

/** As many streams of one person as one process holds: a tab in view has one each. */
const MOST_OF_ONE = 8;

declare global {
  var docketStreams: Map<number, Set<Stream>> | undefined;
}

/** The streams that are open, by person. Kept on globalThis, since Next may load a module in several bundles. */
const open = (globalThis.docketStreams ??= endedWithTheProcess(new Map()));

/** A stop waits for answers that are under way: those that never end by themselves are ended. */
function endedWithTheProcess(streams: Map<number, Set<Stream>>) {
  const endAll = () => {
    for (const stream of [...streams.values()].flatMap((ofOne) => [...ofOne])) stream.end();
  };
  process.on("SIGTERM", endAll).on("SIGINT", endAll);
  return streams;
}

/** Takes a stream in; the oldest of too many ends, and is told not to come back by itself. Gives the way out. */
export function takeIn(person: number, stream: Stream): () => void {
  const ofOne = open.get(person) ?? new Set();
  open.set(person, ofOne.add(stream));
  for (const oldest of [...ofOne].slice(0, Math.max(0, ofOne.size - MOST_OF_ONE))) oldest.end("crowded");
  return () => {
    ofOne.delete(stream);
    if (ofOne.size === 0 && open.get(person) === ofOne) open.delete(person);
  };
}

/** How many streams are open in this process. */
export function openStreams(): number {
  return [...open.values()].reduce((sum, ofOne) => sum + ofOne.size, 0);
}
