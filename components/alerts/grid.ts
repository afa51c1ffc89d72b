import { clsx } from "clsx";
import type { CSSProperties } from "react";
import type { ColumnId, Density, Layout } from "@/lib/domain/desk/layout";

declare module "react" {
  interface CSSProperties {
    [name: `--${string}`]: string | undefined;
  }
}

/** How wide a column is in a list of each width, from wide to narrow, in pixels; left out from where it has no number. */
type Widths = readonly [wide: number, medium?: number, small?: number, narrow?: number];

const WIDTHS: Record<ColumnId, Widths> = {
  number: [58, 54], response: [104, 92, 104], governance: [112, 100], reason: [116], verification: [84], route: [104, 92], location: [180, 130], component: [130], category: [120], asset: [136, 104, 104], port: [46, 46],
  detector: [84], rule: [130, 100], cve: [126, 126], cwe: [62], cvss: [40, 40], epss: [46, 46], technical: [64], effective: [64], tags: [120, 90], assignee: [24, 24, 24],
  age: [38, 34], seen: [58, 50], decided: [54], expires: [84], sla: [60, 60], due: [112, 108, 82, 78],
};
const RIGHT: readonly ColumnId[] = ["port", "cvss", "epss", "age", "seen", "decided", "due"];
const HIDDEN = ["", "@max-5xl:hidden", "@max-2xl:hidden", "@max-xl:hidden", ""] as const;
/** A small list has no room for what a wide one shows, but for these. */
const SMALL: readonly ColumnId[] = ["asset", "assignee", "due"];

function widthsOf(id: ColumnId, columns: Layout["columns"]): Widths {
  const [wide, medium, small, narrow] = WIDTHS[id];
  // The response gives way to the asset where there is little room.
  const stays = small !== undefined && (SMALL.includes(id) || !columns.some((each) => SMALL.includes(each)));
  return stays && medium !== undefined ? (narrow === undefined ? [wide, medium, small] : [wide, medium, small, narrow]) : medium === undefined ? [wide] : [wide, medium];
}

/** How the cells of a column lie, and in which lists they are left out. */
export function cellClass(id: ColumnId, columns: Layout["columns"]): string {
  return clsx("flex min-w-0", RIGHT.includes(id) && "justify-end text-right", HIDDEN[widthsOf(id, columns).length]);
}

const ROWS = { comfortable: 36, compact: 28 } as const satisfies Record<Density, number>;

/** The height of a row in pixels. */
export function rowHeight(density: Density): number {
  return ROWS[density];
}

const TITLE = 200;
const GAP = 6;
const AROUND = 26 + 14 + 24 + 2 * 18;

/** What rows and head take their columns from: one template for each width of the list, worked out once and never measured. */
export function gridStyle({ columns, density }: Layout): CSSProperties {
  const templates = [0, 1, 2, 3].map((level) => columns.flatMap((id) => widthsOf(id, columns)[level] ?? []));
  const grid = (level: number) => `26px 14px 24px minmax(0,1fr) ${(templates[level] ?? []).map((width) => `${width}px`).join(" ")}`;
  const least = (level: number) => `${(templates[level] ?? []).reduce((sum, width) => sum + width + GAP, AROUND + TITLE + 4 * GAP)}px`;
  return { "--row": `${rowHeight(density)}px`, "--g0": grid(0), "--g1": grid(1), "--g2": grid(2), "--g3": grid(3), "--least0": least(0), "--least1": least(1) };
}

export const GRID =
  "grid items-center gap-1.5 px-[18px] grid-cols-[var(--g0)] @max-5xl:grid-cols-[var(--g1)] @max-2xl:grid-cols-[var(--g2)] @max-xl:grid-cols-[var(--g3)]";
/** A list with more columns than fit is wider than its frame, and scrolls sideways. */
export const WIDE_ENOUGH = "min-w-[var(--least0)] @max-5xl:min-w-[var(--least1)] @max-2xl:min-w-0";
