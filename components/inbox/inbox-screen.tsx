"use client";
import clsx from "clsx";
import { Bell, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { useLive } from "@/components/shell/live";
import { Page, PageBody, PageHead } from "@/components/shell/page-head";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import { EmptyState } from "@/components/ui/states";
import { markRead } from "@/lib/actions/notices";
import type { InboxPage, NoticeView } from "@/lib/domain/views/notices";

type Marking = (which: { ids: readonly number[] } | { upTo: number }) => void;

function Notice({ environment, notice, onRead }: { environment: number; notice: NoticeView; onRead: Marking }) {
  const read = () => { if (!notice.isRead) onRead({ ids: [notice.id] }); };
  const title = <span className={clsx("break-words", notice.isRead ? "text-ink-2" : "font-medium text-ink")}>{notice.title}</span>;
  return (
    <li className="grid grid-cols-[10px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 border-b border-line py-2.5">
      <span aria-hidden className={clsx("mt-1.5 size-2 self-start rounded-full", notice.isRead ? "bg-transparent" : "bg-accent")} />
      <div className="min-w-0">
        {notice.isRead ? null : <span className="sr-only">Unread: </span>}
        {notice.path === null ? title : <Link href={`/e/${environment}/${notice.path}`} prefetch={false} onClick={read} className="hover:underline">{title}</Link>}
        {notice.body === "" ? null : <p className="mt-0.5 text-xs break-words whitespace-pre-line text-ink-2">{notice.body}</p>}
        <p className="mt-0.5 text-xs text-ink-3">You get this because {notice.why}.</p>
      </div>
      <div className="flex flex-col items-end gap-1 text-xs whitespace-nowrap text-ink-3">
        <Moment at={notice.at} />
        {notice.isRead ? null : <button type="button" onClick={read} className="min-h-6 text-accent hover:underline">Mark as read</button>}
      </div>
    </li>
  );
}

/** One's own messages here, newest first; each says why one gets it and leads to what it tells of. */
export function InboxScreen({ page }: { page: InboxPage }) {
  const environment = page.environment.number;
  const router = useRouter();
  const [isMarking, start] = useTransition();
  useLive("notices", () => router.refresh());
  const mark: Marking = (which) => start(async () => {
    const done = await markRead({ environment, ...which }).catch(() => null);
    if (!done) return announceSilence();
    if (!done.ok) return announceRefusal(done.refusal);
    router.refresh();
  });
  const newest = page.notices[0];
  return (
    <ClockProvider now={page.now}>
      <Page>
        <PageHead title="Inbox">
          <Link href={`/e/${environment}/settings#messages`} title="What you are told of" className="inline-flex h-7 items-center text-xs whitespace-nowrap text-ink-3 hover:text-ink hover:underline"><SlidersHorizontal size={14} aria-hidden className="sm:hidden" /><span className="max-sm:sr-only">What you are told of</span></Link>
          {page.unread > 0 && newest ? <Button loading={isMarking} onClick={() => mark({ upTo: newest.id })}>Mark all as read</Button> : null}
        </PageHead>
        <PageBody width="max-w-3xl">
          {page.notices.length > 0 ? <ul aria-label="Messages">{page.notices.map((notice) => <Notice key={notice.id} environment={environment} notice={notice} onRead={mark} />)}</ul>
            : <EmptyState icon={<Bell size={18} />} title="No message"><p>What concerns you stands here: findings and tickets that are yours and that others decide on, fixes that did not hold, acceptances that run out.</p></EmptyState>}
          {page.nextBefore ? <div className="mt-3"><Link href={`/e/${environment}/inbox?before=${page.nextBefore}`} className={buttonClass()}>Older messages</Link></div> : null}
        </PageBody>
      </Page>
    </ClockProvider>
  );
}
