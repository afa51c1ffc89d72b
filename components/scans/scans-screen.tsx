"use client";
import { ScanLine } from "lucide-react";
import Link from "next/link";
import { Page, PageBody, PageHead } from "@/components/shell/page-head";
import { buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { EmptyState } from "@/components/ui/states";
import { can } from "@/lib/domain/access/can";
import type { ScanActions, ScansPage } from "@/lib/domain/views/scans";
import { useScanNews } from "./follow-scan";
import { ImportPanel } from "./import-panel";
import { PolicyButton } from "./policy-button";
import { ScanList } from "./scan-list";

/** Scans of an environment: drop a report, watch it, and every scan so far with what it changed; what waits for somebody stands first. */
export function ScansScreen({ page, actions }: { page: ScansPage; actions: Pick<ScanActions, "cancelScan" | "saveMapping" | "changePolicy"> }) {
  const environment = page.environment.number;
  useScanNews();
  return (
    <ClockProvider now={page.now}>
      <Page>
        <PageHead title="Scans">{can(page.me.role, "policy.manage") ? <PolicyButton page={page} save={actions.changePolicy} /> : null}<Link href={`/e/${environment}/help#scans`} className="text-xs text-ink-3 hover:text-ink hover:underline">What a scan may change</Link></PageHead>
        <PageBody>
          {can(page.me.role, "scan.import") ? <ImportPanel page={page} actions={actions} /> : <p className="rounded-lg bg-sunk px-3 py-2.5 text-ink-2">Your role reads scans. Analysts and managers import them.</p>}
          <h2 className="mt-7 mb-1 font-semibold">All scans</h2>
          {page.scans.length > 0 ? <ScanList environment={environment} scans={page.scans} me={page.me} cancel={actions.cancelScan} /> : <EmptyState icon={<ScanLine size={18} />} title="No scan yet"><p>The first report that you import starts the queue.</p></EmptyState>}
          {page.nextCursor ? <div className="mt-3"><Link href={`/e/${environment}/scans?cursor=${encodeURIComponent(page.nextCursor)}`} className={buttonClass()}>Older scans</Link></div> : null}
        </PageBody>
      </Page>
    </ClockProvider>
  );
}
