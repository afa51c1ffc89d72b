import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** One figure of a run: what was measured, beside what, and the line that it must not cross. Null: printed, and no line drawn. */
export type Figure = { bench: string; what: string; value: number; unit: "x" | "MB" | "s" | "rows" | "%"; atMost: number | null };

export const missed = ({ value, atMost }: Figure): boolean => atMost !== null && !(value <= atMost);

const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** The figures as a table for people. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.bench, figure.what, `${shown(figure.value)} ${figure.unit}`,
    figure.atMost === null ? "" : `<= ${shown(figure.atMost)} ${figure.unit}`, figure.atMost === null ? "" : missed(figure) ? "MISSED" : "kept"]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, at) => (at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join("  ").trimEnd()).join("\n");
}

/** Writes the figures with what the machine was busy with. */
export function keep(file: string, figures: readonly Figure[], seed: number): void {
  fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const machine = { cores: os.cpus().length, load: os.loadavg(), node: process.version };
  fs.writeFileSync(file, `${JSON.stringify({ at: new Date(), seed, machine, figures }, null, 2)}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
