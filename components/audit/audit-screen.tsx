"use client";
import { ScrollText } from "lucide-react";
import Link from "next/link";
import { Page, PageHead } from "@/components/shell/page-head";
import { buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { EmptyState } from "@/components/ui/states";
import type { AuditPage } from "@/lib/domain/views/audit";
import { AuditFilters, auditAddress } from "./audit-filters";
import { AUDIT_GRID, AuditRow } from "./audit-row";

/** The whole log of an environment, newest first. Nothing in it can be changed; everything in it can be opened. */
export function AuditScreen({ page }: { page: AuditPage }) {
  const environment = page.environment.number;
  return (
    <ClockProvider now={page.now}>
      <Page>
        <PageHead title="Audit log"><Link href={`/e/${environment}/help#audit`} className="text-xs text-ink-3 hover:text-ink hover:underline">What the log proves</Link></PageHead>
        <AuditFilters page={page} />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div aria-hidden className={`${AUDIT_GRID} h-[30px] border-b border-line bg-ground pt-[7px] text-2xs text-ink-3`}><span>No.</span><span>When</span><span className="max-lg:hidden">Who</span><span className="max-lg:hidden">Record</span><span>What</span></div>
          {page.entries.length > 0 ? <ol aria-label="Events">{page.entries.map((entry) => <AuditRow key={entry.sequence} entry={entry} environment={environment} />)}</ol> : (
            <EmptyState icon={<ScrollText size={18} />} title="No event matches" actions={<Link href={auditAddress({})} className={buttonClass()}>Show the whole log</Link>}><p>Widen the dates, or choose anyone and anything.</p></EmptyState>
          )}
          <nav aria-label="Pages" className="flex gap-2 px-[18px] py-4">
            {page.cursor ? <Link href={auditAddress(page.filter)} className={buttonClass("quiet")}>Newest</Link> : null}
            {page.nextCursor ? <Link href={auditAddress(page.filter, page.nextCursor)} className={buttonClass()}>Earlier events</Link> : null}
          </nav>
        </div>
      </Page>
    </ClockProvider>
  );
}
