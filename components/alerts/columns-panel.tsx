"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { KeyboardEvent } from "react";
import { COLUMN_IDS, COLUMNS, DENSITIES, isSameLayout, STANDARD_LAYOUT, type ColumnId, type Layout } from "@/lib/domain/desk/layout";
import type { ViewRow } from "@/lib/domain/views/desk";

const DENSITY_WORDS = { comfortable: "Comfortable", compact: "Compact" } as const satisfies Record<Layout["density"], string>;

function moved(columns: Layout["columns"], id: ColumnId, step: -1 | 1): Layout["columns"] {
  const at = columns.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= columns.length) return columns;
  const next = columns.filter((each) => each !== id);
  return [...next.slice(0, to), id, ...next.slice(to)];
}

type Props = { layout: Layout; view: ViewRow | null; onChange: (layout: Layout) => void };

/** One column: on or off, and its place among those that are on. */
function Column({ id, layout, onChange }: Omit<Props, "view"> & { id: ColumnId }) {
  const { columns } = layout;
  const isOn = columns.includes(id);
  const move = (step: -1 | 1) => onChange({ ...layout, columns: moved(columns, id, step) });
  const arrowClass = "grid size-6 place-items-center rounded-md text-ink-3 hover:bg-line hover:text-ink disabled:invisible";
  return (
    <li className="flex items-center rounded-md hover:bg-hover">
      <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2 px-2 py-1">
        <input type="checkbox" data-column={id} checked={isOn} onChange={() => onChange({ ...layout, columns: isOn ? columns.filter((each) => each !== id) : [...columns, id] })} className="accent-(--accent)" />
        <span className="truncate">{COLUMNS[id]}</span>
      </label>
      {isOn ? (
        <>
          <button type="button" tabIndex={-1} disabled={columns[0] === id} aria-label={`${COLUMNS[id]}: further left`} title="Further left (Alt ↑)" onClick={() => move(-1)} className={arrowClass}><ArrowUp size={12} aria-hidden /></button>
          <button type="button" tabIndex={-1} disabled={columns.at(-1) === id} aria-label={`${COLUMNS[id]}: further right`} title="Further right (Alt ↓)" onClick={() => move(1)} className={arrowClass}><ArrowDown size={12} aria-hidden /></button>
        </>
      ) : null}
    </li>
  );
}

/** Which columns the queue has, in which order, and how tall its rows are. Arrows walk, Space chooses, Alt with an arrow moves a column. */
export function ColumnsPanel({ layout, view, onChange }: Props) {
  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>("input[data-column]")];
    const here = event.target;
    if (!event.altKey) return boxes[(boxes.indexOf(here) + step + boxes.length) % boxes.length]?.focus();
    const id = COLUMN_IDS.find((each) => each === here.dataset.column);
    if (id) onChange({ ...layout, columns: moved(layout.columns, id, step) });
  }
  const reset = view?.layout ?? STANDARD_LAYOUT;
  return (
    <div className="p-1">
      <fieldset className="mb-1.5 flex items-center gap-3 px-2 py-1">
        <legend className="sr-only">Row height</legend>
        {DENSITIES.map((density) => (
          <label key={density} className="flex cursor-pointer items-center gap-1.5"><input type="radio" name="density" checked={layout.density === density} onChange={() => onChange({ ...layout, density })} className="accent-(--accent)" />{DENSITY_WORDS[density]}</label>
        ))}
      </fieldset>
      <ul aria-label="Columns" onKeyDown={onKeyDown} className="max-h-80 overflow-y-auto">
        {[...layout.columns, ...COLUMN_IDS.filter((id) => !layout.columns.includes(id))].map((id) => <Column key={id} id={id} layout={layout} onChange={onChange} />)}
      </ul>
      <p className="px-2 pt-1.5 text-xs text-ink-3">{view ? `A change here differs from ${view.name} until it is saved.` : "Kept for you in this environment."} A narrow list leaves columns out.</p>
      {isSameLayout(layout, reset) ? null : <button type="button" onClick={() => onChange(reset)} className="mt-1 rounded-md px-2 py-1 text-accent hover:underline">{view ? "As the view has them" : "As everybody begins"}</button>}
    </div>
  );
}
