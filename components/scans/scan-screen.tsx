"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { Fact, Facts } from "@/components/finding/section";
import { Page, PageBody, PageHead } from "@/components/shell/page-head";
import { Badge } from "@/components/ui/badge";
import { ClockProvider } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import type { ScanDetail, ScanPage } from "@/lib/domain/views/scans";
import { ScanCounts } from "./scan-counts";
import { size, STATUS_WORDS } from "./scan-words";
import { faultPlace } from "./upload-report";

function Fault({ scan }: { scan: ScanDetail }) {
  if (!scan.error) return null;
  return (
    <div className="mb-4 rounded-lg bg-danger-soft px-3 py-2.5 text-danger">
      <b className="font-medium">{scan.error.message}</b>{faultPlace(scan.error) ? <span className="font-mono text-xs"> ({faultPlace(scan.error)})</span> : null}
      <p className="text-ink-2">The file was refused whole: no finding was stored, none was closed.</p>
    </div>
  );
}

function Record({ scan }: { scan: ScanDetail }) {
  return (
    <Facts>
      <Fact name="Format">{scan.format ?? "not recognised"}</Fact>
      <Fact name="Taken">{scan.takenAt ? <Moment at={scan.takenAt} look="minute" /> : "—"}</Fact>
      <Fact name="Imported">{scan.startedAt ? <Moment at={scan.startedAt} look="minute" /> : "—"} by {scan.by}</Fact>
      {scan.parts.map((part, index) => <Fact key={index} name={index === 0 ? "Covers" : ""}>{part.detector}: {part.assetCount.toLocaleString("en")} {part.assetCount === 1 ? "asset" : "assets"}, {part.scope}{part.failed ? "; the report says the run failed, so it covers nothing" : ""}</Fact>)}
      {scan.bytes ? <Fact name="Size">{size(scan.bytes)}</Fact> : null}
      {scan.sha256 ? <Fact name="SHA-256"><code className="font-mono text-2xs break-all">{scan.sha256}</code></Fact> : null}
    </Facts>
  );
}

/** One scan: what it covered, what it changed, and what it could not read. */
export function ScanScreen({ page }: { page: ScanPage }) {
  const { scan } = page;
  const environment = page.environment.number;
  return (
    <ClockProvider now={page.now}>
      <Page>
        <PageHead title={`Scan ${scan.number}`}><Badge tone={STATUS_WORDS[scan.status].tone}>{STATUS_WORDS[scan.status].label}</Badge></PageHead>
        <PageBody width="max-w-3xl">
          <Link href={`/e/${environment}/scans`} className="mb-4 inline-flex items-center gap-1 text-xs text-ink-3 hover:text-ink"><ArrowLeft size={12} aria-hidden /> Scans</Link>
          <h2 className="mb-3 text-lg font-semibold tracking-tight break-all">{scan.fileName ?? "Report"}</h2>
          <Fault scan={scan} />
          {scan.status === "completed" ? <div className="mb-5"><ScanCounts environment={environment} scan={scan.number} counts={scan.counts} /></div> : null}
          <Record scan={scan} />
          {scan.rejected.length > 0 ? (
            <section className="mt-6">
              <h3 className="mb-1 font-semibold">Left out, and why</h3>
              <ul className="text-ink-2">{scan.rejected.slice(0, 200).map((each, index) => <li key={index} className="border-b border-line py-1.5"><span className="font-mono text-xs text-ink-3">{each.where}</span> {each.why}</li>)}</ul>
            </section>
          ) : null}
        </PageBody>
      </Page>
    </ClockProvider>
  );
}
