const MINUTE = 60;

/** How long a letter is tried before it counts as undeliverable: three days, as mail servers do. */
export const GIVE_UP_DAYS = 3;

/** Seconds until a letter is tried again after so many attempts: it doubles, from half a minute to a quarter of an hour. */
export function waitAfter(attempts: number): number {
  return Math.min(15 * MINUTE, 30 * 2 ** Math.max(0, attempts - 1));
}

/** Seconds until anything is tried again where the server is away. */
export const WAIT_WHEN_DOWN = MINUTE;
