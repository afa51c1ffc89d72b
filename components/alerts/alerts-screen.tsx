"use client";
import { Upload } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { createElement, useEffect, useMemo } from "react";
import { InModule } from "@/components/module/module-context";
import { ModuleSwitch } from "@/components/module/module-switch";
import { Page, PageHead } from "@/components/shell/page-head";
import { useTellQueueCount } from "@/components/shell/queue-count";
import { useLookAt } from "@/components/shell/use-look-at";
import { useAhead } from "@/components/ui/ahead";
import { buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { insist } from "@/components/ui/late";
import { can } from "@/lib/domain/access/can";
import { inModule, moduleOf } from "@/lib/domain/module/view";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { AlertsPage } from "@/lib/domain/views/alerts";
import type { DeskView, ViewActions } from "@/lib/domain/views/desk";
import { isDecided, type Command } from "./commands";
import { ExportMenu } from "./export-menu";
import { FilterBar } from "./filter-bar";
import { KpiStrip } from "./kpi-strip";
import { MarksProvider } from "./marks";
import { postedDecisions } from "./post-decisions";
import { Above, Foot } from "./queue-ends";
import { QueueTable } from "./queue-table";
import { QueueTabs } from "./queue-tabs";
import { refusedIn } from "./refused";
import { NewsBar, NewsProvider } from "./row-news";
import { useFacets } from "./use-facets";
import { useDesk, type DeskState } from "./use-desk";
import { useTabs } from "./use-tabs";
import { useViews, type Views } from "./use-views";
import { ViewBar, ViewTools } from "./view-bar";

const barsFile = () => import("./queue-bars").then((file) => file.QueueBars);
const QueueEmpty = dynamic(insist(() => import("./queue-empty").then((file) => file.QueueEmpty)));

const drawerFile = () => import("@/components/finding/finding-drawer").then((file) => file.FindingDrawer);
const FindingDrawer = dynamic(insist(drawerFile), { loading: () => <aside aria-busy className="border-l border-line bg-panel" /> });

/** Fetches the drawer's code once the queue stands, so that the first Enter paints at once. */
function useDrawerAhead() {
  useEffect(() => {
    const timer = setTimeout(() => void drawerFile().catch(() => null), 400);
    return () => clearTimeout(timer);
  }, []);
}

type Props = { page: AlertsPage; desk: DeskView; actions: FindingActions & ViewActions };

/** Keeping is offered where a flag is among what is chosen, amending where all that is ticked is decided. */
function besideOf({ selection, matching }: DeskState): Command[] {
  const { selected } = selection;
  if (matching.isOn) return ["keep"]; // of what is not loaded the preview says who is flagged
  return [...(selected.some(({ reReview }) => reReview !== null) ? (["keep"] as const) : []), ...(selected.every(isDecided) ? (["amend"] as const) : [])];
}

/** Over the foot of the list, out of its flow: it may arrive when it likes. */
function Bars({ desk, environment, mayDecide }: { desk: DeskState; environment: number; mayDecide: boolean }) {
  const { queue, selection, matching } = desk;
  const refused = refusedIn(queue.state, queue.rows);
  const ticked = selection.selected.length;
  const isMany = (ticked > 0 || matching.isOn) && mayDecide;
  const QueueBars = useAhead(barsFile, isMany || refused !== null);
  return QueueBars && createElement(QueueBars, {
    refused: { environment, refused, onForget: queue.forget, onShow: selection.goTo },
    bulk: isMany ? { environment, beside: besideOf(desk), count: ticked, loaded: queue.rows.length, hasMore: queue.state.nextCursor !== null, total: queue.state.total, matching, onAll: () => selection.toggle(queue.rows.map((row) => row.number), true), onCommand: desk.run, onClear: desk.ticks.clear } : null,
  });
}

function List({ page, desk, views, isGivenUp, load }: { page: AlertsPage; desk: DeskState; views: Views; isGivenUp: boolean; load: FindingActions["loadCompletions"] }) {
  const { queue, selection, filter, matching } = desk;
  const mayDecide = can(page.me.role, "finding.decide");
  const ticked = selection.selected.length;
  const router = useRouter();
  const facets = useFacets(page, queue.state.counts);
  return (
    <div className="@container relative flex min-h-0 min-w-0 flex-col">
      <FilterBar page={page} menus={facets} filter={filter.filter} total={queue.state.total} isGivenUp={isGivenUp} mistyped={views.desk.mistyped} before={<ViewBar page={page} views={views} filter={filter.filter} />} tools={<ViewTools views={views} />} load={load} onGo={filter.go} />
      <NewsBar news={queue.state.news} onShow={() => router.refresh()} />
      {filter.isWaiting ? null : <Above queue={queue} />}
      <QueueTable
        layout={views.layout} rows={queue.rows} troubles={queue.state.troubles} selection={selection} isAllChosen={matching.isOn} hasMore={queue.state.nextCursor !== null} hasAbove={queue.state.previousCursor !== null} offset={queue.state.offset} total={queue.state.total} mayDecide={mayDecide} isWaiting={filter.isWaiting}
        head={{ sort: filter.filter.sort, onSort: (sort) => filter.go({ ...filter.filter, sort }), ticked: matching.isOn ? "all" : ticked === 0 ? "none" : ticked === queue.rows.length ? "all" : "some", onTickAll: desk.ticks.tickAll }}
        empty={<QueueEmpty page={page} filter={filter.filter} onGo={filter.go} />} foot={<Foot queue={queue} />}
        onMore={() => { if (queue.state.more === "idle") void queue.loadMore(); }} onAbove={() => { if (queue.state.above === "idle") void queue.loadAbove(); }} onAct={desk.onAct}
      />
      <Bars desk={desk} environment={page.environment.number} mayDecide={mayDecide} />
    </div>
  );
}

function Drawer({ page, desk, actions }: { page: AlertsPage; desk: DeskState; actions: FindingActions }) {
  const { open, queue, details } = desk;
  if (open === null) return null;
  const at = queue.rows.findIndex((row) => row.number === open);
  const place = at >= 0 && queue.state.total !== null ? `${(queue.state.offset + at + 1).toLocaleString("en")} of ${queue.state.total.toLocaleString("en")}` : null;
  return <FindingDrawer key={open} number={open} row={queue.rows[at] ?? null} loaded={details.get(open)} place={place} page={page} load={actions.loadTimeline} doors={{ actions, carryOut: desk.carryOut, onSettled: () => details.ask(open, true) }} onCommand={(command, given = {}) => desk.run(command, given)} onRevert={(id) => queue.undoOn(open, id)} onClose={desk.close} onRetry={() => details.ask(open, true)} />;
}

/** What is heard of the drawer, which the focus does not follow, and of a row under the cursor that is about to go. One region that is always there: a new one would be drawn, not read. */
function Said({ desk: { open, queue, selection } }: { desk: DeskState }) {
  const at = selection.current?.number;
  const note = at === undefined ? undefined : queue.state.news.left.get(at);
  return <p role="status" className="sr-only">{open === null ? null : `F-${open} is open beside the list. `}{note ? `F-${at}: ${note}.` : null}</p>;
}

function Screen({ page, desk: seen, actions }: Props) {
  const views = useViews(page, seen, actions);
  const desk = useDesk(page, actions, views.view);
  useDrawerAhead();
  useLookAt(page.environment.number, desk.open);
  const { filter, queue } = desk;
  const environment = page.environment.number;
  useTellQueueCount(environment, queue.tabs.needs_review + queue.tabs.investigating);
  const shown = moduleOf(filter.filter);
  const { counts, guesses, total } = queue.state;
  const tabs = useTabs(page, { counts, tabs: queue.tabs, total, isQuiet: guesses.size === 0 && queue.line.underWay === 0 }, (found, under) => queue.dispatch({ type: "counted", page, counts: under, tabs: found }));
  return (
    <InModule name={shown}><Page>
      <PageHead title={<ModuleSwitch shown={shown} environment={environment} onGo={(next) => filter.go(inModule({ ...filter.filter, scan: null, change: null }, next))} />}>
        {can(page.me.role, "finding.export") ? <ExportMenu environment={environment} filter={filter.filter} total={queue.state.total} /> : null}
        {can(page.me.role, "scan.import") ? <Link href={`/e/${environment}/scans`} className={buttonClass()}><Upload size={13} aria-hidden /><span className="max-sm:sr-only">Import report</span></Link> : null}
      </PageHead>
      <KpiStrip environment={environment} counts={queue.state.counts} lastScan={page.lastScan} isWhole={tabs.isNarrowed || shown !== "alerts"} />
      <QueueTabs filter={filter.filter} tabs={tabs} chips={queue.state.counts.chips} isWhole={tabs.isNarrowed || shown !== "alerts"} onGo={filter.go} address={`/e/${environment}/alerts`} />
      <div className={desk.open === null ? "grid min-h-0 flex-1" : "relative grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(380px,430px)] max-xl:grid-cols-1"}>
        <NewsProvider news={queue.state.news} me={page.me.id}><List page={page} desk={desk} views={views} isGivenUp={tabs.isGivenUp} load={actions.loadCompletions} /></NewsProvider>
        <Drawer page={page} desk={desk} actions={actions} />
      </div>
      <Said desk={desk} />
      {desk.dialog}
      {desk.matching.dialog}
    </Page></InModule>
  );
}

/** The queue. Data in, deeds out: `page` is what was read, `actions` are the doors for what people do. */
export function AlertsScreen({ page, desk, actions }: Props) {
  const doors = useMemo(() => ({ ...actions, ...postedDecisions }), [actions]);
  return (
    <ClockProvider now={page.now}>
      <MarksProvider environment={page.environment.number} me={page.me} people={page.people} first={desk.bookmarks} doors={actions}><Screen page={page} desk={desk} actions={doors} /></MarksProvider>
    </ClockProvider>
  );
}
