import clsx from "clsx";

/**
 * A name in one line that loses its beginning where there is no room, behind dots: the ends of long names tell them apart. The pointer shows
 * it whole, and so it is read out. Its parent gives it the room (a flex box or a block of some width).
 */
export function CutName({ name, isRight = false, className }: { name: string; isRight?: boolean; className?: string }) {
  return <span className={clsx("block min-w-0 truncate [direction:rtl]", isRight ? "text-right" : "text-left", className)} title={name}><bdi dir="ltr">{name}</bdi></span>;
}
