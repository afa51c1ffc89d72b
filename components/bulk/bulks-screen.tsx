"use client";
import { Layers } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { announceRefusal, announceSilence, findings } from "@/components/alerts/outcome-toast";
import { Page, PageHead } from "@/components/shell/page-head";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import { EmptyState } from "@/components/ui/states";
import { undoBulk } from "@/lib/actions/bulks";
import type { BulkRecord } from "@/lib/domain/records/bulk";
import type { BulksPage } from "@/lib/domain/views/bulk";
import { BulkGroups } from "./bulk-groups";
import { tellBulks } from "./bulk-news";
import { deedOf, STATUS_WORDS } from "./bulk-words";
import { announceTakenBack } from "./take-back-bulk";

function Undo({ environment, bulk }: { environment: number; bulk: BulkRecord }) {
  const router = useRouter();
  if (bulk.undone_by !== null) return <span className="text-xs text-ink-3">taken back by bulk action {bulk.undone_by}</span>;
  if (bulk.undo_until === null) return null;
  async function undo() {
    const answer = await undoBulk({ environment, bulk: bulk.id }).catch(() => null);
    if (!answer) return announceSilence();
    if (!answer.ok) return announceRefusal(answer.refusal);
    announceTakenBack(environment, bulk.id, answer.value, router.push);
    tellBulks();
    router.refresh();
  }
  return <Button size="xs" onClick={() => void undo()}>Undo</Button>;
}

function Details({ environment, bulk }: { environment: number; bulk: BulkRecord }) {
  const base = `/api/e/${environment}/bulk/${bulk.id}/result`;
  return (
    <div className="mt-2">
      {bulk.error ? <p className="mb-2 text-danger">{bulk.error}</p> : null}
      {bulk.groups.length > 0 ? <BulkGroups key={`${bulk.id} ${bulk.done}`} record={bulk} environment={environment} /> : null}
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        <a href={base} download className={buttonClass("plain", "xs")}>Download CSV</a>
        <a href={`${base}?format=jsonl`} download className={buttonClass("plain", "xs")}>Download JSON Lines</a>
        <Undo environment={environment} bulk={bulk} />
      </div>
    </div>
  );
}

function Row({ environment, bulk, open }: { environment: number; bulk: BulkRecord; open: BulkRecord | null }) {
  const isOpen = open?.id === bulk.id;
  return (
    <li className="border-b border-line px-5 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-ink-3 tabular-nums">{bulk.id}</span>
        <Link href={`/e/${environment}/bulk${isOpen ? "" : `?id=${bulk.id}`}`} aria-expanded={isOpen} scroll={false} className="font-medium hover:underline">{deedOf(bulk)}</Link>
        <span>{STATUS_WORDS[bulk.status]}</span>
        <span className="text-ink-2 tabular-nums">{findings(bulk.changed)} changed of {bulk.total.toLocaleString("en")}{bulk.skipped_count > 0 ? `, ${bulk.skipped_count.toLocaleString("en")} skipped` : ""}</span>
        <span className="ml-auto text-ink-3">{bulk.actor.name}, <Moment at={bulk.created_at} /></span>
      </div>
      {isOpen && open ? <Details environment={environment} bulk={open} /> : null}
    </li>
  );
}

/** What was done to many findings at once, by whom, and what came of each. */
export function BulksScreen({ environment, page }: { environment: number; page: BulksPage }) {
  return (
    <ClockProvider now={page.now}>
    <Page>
      <PageHead title="Bulk actions" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {page.items.length === 0 ? <EmptyState title="Nothing was changed in bulk yet" icon={<Layers size={18} />}>Tick findings in the queue, or choose all that match, and change them together.</EmptyState> : null}
        <ul>{page.items.map((bulk) => <Row key={bulk.id} environment={environment} bulk={bulk} open={page.open} />)}</ul>
        {page.next_cursor ? <p className="px-5 py-3"><Link href={`/e/${environment}/bulk?cursor=${page.next_cursor}`} className={buttonClass()}>Older ones</Link></p> : null}
      </div>
    </Page>
    </ClockProvider>
  );
}
