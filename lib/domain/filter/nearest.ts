/** How many letters must be changed, added, left out or swapped to make one word of the other; stops counting at `most` + 1. */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const isSame = one[at - 1] === other[to - 1];
      const isSwap = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      const plain = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + (isSame ? 0 : 1));
      next.push(isSwap ? Math.min(plain, (before[to - 2] ?? 0) + 1) : plain);
    }
    [before, row] = [row, next];
  }
  return row[other.length] ?? most + 1;
}

/** The word that was most likely meant; null where none is near. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const word = typed.toLowerCase().slice(0, 40);
  const most = word.length <= 3 ? 1 : 2;
  const far = most + 1;
  const found = words.map((each) => ({ each, far: each.length > 2 && word.length > 2 && each.startsWith(word) ? 1 : distance(word, each, most) }));
  const best = found.reduce<{ each: string | null; far: number }>((least, one) => (one.far < least.far ? one : least), { each: null, far });
  return best.each;
}
