"use client";
import Link from "next/link";
import { useState, type ReactNode } from "react";
import { ChangeLink } from "@/components/scans/change-link";
import { focusPart } from "@/components/ui/focus-part";
import { Moment } from "@/components/ui/moment";
import type { AssetEvent, AssetLook, AssetPage } from "@/lib/domain/views/assets";
import { LiveLine } from "./live-counts";

/** A part of the asset's page under its head. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-7">
      <div className="mb-1.5 flex items-baseline justify-between gap-3"><h2 className="font-semibold">{title}</h2>{aside ? <div className="text-xs text-ink-3">{aside}</div> : null}</div>
      {children}
    </section>
  );
}

const headClass = "border-b border-line text-2xs text-ink-3 [&>th]:h-[30px] [&>th]:pr-3 [&>th]:font-normal";
const rowClass = "border-b border-line hover:bg-hover [&>td]:py-1.5 [&>td]:pr-3";

export function Detectors({ page }: { page: AssetPage }) {
  const environment = page.environment.number;
  if (page.scopes.length === 0) return <p className="text-ink-2">No scan has looked at it yet. The next report that names it shows here.</p>;
  return (
    <table className="w-full border-collapse text-left">
      <thead><tr className={headClass}><th>Detector</th><th className="w-40">Last full scan</th><th className="w-40">Last look</th><th>Live findings</th></tr></thead>
      <tbody>
        {page.scopes.map((scope) => (
          <tr key={scope.detector} className={rowClass}>
            <td>{scope.detector}</td>
            <td className="text-ink-2">{scope.lastScanned ? <Moment at={scope.lastScanned} /> : "partial scans only"}</td>
            <td className="text-ink-2">{scope.lookedAt ? <Moment at={scope.lookedAt} /> : "none that did not fail"}</td>
            <td><LiveLine environment={environment} asset={page.asset.name} live={scope.live} detector={scope.detector} /></td>
          </tr>
        ))}
        {page.scopesAll > page.scopes.length ? <tr className={rowClass}><td colSpan={4} className="text-ink-3">and {(page.scopesAll - page.scopes.length).toLocaleString("en")} more detectors</td></tr> : null}
      </tbody>
    </table>
  );
}

const COVERAGE_WORDS = {
  full: { label: "full", means: "It covers this asset: what it does not see becomes not detected." },
  partial: { label: "partial", means: "It looked at a part: it refreshed what it saw." },
  nothing: { label: "none", means: "It covers nothing here: the run failed, or the asset was not in its scope." },
} as const satisfies Record<AssetLook["coverage"], { label: string; means: string }>;

const CHANGES = [{ key: "appeared", change: "new" }, { key: "refound", change: "refound" }, { key: "vanished", change: "unseen" }] as const;

/** Each look with what it changed; the same numbers as the chart, in words. */
export function Looks({ page }: { page: AssetPage }) {
  const number = "text-right tabular-nums";
  return (
    <div className="max-h-[420px] overflow-auto" tabIndex={0} role="group" aria-label="Looks of scans at this asset">
      <table className="w-full border-collapse text-left">
        <thead className="sticky top-0 bg-panel"><tr className={headClass}><th className="w-16">Scan</th><th>Detector</th><th className="w-24 max-sm:hidden">Coverage</th><th className={`w-20 max-sm:w-12 ${number}`}>Detected</th><th className={`w-14 ${number}`}>New</th><th className={`w-20 max-sm:hidden ${number}`}>Re-found</th><th className={`w-14 ${number}`}>Gone</th><th className="w-28 text-right max-sm:w-16">Taken</th></tr></thead>
        <tbody>
          {page.looks.map((look) => (
            <tr key={`${look.scan} ${look.scope}`} className={rowClass}>
              <td><Link prefetch={false} href={`/e/${page.environment.number}/scans/${look.scan}`} className="font-medium text-accent hover:underline" title={look.file ?? undefined}>{look.scan}</Link></td>
              <td className="text-ink-2">{look.detector}</td>
              <td className="text-ink-2 max-sm:hidden" title={look.isHistory ? "Taken before a newer one had been imported: it fills history." : COVERAGE_WORDS[look.coverage].means}>{look.isHistory ? "history" : COVERAGE_WORDS[look.coverage].label}</td>
              <td className={number}>{look.isHistory ? "—" : look.live.toLocaleString("en")}</td>
              {CHANGES.map(({ key, change }) => <td key={key} className={`${number} ${key === "refound" ? "max-sm:hidden" : ""}`}><ChangeLink environment={page.environment.number} scan={look.scan} change={change} asset={page.asset.name} detector={look.detector} count={look[key]} /></td>)}
              <td className="pr-0! text-right text-ink-2"><Moment at={look.takenAt} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TakeBack({ actionId, onRevert }: { actionId: string; onRevert: (actionId: string) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  async function once() {
    if (busy) return;
    setBusy(true);
    await onRevert(actionId);
    setBusy(false);
    focusPart("history"); // the pressed button goes
  }
  return <button type="button" aria-disabled={busy} title="On this asset alone" onClick={() => void once()} className="mt-0.5 text-xs text-accent hover:underline">Take back</button>;
}

/** What people said about the asset, newest first; the newest may be taken back. */
export function History({ events, firstSeen, onRevert }: { events: readonly AssetEvent[]; firstSeen: string; onRevert: (actionId: string) => Promise<void> }) {
  return (
    <ol id="history" tabIndex={-1} className="focus:outline-none">
      {events.map((event) => (
        <li key={event.sequence} className="flex gap-3 border-b border-line py-1.5">
          <div className="min-w-0 flex-1">
            <b className="font-medium">{event.by}</b> <span className="text-ink-3">· {event.label}</span>
            {event.changes.map((change) => <span key={change.field} className="block text-ink-2">{change.field}: {change.before ?? "none"} <span aria-hidden>→</span><span className="sr-only">to</span> {change.after ?? "none"}</span>)}
            {event.note ? <span className="block whitespace-pre-line text-ink-2">“{event.note}”</span> : null}
            {event.revocable === null ? null : <TakeBack actionId={event.revocable} onRevert={onRevert} />}
          </div>
          <span className="shrink-0 text-xs text-ink-3"><Moment at={event.at} /></span>
        </li>
      ))}
      <li className="flex gap-3 py-1.5 text-ink-3"><span className="flex-1">Known to Docket</span><span className="text-xs"><Moment at={firstSeen} /></span></li>
    </ol>
  );
}
