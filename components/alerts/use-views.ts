"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ask } from "@/components/shell/ask";
import { tellMissing } from "@/components/ui/ahead";
import { toast } from "@/components/ui/toast";
import { isSameLayout, type Layout } from "@/lib/domain/desk/layout";
import type { AlertsPage, QueueFilter } from "@/lib/domain/views/alerts";
import type { DeskView, ViewActions, ViewRow } from "@/lib/domain/views/desk";
import { askedNumber, deskAddress } from "@/lib/domain/views/queue-address";

const deedsFile = () => import("./view-deeds").catch(() => { tellMissing(); return null; });

type Kept = { looked?: { view: number | null; address: string; changed: Layout | null }; layout?: Layout | null; pins?: readonly number[] };

/** Keeps it on the server, also while the page is left. Nothing waits for it, and nothing is lost but a convenience when it fails. */
function keep(environment: number, kept: Kept) {
  void ask(environment, "desk", kept, { keepalive: true });
}

/** Tells the server what is looked at, once for each thing; a look at one scan's findings is no place to come back to. */
function useSticky(page: AlertsPage, desk: DeskView, view: ViewRow | null, changed: Layout | null) {
  const environment = page.environment.number;
  const address = deskAddress(page.filter, null, view);
  const isDrill = page.filter.scan !== null;
  const isKept = desk.kept === address && desk.lost === null;
  const says = JSON.stringify(changed) === JSON.stringify(desk.changed);
  useEffect(() => {
    if (!isDrill && !(isKept && says)) keep(environment, { looked: { view: view?.id ?? null, address, changed } });
  }, [environment, address, isDrill, isKept, says, view?.id, changed]);
  useEffect(() => {
    if (location.search === "") window.history.replaceState(null, "", deskAddress(page.filter, page.open?.number ?? null, view));
  }, [page, view]);
  const { lost, isViewMissing } = desk;
  useEffect(() => {
    if (lost) toast({ tone: "plain", title: lost, description: "You begin where you were last. Another view can be made your default in its menu.", stays: 20_000 });
    if (isViewMissing) toast({ tone: "error", title: "That view is not here", description: "It was deleted, or its owner keeps it to themselves. This is the queue without it.", stays: 15_000 });
  }, [lost, isViewMissing]);
}

type Newer = { of: DeskView; views: readonly ViewRow[]; view: number | null; myDefault: number | null };

/** What was read of the views, or what became of them since somebody changed one here. Then they are read by themselves: the queue that is looked at stays as it is, with its rows and its place. */
function useNewestDesk(page: AlertsPage, read: DeskView) {
  const router = useRouter();
  const [newer, setNewer] = useState<Newer | null>(null);
  const desk: DeskView = newer?.of === read ? { ...read, ...newer } : read;

  /** Reads the views again, with this one open on what is shown. */
  async function renew(filter: QueueFilter, now: Partial<Pick<DeskView, "view" | "myDefault">>) {
    const found = (await (await deedsFile())?.viewsNow(page.environment.number)) ?? null;
    const views = found ?? [];
    const view = now.view === undefined ? desk.view : now.view;
    const opened = views.find(({ id }) => id === view) ?? null;
    const open = askedNumber(new URLSearchParams(location.search).get("open"));
    window.history.replaceState(null, "", opened || view === null ? deskAddress(filter, open, opened) : `?view=${view}`);
    if (found) setNewer({ of: read, views, view, myDefault: desk.myDefault, ...now });
    else router.refresh(); // without an answer all is read, and the place is lost
  }
  return { desk, renew };
}

/** Saved views of the screen: which is open, what differs from it, which columns stand, and how each of these changes. */
export function useViews(page: AlertsPage, read: DeskView, doors: ViewActions) {
  const router = useRouter();
  const environment = page.environment.number;
  const { desk, renew } = useNewestDesk(page, read);
  const view = desk.views.find(({ id }) => id === desk.view) ?? null;
  const [own, setOwn] = useState(desk.layout);
  const [over, setOver] = useState<{ view: number; layout: Layout } | null>(view && desk.changed ? { view: view.id, layout: desk.changed } : null);
  const [pins, setPins] = useState(desk.pins);
  const changed = view && over?.view === view.id && !isSameLayout(over.layout, view.layout) ? over.layout : null;
  const layout = view ? (changed ?? view.layout) : own;
  useSticky(page, desk, view, changed);

  function setLayout(next: Layout) {
    if (view) return setOver({ view: view.id, layout: next });
    setOwn(next);
    keep(environment, { layout: next });
  }
  function pin(id: number) {
    const next = pins.includes(id) ? pins.filter((each) => each !== id) : [...pins, id].slice(-12);
    setPins(next);
    keep(environment, { pins: next });
    window.dispatchEvent(new CustomEvent("docket:pins"));
  }
  const go = (address: string) => router.push(address, { scroll: false });
  const open = (id: number) => { setOver(null); go(`?view=${id}`); };

  /** Overwrites the open view with what is shown. */
  async function save(filter: QueueFilter) {
    if (view && (await (await deedsFile())?.saveView(environment, doors, view, filter, layout))) await renew(filter, {});
  }
  async function makeDefault(filter: QueueFilter, id: number | null, everybody: boolean) {
    const begun = desk.views.find((each) => each.id === id) ?? null;
    if (await (await deedsFile())?.setDefault(environment, doors, begun, everybody)) await renew(filter, everybody ? {} : { myDefault: id });
  }
  return { desk, view, layout, pins, isLayoutChanged: changed !== null, setLayout, pin, go, open, save, makeDefault, doors, renew };
}

export type Views = ReturnType<typeof useViews>;
