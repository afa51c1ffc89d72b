import { Skeleton } from "@/components/ui/states";
import { STANDARD_LAYOUT, type Layout } from "@/lib/domain/desk/layout";
import { GRID, gridStyle } from "./grid";

/** Rows in their final size, while the true ones are on their way. */
export function SkeletonRows({ count = 14, layout = STANDARD_LAYOUT }: { count?: number; layout?: Layout }) {
  return (
    <div aria-hidden style={gridStyle(layout)}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`h-[var(--row)] border-b border-line ${GRID}`}>
          <Skeleton className="size-3.5" /><Skeleton className="size-2 rounded-full" /><Skeleton className="size-[18px]" />
          <span style={{ width: `${38 + ((index * 17) % 45)}%` }}><Skeleton className="h-3" /></span>
          <Skeleton className="h-3 w-16 @max-2xl:hidden" /><Skeleton className="h-3 w-24 @max-xl:hidden" />
        </div>
      ))}
    </div>
  );
}
