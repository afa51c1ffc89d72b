type Box = { scrollLeft: number; clientWidth: number };
type Chip = { left: number; width: number };

/** Half a pixel is no cut. */
const SLACK = 1;

/** What a row of chips does not show: whether it is cut on the left and on the right, and how many are not whole in view. */
export function cutOf({ scrollLeft, clientWidth }: Box, chips: readonly Chip[]): { start: boolean; end: boolean; hidden: number } {
  const before = chips.filter(({ left }) => left < scrollLeft - SLACK).length;
  const after = chips.filter(({ left, width }) => left + width > scrollLeft + clientWidth + SLACK).length;
  const both = chips.filter(({ left, width }) => left < scrollLeft - SLACK && left + width > scrollLeft + clientWidth + SLACK).length;
  return { start: before > 0, end: after > 0, hidden: before + after - both };
}

/** Where the row stands once a chip is whole in view, moved as little as that takes; of one that is too wide its beginning. */
export function scrollFor({ scrollLeft, clientWidth }: Box, { left, width }: Chip): number {
  return Math.min(left, Math.max(scrollLeft, left + width - clientWidth));
}

/** The chip that is new, the last where there are several; -1 where there is none, or all are. */
export function newestOf(before: readonly string[] | null, after: readonly string[]): number {
  if (before === null) return -1;
  return after.findLastIndex((text) => !before.includes(text));
}
