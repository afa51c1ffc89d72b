/** The stars once each of these findings has one or not; all others as they are, whatever became of them meanwhile. */
export function starred(now: ReadonlySet<number>, numbers: readonly number[], has: (number: number) => boolean): ReadonlySet<number> {
  const after = new Set(now);
  for (const number of numbers) if (has(number)) after.add(number); else after.delete(number);
  return after;
}
