"use client";
import clsx from "clsx";
import { Download } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { codeLines, firstView, httpParts, linesOf, type HttpMessage, type HttpPart, type ObservationView } from "@/lib/domain/finding/observation";
import { CopyButton } from "./copy-button";
import { PlainText } from "./plain-text";
import { Section } from "./section";

const VIEW_LABELS = { plain: "Plain", code: "Code", http: "HTTP" } as const satisfies Record<ObservationView, string>;

/** Lines that are drawn before somebody asks for all of them. */
const FOLDED = 40;
const FOLDED_LENGTH = 6_000;

const BLOCK = "max-h-96 overflow-auto rounded-lg bg-sunk px-[11px] py-[9px] font-mono text-[11.5px] leading-[1.55] text-ink-2";
const wrapping = (wraps: boolean) => (wraps ? "break-words whitespace-pre-wrap" : "whitespace-pre");

function Choice({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: ReactNode }) {
  return <button type="button" aria-pressed={isOn} onClick={onClick} className={isOn ? "font-medium text-ink" : "hover:text-ink"}>{children}</button>;
}

function Code({ text, location, wraps }: { text: string; location: string; wraps: boolean }) {
  const lines = useMemo(() => codeLines(text, location), [text, location]);
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      {lines.map((line, index) => (
        <div key={index} className={clsx("col-span-2 grid grid-cols-subgrid", line.isMarked && "-mx-[11px] bg-selected px-[11px] shadow-[inset_2px_0_0_var(--accent)]")} aria-current={line.isMarked ? "location" : undefined}>
          <span className="text-right text-ink-3 tabular-nums select-none">{line.number}</span>
          <span className={wrapping(wraps)} dir="ltr"><PlainText text={line.text} />{"\n"}</span>
        </div>
      ))}
    </div>
  );
}

function Message({ part, wraps }: { part: HttpMessage; wraps: boolean }) {
  return (
    <section aria-label={part.kind === "request" ? "Request" : "Response"} className="mt-2 first:mt-0">
      <h4 className="mb-0.5 font-sans text-2xs font-semibold text-ink-3">{part.kind === "request" ? "Request" : "Response"}</h4>
      <div className="font-medium break-all text-ink"><PlainText text={part.start} /></div>
      <dl>
        {part.headers.map(([name, value], index) => <div key={index} className="break-all"><dt className="inline text-ink-3"><PlainText text={name} />: </dt><dd className="inline"><PlainText text={value} /></dd></div>)}
      </dl>
      {part.body === "" ? null : <div className={clsx("mt-1.5 border-l-2 border-line-strong pl-2", wrapping(wraps))} dir="ltr"><PlainText text={part.body} /></div>}
    </section>
  );
}

function Http({ parts, wraps }: { parts: readonly HttpPart[]; wraps: boolean }) {
  return parts.map((part, index) => (part.kind === "text" ? <div key={index} className={wrapping(wraps)} dir="ltr"><PlainText text={part.body} /></div> : <Message key={index} part={part} wraps={wraps} />));
}

function folded(text: string): string {
  return linesOf(text).slice(0, FOLDED).join("\n").slice(0, FOLDED_LENGTH);
}

type Props = { text: string; location: string; href: string };

/** What the scanner saw, as text and never as markup: plain, as code with its lines, or as the HTTP messages that it holds. Long ones are folded. */
export function ObservationSection({ text, location, href }: Props) {
  const parts = useMemo(() => httpParts(text), [text]);
  const [view, setView] = useState<ObservationView>(() => firstView(text, location));
  const [wraps, setWraps] = useState(true);
  const [isWhole, setWhole] = useState(false);
  const short = folded(text);
  const isLong = short.length < text.length;
  const shown = isLong && !isWhole ? short : text;
  const shownParts = useMemo(() => (parts && shown !== text ? httpParts(shown) : parts), [parts, shown, text]);
  const views: readonly ObservationView[] = parts ? ["plain", "code", "http"] : ["plain", "code"];

  return (
    <Section
      title="Observation"
      aside={
        <span className="flex flex-wrap items-center justify-end gap-x-2.5">
          <span role="group" aria-label="Show as" className="flex gap-2">{views.map((each) => <Choice key={each} isOn={each === view} onClick={() => setView(each)}>{VIEW_LABELS[each]}</Choice>)}</span>
          <span aria-hidden className="h-3 w-px bg-line-strong" />
          <Choice isOn={wraps} onClick={() => setWraps(!wraps)}>Wrap</Choice>
          <CopyButton text={text} />
          <a href={href} download className="inline-flex items-center gap-0.5 hover:text-ink hover:underline" aria-label="Download the observation"><Download size={11} aria-hidden /> file</a>
        </span>
      }
    >
      <div tabIndex={0} role="group" aria-label={`Observation as ${VIEW_LABELS[view]}`} className={BLOCK}>
        {view === "code" ? <Code text={shown} location={location} wraps={wraps} /> : view === "http" && shownParts ? <Http parts={shownParts} wraps={wraps} /> : <pre className={wrapping(wraps)} dir="ltr"><PlainText text={shown} /></pre>}
      </div>
      {isLong ? <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)} className="mt-1 text-xs text-accent hover:underline">{isWhole ? "Fold" : `Show all: ${linesOf(text).length.toLocaleString("en")} lines, ${text.length.toLocaleString("en")} characters`}</button> : null}
    </Section>
  );
}
