/** How well a text answers what was typed: null where its letters are not in it in this order, higher is better. Word beginnings and runs count most. */
export function fuzzy(typed: string, text: string): number | null {
  const wanted = typed.trim().toLowerCase();
  const found = text.toLowerCase();
  if (wanted === "") return 0;
  const at = found.indexOf(wanted);
  if (at >= 0) return 1_000 - at - found.length / 100 + (at === 0 || /\W/.test(found[at - 1] ?? "") ? 500 : 0);
  let score = 0;
  let from = 0;
  for (const letter of wanted) {
    if (letter === " ") continue;
    const next = found.indexOf(letter, from);
    if (next < 0) return null;
    score += (next === from ? 4 : 0) + (next === 0 || /\W/.test(found[next - 1] ?? "") ? 6 : 0) - (next - from) / 10;
    from = next + 1;
  }
  return score - found.length / 100;
}
