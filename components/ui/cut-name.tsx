import clsx from "clsx";

/** About so many characters of a long name stay at its end, and no name this short is cut in two. */
const TAIL = 14;
const SHORT = TAIL + 8;
const SEPARATORS = "./-_:@";

/** Where the end begins that is kept: at a separator shortly before, so that no half word stands behind the dots, and no part of what tells it apart goes. */
function cutAt(letters: readonly string[]): number {
  const plain = letters.length - TAIL;
  for (let at = plain; at >= plain - 8; at -= 1) if (SEPARATORS.includes(letters[at] ?? " ")) return at;
  return plain;
}

/**
 * A name in one line that loses its middle where there is no room, and its beginning where there is next to none: the ends of long names tell
 * them apart. The pointer shows it whole, and so it is read out. Its parent gives it the room (a flex box or a block of some width).
 */
export function CutName({ name, className }: { name: string; className?: string }) {
  const letters = Array.from(name);
  if (letters.length <= SHORT) return <span className={clsx("min-w-0 truncate", className)} title={name}>{name}</span>;
  const cut = cutAt(letters);
  return (
    <span className={clsx("relative flex min-w-0", className)} title={name}>
      <span className="sr-only select-none">{name}</span>
      <span aria-hidden className="min-w-0 truncate">{letters.slice(0, cut).join("")}</span>
      <span aria-hidden className="max-w-full shrink-0 truncate [direction:rtl]"><bdi dir="ltr">{letters.slice(cut).join("")}</bdi></span>
    </span>
  );
}
