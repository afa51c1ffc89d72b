import clsx from "clsx";

/** How an entry of the side looks, link or button. */
export function navClass(isHere: boolean): string {
  return clsx(
    "flex w-full items-center gap-2 rounded-md px-2.5 py-[5px] text-left transition-colors max-lg:justify-center max-lg:px-0 max-lg:py-2",
    isHere ? "bg-selected font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
  );
}
