"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCommandKeys } from "@/components/shell/command-registry";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { Page, PageBody, PageHead } from "@/components/shell/page-head";
import { lateDialog } from "@/components/shell/late-dialog";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { CodeWords } from "@/components/ui/code-words";
import { pressNewest } from "@/components/ui/toast";
import { can } from "@/lib/domain/access/can";
import type { CarryActions } from "@/lib/domain/views/actions";
import type { SuggestionActions } from "@/lib/domain/views/suggestion";
import type { ScanActions, ScanDetail, ScanPage } from "@/lib/domain/views/scans";
import { CarryList } from "./carry-list";
import { faultPlace, useScanNews } from "./follow-scan";
import { newOnes } from "./import-progress";
import { Attempts, Held, InWords, Moved, Notes } from "./preview-notes";
import { PreviewRows } from "./preview-rows";
import { focusCount, PreviewStrip } from "./preview-strip";
import { ScanCounts } from "./scan-counts";
import { ScanLooks } from "./scan-looks";
import { ScanProgress } from "./scan-progress";
import { ScanRecord } from "./scan-record";
import { RUNNING } from "./scan-words";
import { StatusBadge } from "./status-badge";
import { SuggestionList } from "./suggestion-list";
import { TriedList } from "./tried-list";
import { useScanDeeds } from "./use-scan-deeds";

const ReleaseDialog = lateDialog(() => import("./release-dialog").then((file) => file.ReleaseDialog));

function Fault({ environment, scan }: { environment: number; scan: ScanDetail }) {
  if (!scan.error) return null;
  return (
    <div className="mb-4 rounded-lg bg-danger-soft px-3 py-2.5 text-danger">
      <b className="font-medium"><CodeWords text={scan.error.message} /></b>{faultPlace(scan.error) ? <span className="font-mono text-xs"> ({faultPlace(scan.error)})</span> : null}
      <p className="text-ink-2">The file was refused whole: no finding was stored, and none became “not detected”. {scan.error.next} <Link href={`/e/${environment}/scans`} className="underline hover:text-ink">Import a report</Link></p>
      <TriedList tried={scan.error.tried} isOpen />
    </div>
  );
}

/** The counts with their rows, and what stands around them; scans of older versions have but counts. */
function Told({ page, actions }: { page: ScanPage; actions: ScanActions }) {
  const { scan, preview, rows } = page;
  const environment = page.environment.number;
  if (!preview) return scan.status === "completed" ? <ScanCounts environment={environment} scan={scan.number} counts={scan.counts} /> : null;
  return (
    <>
      {preview.isNewest && preview.moved && !preview.isApplied ? <Moved environment={environment} moved={preview.moved} /> : null}
      {preview.isNewest ? <Held environment={environment} preview={preview} /> : null}
      <Attempts environment={environment} preview={preview} />
      {preview.isNewest ? <InWords environment={environment} preview={preview} /> : <p className="mb-3 text-ink-2">An earlier preview: it can be read, and no longer be applied.</p>}
      <Notes preview={preview} />
      {preview.counts.observed === 0 && preview.counts.statements > 0 ? null : <PreviewStrip environment={environment} preview={preview} open={rows?.kind ?? null} />}
      {rows ? <PreviewRows key={`${preview.attempt} ${rows.kind}`} environment={environment} preview={preview} kind={rows.kind} first={rows.first} load={actions.loadScanRows} /> : null}
    </>
  );
}

/** What may be done with it now, in its order of weight. */
function Deeds({ page, deeds, onRelease }: { page: ScanPage; deeds: ReturnType<typeof useScanDeeds>; onRelease: () => void }) {
  const { scan, preview } = page;
  const hint = useKeyHints()("scan.apply");
  if (scan.status === "completed") return scan.counts.new > 0 ? <Link href={newOnes(page.environment.number, scan.number)} className={buttonClass("primary")}>Triage new ones</Link> : null;
  if (!preview?.isNewest || RUNNING.includes(scan.status)) return null;
  return (
    <>
      {preview.may.cancel ? <Button loading={deeds.busy === "discard"} onClick={deeds.discard}>Discard</Button> : null}
      {preview.may.release ? <Button look="primary" aria-keyshortcuts={hint?.aria} onClick={onRelease}>Release… <KeyCaps of="scan.apply" inverse /></Button> : null}
      {preview.may.apply && !preview.may.release ? <Button look="primary" aria-keyshortcuts={hint?.aria} loading={deeds.busy === "apply"} onClick={deeds.apply}>Apply <KeyCaps of="scan.apply" inverse /></Button> : null}
    </>
  );
}

type Props = { page: ScanPage; actions: ScanActions & CarryActions & SuggestionActions };

function Screen({ page, actions }: Props) {
  const router = useRouter();
  const { scan, preview, carries, suggestions } = page;
  const environment = page.environment.number;
  useScanNews(scan.number);
  const deeds = useScanDeeds(environment, preview, actions);
  const [isReleasing, setReleasing] = useState(false);
  const act = () => (preview?.may.release && preview.isNewest ? setReleasing(true) : deeds.apply());
  useCommandKeys({ "scan.apply": act, "move.next": () => focusCount(1), "move.previous": () => focusCount(-1), "action.undo": pressNewest, back: () => router.push(`/e/${environment}/scans`) });

  return (
    <Page>
      <PageHead title={`Scan ${scan.number}`} middle={<span className="flex-1"><StatusBadge status={scan.status} /></span>}><Deeds page={page} deeds={deeds} onRelease={() => setReleasing(true)} /></PageHead>
      <PageBody>
        <Link href={`/e/${environment}/scans`} className="mb-4 inline-flex items-center gap-1 text-xs text-ink-3 hover:text-ink"><ArrowLeft size={12} aria-hidden /> Scans</Link>
        <h2 className="mb-3 text-lg font-semibold tracking-tight break-all">{scan.fileName ?? "Report"}</h2>
        <Fault environment={environment} scan={scan} />
        {RUNNING.includes(scan.status) ? <div className="mb-5 rounded-xl border border-line-strong bg-ground px-5 py-4"><ScanProgress environment={environment} scan={scan.number} status={scan.status} mayCancel={can(page.me.role, "scan.import")} cancel={actions.cancelScan} /></div> : null}
        <Told page={page} actions={actions} />
        {carries ? <CarryList environment={environment} page={carries} mayDecide={can(page.me.role, "finding.decide")} actions={actions} /> : null}
        {suggestions ? <SuggestionList environment={environment} page={suggestions} mayDecide={can(page.me.role, "finding.decide")} actions={actions} /> : null}
        {preview ? <ScanLooks environment={environment} preview={preview} /> : null}
        <section aria-label="Record" className="mt-7"><h2 className="mb-1.5 font-semibold">Record</h2><ScanRecord scan={scan} preview={preview} /></section>
      </PageBody>
      {isReleasing && preview ? <ReleaseDialog preview={preview} onRelease={deeds.release} onClose={() => setReleasing(false)} /> : null}
    </Page>
  );
}

/** One scan: what it will do or did, what it looked at, why it was refused or is held, and what may be done with it. */
export function ScanScreen({ page, actions }: Props) {
  return <ClockProvider now={page.now}><Screen page={page} actions={actions} /></ClockProvider>;
}
