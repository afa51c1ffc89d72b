"use client";
import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Chip } from "@/lib/domain/filter/query";
import { cutOf, newestOf, scrollFor } from "./chips-in-view";
import { FilterChip } from "./filter-chip";

const placeOf = ({ offsetLeft, offsetWidth }: HTMLElement) => ({ left: offsetLeft, width: offsetWidth });
const chipsIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>("[data-filter-chip]")];

/** How the row is cut, as one text that stays the same until that changes. */
function lookAt(box: HTMLElement | null): string {
  if (!box) return "";
  const { start, end, hidden } = cutOf(box, chipsIn(box).map(placeOf));
  return hidden === 0 ? "" : `${start ? "s" : ""}${end ? "e" : ""}${hidden}`;
}

const FADES = { s: "linear-gradient(to right, transparent, black 28px)", e: "linear-gradient(to left, transparent, black 28px)", se: "linear-gradient(to right, transparent, black 28px, black calc(100% - 28px), transparent)" } as const;

type Props = { chips: readonly Chip[]; onEdit: (chip: Chip) => void; onRemove: (chip: Chip) => void };

/** What narrows the queue, chip by chip. Where they find no room the row fades at its edge and says how many are not seen; the newest always is. */
export function FilterChips({ chips, onEdit, onRemove }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const listen = useCallback((changed: () => void) => {
    const box = row.current;
    const sized = new ResizeObserver(changed);
    if (box) for (const each of [box, ...box.children]) sized.observe(each);
    box?.addEventListener("scroll", changed, { passive: true });
    return () => {
      sized.disconnect();
      box?.removeEventListener("scroll", changed);
    };
  }, []);
  const look = useSyncExternalStore(listen, () => lookAt(row.current), () => "");
  const [, sides, hidden] = /^([se]*)(\d+)$/.exec(look) ?? [];
  const fade = sides === "s" || sides === "e" || sides === "se" ? FADES[sides] : undefined;

  const before = useRef<readonly string[]>(null);
  useLayoutEffect(() => {
    const texts = chips.map(({ text }) => text);
    const box = row.current;
    const newest = box && chipsIn(box)[newestOf(before.current, texts)];
    before.current = texts;
    if (newest) box.scrollLeft = scrollFor(box, placeOf(newest));
  }, [chips]);

  return (
    <>
      <div ref={row} style={{ maskImage: fade }} className="max-w-[75%] min-w-0 shrink overflow-x-auto [scrollbar-width:none]">
        <div className="relative flex w-max gap-1">{chips.map((chip) => <FilterChip key={chip.text} text={chip.text} onEdit={() => onEdit(chip)} onRemove={() => onRemove(chip)} />)}</div>
      </div>
      {hidden ? <span title={`${hidden} more in this filter: scroll, or press the left arrow`} className="shrink-0 text-2xs text-ink-3 tabular-nums"><span aria-hidden>+{hidden}</span></span> : null}
    </>
  );
}
