/** A letter as it goes out: plain and HTML say the same. `id` is the same whenever it is sent again, so that a receiver may know it. `taken`: those of its recipients who have it already; they do not get it again. */
export type Letter = { id: string; to: string; cc: readonly string[]; taken: readonly string[]; subject: string; text: string; html: string; headers: Readonly<Record<string, string>> };

/**
 * What became of a letter: taken over, refused for good, or worth another try. It is refused where the one it is for is, whoever else took it; sent, `why` names
 * those who were refused. `isDown`: nothing else will get through either. `taken`: who has it by now.
 */
export type Fate = { kind: "sent"; why: string | null } | { kind: "refused"; why: string } | { kind: "later"; why: string; isDown: boolean; taken: readonly string[] };

/** A way to reach people outside. One letter at a time; `verify`: does it answer, and are we known there? Null: yes, else why not. `close` lets go of the connection. */
export type Notifier = { send: (letter: Letter) => Promise<Fate>; verify: () => Promise<string | null>; close: () => void };
