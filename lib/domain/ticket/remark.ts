/** A remark that we sent to an issue before; `at`: when it was put in line. */
export type Earlier = { text: string; at: Date };

/**
 * A remark of ours that is looked for. `before`: the newest other one of ours that was sent before it, null: none; `again`: how often the same words were
 * sent since then, `ever`: how often before it at all; `since`: nothing older has to be read.
 */
export type Remark = { text: string; before: string | null; again: number; ever: number; since: Date };

/** Clocks over there may be some way off ours. */
const SOME_WAY_MS = 86_400_000;

/** What tells a remark, put in line at `at`, from the earlier ones of its ticket, newest first: closed, opened and closed again may be said in the same words. */
export function remarkSought(text: string, at: Date, earlier: readonly Earlier[]): Remark {
  const other = earlier.findIndex((one) => one.text !== text);
  const again = other === -1 ? earlier.length : other;
  const same = earlier.filter((one) => one.text === text);
  return { text, before: earlier[other]?.text ?? null, again, ever: same.length, since: new Date((same.at(-1)?.at ?? at).getTime() - SOME_WAY_MS) };
}

/**
 * Does it stand there? `there`: all remarks, oldest to newest. No clock is asked: it was said where its words stand, after the last of those before it, more
 * often than they had been sent, and on the whole more often than ever: somebody may have taken the one before away, or have written in it, and what parted the
 * old ones from ours with it.
 */
export function wasSaid<Words>(there: readonly Words[], { words, before, again, ever }: { words: Words; before: Words | null; again: number; ever: number }): boolean {
  const ofThese = (some: readonly Words[]) => some.filter((one) => one === words).length;
  const after = there.slice(before === null ? 0 : there.lastIndexOf(before) + 1);
  return ofThese(after) > again && ofThese(there) > ever;
}
