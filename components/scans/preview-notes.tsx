"use client";
import clsx from "clsx";
import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import { GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import { notesOf } from "@/lib/domain/scan/notes";
import type { MovedView, ScanPreviewView } from "@/lib/domain/views/scans";
import { rowsAddress } from "./preview-strip";
import { counted, PREVIEW_COUNTS, willDo } from "./scan-words";

const label = (name: string) => PREVIEW_COUNTS.find(({ count }) => count === name)?.label ?? name.replaceAll("_", " ");

/** What is different from the preview before, and who made it so. */
export function Moved({ environment, moved }: { environment: number; moved: MovedView }) {
  const { scans, decisions, counts } = moved;
  return (
    <section aria-label="What moved" role="alert" className="mb-4 rounded-lg bg-medium-soft px-3.5 py-2.5 text-ink">
      <p className="font-medium">Since you looked, the world moved. Nothing was applied: this is what it would do now.</p>
      <ul className="mt-1 list-disc pl-4 text-ink-2">
        {scans.map(({ scan, by, at }) => <li key={scan}><Link className="text-accent underline" href={`/e/${environment}/scans/${scan}`}>Scan {scan}</Link> by {by} was applied <Moment at={at} />.</li>)}
        {decisions.total > 0 ? <li>{counted(decisions.total, "decision was", "decisions were")} taken: {decisions.latest.slice(0, 5).map(({ finding, to, by }, index) => <span key={index}>{index > 0 ? ", " : ""}<Link className="text-accent underline" href={`/e/${environment}/findings/${finding}`}>F-{finding}</Link> {GOVERNANCE_LABELS[to]} by {by}</span>)}{decisions.total > 5 ? " …" : ""}.</li> : null}
        {counts.map(({ name, from, to }) => <li key={name}>{label(name)}: {from.toLocaleString("en")} became {to.toLocaleString("en")}</li>)}
        {scans.length + decisions.total + counts.length === 0 ? <li>{moved.words}</li> : null}
      </ul>
    </section>
  );
}

/** Would it be held if somebody applied it? */
const willBeHeld = ({ status, brakeOff, brakes }: ScanPreviewView): boolean => status === "previewed" && !brakeOff && brakes.length > 0;

/** Why the brake holds a scan, or will hold it once it is applied, per detector and asset, and who may let it go. Nothing where it does not. */
export function Held({ environment, preview }: { environment: number; preview: ScanPreviewView }) {
  const { brakes, may, releasers, status } = preview;
  const isHeld = status === "held";
  if (!isHeld && !willBeHeld(preview)) return null;
  return (
    <section aria-label={isHeld ? "Why it is held" : "Why it will be held"} className="mb-4 rounded-lg border border-medium/40 bg-medium-soft px-3.5 py-2.5">
      <p className="font-medium">{isHeld ? "It is held" : "Applying it will be held"}: more would vanish than this environment lets go without a second look. <Link href={`/e/${environment}/help#brake`} className="text-xs font-normal text-ink-2 underline hover:text-ink">What is held, and why?</Link></p>
      <ul className="mt-1 list-disc pl-4 text-ink-2">{brakes.slice(0, 20).map((brake) => <li key={`${brake.detector} ${brake.asset ?? ""}`} className="break-words">{brake.why}</li>)}{brakes.length > 20 ? <li>and {brakes.length - 20} more</li> : null}</ul>
      <p className="mt-1.5 text-ink-2">
        {may.release ? "Look at the rows behind “no longer seen”. If the report is right, release it with a note; if it was cut short or misses checks, discard it and send a better one." : `A manager releases it${releasers.length > 0 ? `: ask ${releasers.slice(0, 3).join(", ")}${releasers.length > 3 ? ` or ${releasers.length - 3} more` : ""}` : ""}. If the report was cut short or misses checks, discard it and send a better one.`}
      </p>
    </section>
  );
}

/** What its sender should know beside the counts, each with what to do. */
export function Notes({ preview }: { preview: ScanPreviewView }) {
  const notes = notesOf(preview.facts, preview.status === "completed");
  if (notes.length === 0) return null;
  return (
    <section aria-label="To know" className={clsx("mb-3 max-w-3xl rounded-lg px-3.5 py-2", preview.facts.unnamed > 0 ? "bg-medium-soft" : "bg-sunk")}>
      <ul className="space-y-1 text-ink-2">{notes.map((note) => <li key={note} className="break-words">{note}</li>)}</ul>
    </section>
  );
}

const BEGINS: Partial<Record<ScanPreviewView["status"], string>> = { cancelled: "It was discarded. Applied, it would have done this:", held: "Released, it does this:" };

/** Rows that are kept of a kind at most: there may be more. */
const MOST_KEPT = 1_000;

/** That decisions will be proposed for carrying over, with the way to the rows; nothing where there are none. */
function Carries({ environment, preview }: { environment: number; preview: ScanPreviewView }) {
  const count = preview.kept.find(({ kind }) => kind === "carry")?.rows ?? 0;
  if (count === 0) return null;
  const away = preview.countedPartial ? "not in this report" : "gone";
  const [gone, fresh, theirs] = count === 1 ? [`1 decided finding that is ${away} looks`, "a new one: its decision", "is"] : [`${count === MOST_KEPT ? "At least " : ""}${count.toLocaleString("en")} decided findings that are ${away} look`, "new ones: their decisions", "are"];
  return <> <Link href={rowsAddress(environment, preview, "carry")} replace scroll={false} prefetch={false} className="text-accent underline">{gone} like {fresh}</Link> {theirs} proposed for carrying over.</>;
}

/** What applying it will do, in sentences; nothing once it is done. */
export function InWords({ environment, preview }: { environment: number; preview: ScanPreviewView }) {
  const { counts, countedPartial, isApplied, status, looks } = preview;
  const torn = looks.detectors.filter(({ rejected }) => rejected > 0);
  if (isApplied || status === "completed") return null;
  return (
    <p className="mb-3 max-w-3xl text-ink-2">
      {BEGINS[willBeHeld(preview) ? "held" : status] ?? "Applied, it does this:"} {willDo(counts).join(" ")}
      {countedPartial ? " Nothing in it shows that it is complete, so it counts as partial and nothing becomes “not detected”. If it is, send it as full." : ""}
      {torn.length > 0 ? ` ${counted(counts.rejected, "row")} could not be read, and what ${counts.rejected === 1 ? "it was" : "they were"} about is not known: nothing of ${torn.slice(0, 3).map(({ detector }) => detector).join(", ")}${torn.length > 3 ? ` and ${torn.length - 3} more detectors` : ""} becomes “not detected”.` : ""}
      <Carries environment={environment} preview={preview} />
    </p>
  );
}

/** The previews of a scan, newest first; an earlier one can be read for ever. */
export function Attempts({ environment, preview }: { environment: number; preview: ScanPreviewView }) {
  const { attempts, attempt, scan } = preview;
  const isDone = preview.status === "completed";
  if (attempts.length < 2) return null;
  return (
    <nav aria-label="Previews of this scan" className="mb-3 flex flex-wrap items-center gap-1.5 text-xs">
      <span className="text-ink-3">{isDone ? "What it did, and what was shown before:" : "Previews:"}</span>
      {attempts.map((one, index) => (
        <Link
          key={one.attempt} href={rowsAddress(environment, { scan, attempt: one.attempt, isNewest: index === 0 }, null)} prefetch={false} aria-current={one.attempt === attempt ? "true" : undefined}
          className={clsx("rounded-md px-2 py-0.5", one.attempt === attempt ? "bg-selected font-medium text-ink" : "text-ink-2 hover:bg-hover")}
        >{isDone && index === 0 ? "Done" : attempts.length - index}<span className="text-ink-3"> · <Moment at={one.madeAt} />{one.held && !(isDone && index === 0) ? " · held" : ""}{one.moved ? " · moved" : ""}</span></Link>
      ))}
    </nav>
  );
}
