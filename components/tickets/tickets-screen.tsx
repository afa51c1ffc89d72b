"use client";
import { SearchX, Ticket } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCommandKeys, type Handlers } from "@/components/shell/command-registry";
import { useKeyHints } from "@/components/shell/keyboard";
import { Page, PageHead } from "@/components/shell/page-head";
import { lateDialog } from "@/components/shell/late-dialog";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { SearchField } from "@/components/ui/search-field";
import { RowsFoot } from "@/components/ui/rows-foot";
import { EmptyState } from "@/components/ui/states";
import { can } from "@/lib/domain/access/can";
import type { TicketListActions } from "@/lib/domain/views/ticket-actions";
import type { TicketRow, TicketsPage } from "@/lib/domain/views/tickets";
import { narrowings, TicketFilters, TicketTabs, withoutAll } from "./ticket-filters";
import { TicketList, useTicketSelection } from "./ticket-list";
import { TicketsBar } from "./tickets-bar";
import { useTicketFilter, useTicketNews, useTicketRows } from "./use-tickets";

const CloseTicketDialog = lateDialog(() => import("./close-dialog").then((file) => file.CloseTicketDialog));
const ReopenTicketDialog = lateDialog(() => import("./reopen-dialog").then((file) => file.ReopenTicketDialog));

const SEARCH_ID = "ticket-search";

type Open = { dialog: "close" | "reopen"; tickets: readonly TicketRow[] } | null;

/** Everything that the screen knows and does. */
function useTicketDesk(page: TicketsPage, actions: TicketListActions) {
  const router = useRouter();
  const environment = page.environment.number;
  const mayWrite = can(page.me.role, "ticket.write");
  const list = useTicketRows(page, actions.loadTickets);
  const filter = useTicketFilter(page.filter);
  const selection = useTicketSelection(list.rows, mayWrite);
  const [open, setOpen] = useState<Open>(null);
  const news = useTicketNews(page, list.isLong);
  const ticked = list.rows.filter(({ number }) => selection.ticked.has(number));

  /** On what is ticked, else on the one under the cursor; nothing where none can become that. */
  function begin(dialog: "close" | "reopen") {
    const tickets = ticked.length > 0 ? ticked : selection.current ? [selection.current] : [];
    if (mayWrite && tickets.some(({ state }) => state === (dialog === "close" ? "open" : "closed"))) setOpen({ dialog, tickets });
  }
  function done() {
    setOpen(null);
    selection.clear();
    router.refresh();
  }
  const show = ({ number }: TicketRow) => router.push(`/e/${environment}/tickets/${number}`);
  const go = (next: typeof page.filter) => {
    selection.clear();
    filter.go(next);
  };
  return { environment, mayWrite, list, filter: { ...filter, go }, selection, ticked, open, setOpen, begin, done, show, news };
}

type Desk = ReturnType<typeof useTicketDesk>;

function keysOf({ selection, list, begin, mayWrite, show }: Desk): Handlers {
  const down = () => {
    selection.moveTo(selection.index + 1);
    if (selection.index >= list.rows.length - 5) list.loadMore();
  };
  return {
    "move.next": down, "move.previous": () => void selection.moveTo(selection.index - 1), "select.down": () => selection.extend(1), "select.up": () => selection.extend(-1),
    "select.toggle": () => { if (selection.current) selection.toggle([selection.current.number]); },
    "open.beside": () => { if (selection.current) show(selection.current); }, back: selection.clear, "filter.focus": () => document.getElementById(SEARCH_ID)?.focus(),
    ...(mayWrite ? { "ticket.close": () => begin("close"), "ticket.reopen": () => begin("reopen") } : {}),
  };
}

const NONE_IN = {
  open: "No ticket is open. What was reopened has a tab of its own.", reopened: "No ticket was opened again.", done_there: "Nothing is done in a tracker and still open here.",
  attention: "Nothing waits for a look: no failed sending, no drift, no proposal to reopen.", closed: "No ticket is closed.", all: "",
} as const satisfies Record<TicketsPage["filter"]["tab"], string>;

function Empty({ page, desk }: { page: TicketsPage; desk: Desk }) {
  const alerts = <Link href={`/e/${desk.environment}/alerts`} className={buttonClass("primary")}>Go to the alerts</Link>;
  if (narrowings(page.filter) > 0) {
    return <EmptyState icon={<SearchX size={18} />} title="No ticket matches" actions={<Button onClick={() => desk.filter.go(withoutAll(page.filter))}>Clear the filter</Button>}><p>Nothing in this tab fits the filter.</p></EmptyState>;
  }
  if (page.counts.all > 0) {
    return <EmptyState icon={<Ticket size={18} />} title="Nothing here" actions={<Button onClick={() => desk.filter.go({ ...page.filter, tab: "all" })}>Show all {page.counts.all.toLocaleString("en")}</Button>}><p>{NONE_IN[page.filter.tab]}</p></EmptyState>;
  }
  return (
    <EmptyState icon={<Ticket size={18} />} title="No ticket yet" actions={alerts}>
      <p>A ticket tracks the work on findings. {desk.mayWrite ? "Select findings in the queue and press “Ticket…”: one for all of them, or one for each rule or component." : "Analysts and managers make them from the findings in the queue."}</p>
    </EmptyState>
  );
}

function Screen({ page, actions }: { page: TicketsPage; actions: TicketListActions }) {
  const desk = useTicketDesk(page, actions);
  useCommandKeys(keysOf(desk));
  const shortcut = useKeyHints()("filter.focus");
  const { environment, mayWrite, list, filter, selection, ticked, open, news } = desk;
  const dialog = open ? { environment, tickets: open.tickets, now: page.now, actions, onDone: desk.done, onClose: () => desk.setOpen(null) } : null;
  return (
    <Page>
      <PageHead title="Tickets" middle={<SearchField id={SEARCH_ID} label="Search tickets" hint="Search title, number, key…" maxLength={300} text={filter.filter.search} shortcut={shortcut} onSearch={(search) => filter.go({ ...filter.filter, search })} onSubmitted={() => document.getElementById("queue")?.focus()} />}>
        {can(page.me.role, "connector.read") ? <Link href={`/e/${desk.environment}/settings/deliveries`} prefetch={false} className="text-xs text-ink-3 hover:text-ink hover:underline">Deliveries</Link> : null}
      </PageHead>
      <TicketTabs page={page} filter={filter.filter} onGo={filter.go} />
      <TicketFilters page={page} filter={filter.filter} onGo={filter.go} />
      <div role="status" className={news.hasNews ? "flex items-center gap-2 border-b border-line bg-accent-soft px-[18px] py-1 text-xs text-ink" : "sr-only"}>{news.hasNews ? <>Tickets have changed <Button size="xs" onClick={news.show}>Show</Button></> : null}</div>
      <div className="@container relative flex min-h-0 flex-1 flex-col">
        <TicketList rows={list.rows} total={page.total} selection={selection} mayWrite={mayWrite} isWaiting={filter.isWaiting} empty={<Empty page={page} desk={desk} />} foot={<RowsFoot state={list.state} hasMore={list.hasMore} loadMore={list.loadMore} />} onOpen={desk.show} />
        {ticked.length > 0 ? <TicketsBar count={ticked.length} open={ticked.filter(({ state }) => state === "open").length} closed={ticked.filter(({ state }) => state === "closed").length} onClose={() => desk.begin("close")} onReopen={() => desk.begin("reopen")} onClear={selection.clear} /> : null}
      </div>
      {dialog && open?.dialog === "close" ? <CloseTicketDialog {...dialog} /> : null}
      {dialog && open?.dialog === "reopen" ? <ReopenTicketDialog {...dialog} /> : null}
    </Page>
  );
}

/** The tickets. Data in, deeds out: `page` is what was read, `actions` are the doors for what people do. */
export function TicketsScreen({ page, actions }: { page: TicketsPage; actions: TicketListActions }) {
  return <ClockProvider now={page.now}><Screen page={page} actions={actions} /></ClockProvider>;
}
