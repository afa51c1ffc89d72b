import type { Importer, Recognition } from "./contract";
import { IMPORTERS } from "./registry";

/** How many bytes from the beginning of an unpacked report are enough to tell its format. */
export const HEAD_BYTES = 65_536;

export type Tried = { format: string; label: string } & Recognition;

/** `message` is one sentence for the person who uploaded the report, `tried` says why for each format. */
export type Recognised =
  | { kind: "found"; importer: Importer }
  | { kind: "ambiguous" | "unknown"; message: string; tried: readonly Tried[] };

/** Text of a report's first bytes, good enough to recognise it; a character cut at the end does no harm. */
export function headText(bytes: Uint8Array): string {
  const head = bytes.subarray(0, HEAD_BYTES);
  const mark = ((head[0] ?? 0) << 8) | (head[1] ?? 0);
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(head);
}

/** Finds the format by content alone, never by the file's name. One `yes` wins; without any, one `maybe` does. */
export function recognise(head: string, importers: readonly Importer[] = IMPORTERS): Recognised {
  const tried = importers.map((importer) => ({ importer, ...importer.recognises(head) }));
  for (const verdict of ["yes", "maybe"] as const) {
    const matches = tried.filter((one) => one.verdict === verdict);
    const [only] = matches;
    if (only && matches.length === 1) return { kind: "found", importer: only.importer };
    if (matches.length > 1) {
      const labels = matches.map((one) => one.importer.label).join(" and ");
      return { kind: "ambiguous", message: `This could be ${labels}: say which format it is`, tried: tried.map(told) };
    }
  }
  const message = head.trim() === "" ? "The report is empty" : `This is none of the ${importers.length} formats that are read`;
  return { kind: "unknown", message, tried: tried.map(told) };
}

const told = ({ importer, verdict, why }: { importer: Importer } & Recognition): Tried => ({
  format: importer.format,
  label: importer.label,
  verdict,
  why,
});

/** The importer that a person or an API call named, or null. */
export const importerNamed = (format: string): Importer | null => IMPORTERS.find((importer) => importer.format === format) ?? null;
