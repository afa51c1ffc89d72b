"use client";
import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import type { PreviewKind } from "@/lib/domain/scan/preview";
import type { ScanPreviewView } from "@/lib/domain/views/scans";
import { labelFor, PREVIEW_COUNTS, type PreviewCount } from "./scan-words";

/** How many there are of a kind: as counted, or where nobody counts them, as many rows as are kept. */
export function countOf({ counts, kept }: Pick<ScanPreviewView, "counts" | "kept">, { kind, count }: PreviewCount): number {
  return count === null ? (kept.find((one) => one.kind === kind)?.rows ?? 0) : counts[count];
}

/** The address of a scan with the rows of one kind open, with none, or as it opens by itself. */
export function rowsAddress(environment: number, { scan, attempt, isNewest }: Pick<ScanPreviewView, "scan" | "attempt" | "isNewest">, kind: PreviewKind | "none" | null): string {
  const query = new URLSearchParams({ ...(isNewest ? {} : { attempt: String(attempt) }), ...(kind === null ? {} : { rows: kind }) }).toString();
  return `/e/${environment}/scans/${scan}${query === "" ? "" : `?${query}`}`;
}

/** The kinds that can be opened, in their order. */
export function opens(preview: ScanPreviewView): readonly PreviewKind[] {
  return PREVIEW_COUNTS.filter((one) => countOf(preview, one) > 0 && preview.kept.some(({ kind }) => kind === one.kind)).map(({ kind }) => kind);
}

const INK: Partial<Record<PreviewKind, string>> = { new: "text-accent", regressed: "text-high", unseen: "text-medium", rejected: "text-danger", preserved: "text-good" };

type Props = { environment: number; preview: ScanPreviewView; open: PreviewKind | null };

/** A count as a link that opens its rows, or as plain words where there are none. */
function Count({ environment, preview, open, one, className, children }: Props & { one: PreviewCount; className: string; children: ReactNode }) {
  const isOpen = open === one.kind;
  if (!opens(preview).includes(one.kind)) return <span className={clsx(className, "text-ink-3")}>{children}</span>;
  return (
    <Link
      data-count={one.kind} href={rowsAddress(environment, preview, isOpen ? "none" : one.kind)} replace scroll={false} prefetch={false} aria-expanded={isOpen} aria-controls="preview-rows"
      className={clsx(className, "-outline-offset-2 hover:bg-hover", isOpen ? "bg-selected text-ink shadow-[inset_0_-2px_0_var(--accent)]" : "text-ink-2")}
    >{children}</Link>
  );
}

/** What a scan will do, or did: a count for each kind; one that has rows opens them. */
export function PreviewStrip(props: Props) {
  const { preview } = props;
  const shown = PREVIEW_COUNTS.filter((one) => one.count !== null || countOf(preview, one) > 0);
  return (
    <div id="preview-counts">
      <ul aria-label={preview.isApplied ? "What it did" : "What it would do"} className="grid grid-cols-6 gap-px overflow-hidden rounded-xl border border-line bg-line max-md:grid-cols-3">
        {shown.filter(({ aside }) => !aside).map((one) => {
          const count = countOf(preview, one);
          const ink = count === 0 ? "text-ink-3" : (INK[one.kind] ?? "text-ink");
          return <li key={one.kind} title={one.means} className="bg-panel"><Count {...props} one={one} className="block h-full px-3.5 py-2"><b className={clsx("block text-xl leading-tight font-semibold tracking-tight tabular-nums", ink)}>{count.toLocaleString("en")}</b> {labelFor(one, count)}</Count></li>;
        })}
      </ul>
      <ul aria-label="What the report is like" className="mt-1.5 flex flex-wrap items-baseline gap-x-1 text-xs">
        <li className="px-2 py-0.5 text-ink-3">{preview.counts.observed.toLocaleString("en")} {preview.counts.observed === 1 ? "result" : "results"} in the report</li>
        {shown.filter(({ aside }) => aside).map((one) => <li key={one.kind} title={one.means}><Count {...props} one={one} className="block rounded-md px-2 py-0.5">{countOf(preview, one).toLocaleString("en")} {labelFor(one, countOf(preview, one))}</Count></li>)}
      </ul>
    </div>
  );
}

/** Moves the focus to the next count that opens, or the one before. */
export function focusCount(step: 1 | -1) {
  const links = [...document.querySelectorAll<HTMLElement>("#preview-counts [data-count]")];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at < 0 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  links[next]?.focus();
}
