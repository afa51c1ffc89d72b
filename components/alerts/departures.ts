/**
 * Rows that left stay with their note for so long, each from when it left: what leaves later keeps none of them. Told again and again which ones
 * stand there as left; `bury` is told those whose time is over.
 */
export function departures(ms: number, bury: (numbers: readonly number[]) => void) {
  const waits = new Map<number, ReturnType<typeof setTimeout>>();
  return {
    see(left: Iterable<number>) {
      const standing = new Set(left);
      for (const number of waits.keys()) if (!standing.has(number)) waits.delete(number); // it came back: should it leave again, its time begins anew
      const fresh = [...standing].filter((number) => !waits.has(number));
      if (fresh.length === 0) return;
      const timer = setTimeout(() => {
        const over = fresh.filter((number) => waits.get(number) === timer);
        if (over.length > 0) bury(over);
      }, ms);
      for (const number of fresh) waits.set(number, timer);
    },
    stop() {
      for (const timer of waits.values()) clearTimeout(timer);
      waits.clear();
    },
  };
}
