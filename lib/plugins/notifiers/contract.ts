/** A letter as it goes out: plain and HTML say the same. `id` is the same whenever it is sent again, so that a receiver may know it. */
export type Letter = { id: string; to: string; cc: readonly string[]; subject: string; text: string; html: string; headers: Readonly<Record<string, string>> };

/** What became of a letter: taken over, refused for good, or worth another try. `isDown`: nothing else will get through either. */
export type Fate = { kind: "sent" } | { kind: "refused"; why: string } | { kind: "later"; why: string; isDown: boolean };

/** A way to reach people outside. One letter at a time; `close` lets go of the connection. */
export type Notifier = { send: (letter: Letter) => Promise<Fate>; close: () => void };
