"use client";
import { Bookmark, ChevronDown, Columns3, Star } from "lucide-react";
import { useState } from "react";
import { handlerOf, useCommandKeys } from "@/components/shell/command-registry";
import { useKeyHints } from "@/components/shell/keyboard";
import { lateDialog } from "@/components/shell/late-dialog";
import { late } from "@/components/ui/late";
import { Popover } from "@/components/ui/popover";
import type { AlertsPage, QueueFilter } from "@/lib/domain/views/alerts";
import type { Views } from "./use-views";
import { builtInName, isChanged, type ViewAsk } from "./view-words";

const ViewList = late(() => import("./view-list").then((file) => file.ViewList));
const ColumnsPanel = late(() => import("./columns-panel").then((file) => file.ColumnsPanel));
const ViewDialog = lateDialog(() => import("./view-dialog").then((file) => file.ViewDialog));

const VIEWS = "open-view";
const COLUMNS = "open-columns";
export const SORT = "open-sort";

export const buttonClass = "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-[5px] px-[7px] text-xs whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink";

type Props = { page: AlertsPage; views: Views; filter: QueueFilter };

function Changed({ views, filter, onAsk }: Props & { onAsk: (ask: ViewAsk) => void }) {
  const { view } = views;
  if (!view || !isChanged(views, filter)) return null;
  return (
    <span role="group" data-changed aria-label="The view was changed" className="inline-flex shrink-0 items-center">
      <span className="px-1 text-xs text-medium">changed</span>
      {view.mayChange ? <button type="button" onClick={() => void views.save(filter)} className={buttonClass}>Save</button> : null}
      <button type="button" onClick={() => onAsk("new")} className={`${buttonClass} @max-5xl:hidden`}>Save as…</button>
      <button type="button" onClick={() => views.open(view.id)} className={`${buttonClass} @max-5xl:hidden`}>Revert</button>
    </span>
  );
}

/** Which view is open, and the way to another; what differs from it, and the dialog that saves. */
export function ViewBar(props: Props) {
  const { page, views, filter } = props;
  const [ask, setAsk] = useState<ViewAsk | null>(null);
  const hintOf = useKeyHints();
  const press = (id: string) => () => document.getElementById(id)?.click();
  useCommandKeys({
    "view.save": () => setAsk(views.view?.mayChange && isChanged(views, filter) ? "change" : "new"),
    "view.open": press(VIEWS), "view.columns": press(COLUMNS), "view.sort": press(SORT),
  });
  const name = views.view?.name ?? builtInName(filter) ?? "Views";
  const title = views.view?.description || `Open a view${hintOf("view.open") ? ` (${hintOf("view.open")?.text})` : ""}`;
  return (
    <div className="flex min-w-0 items-center">
      <Popover label="Views" width={330} trigger={(wires) => (
        <button {...wires} id={VIEWS} type="button" title={title} aria-keyshortcuts={hintOf("view.open")?.aria} className={`${buttonClass} max-w-52 min-w-16 shrink! border border-line font-medium text-ink`}>
          <Bookmark size={11} aria-hidden className="shrink-0" /><span className="min-w-0 truncate">{name}</span><ChevronDown size={11} aria-hidden className="shrink-0" />
        </button>
      )}>
        {(id) => <ViewList popover={id} views={views} filter={filter} role={page.me.role} onAsk={setAsk} />}
      </Popover>
      <Changed {...props} onAsk={setAsk} />
      {ask ? <ViewDialog ask={ask} page={page} views={views} filter={filter} onClose={() => setAsk(null)} /> : null}
    </div>
  );
}

/** Saving and columns, beside the order. */
export function ViewTools({ views }: { views: Views }) {
  const hintOf = useKeyHints();
  const save = hintOf("view.save");
  const columns = hintOf("view.columns");
  return (
    <>
      <button type="button" onClick={() => handlerOf("view.save")?.()} aria-keyshortcuts={save?.aria} title={save ? `Save view (${save.text})` : "Save view"} className={`mt-0.5 ${buttonClass}`}><Star size={11} aria-hidden /><span className="@max-7xl:sr-only">Save view</span></button>
      <Popover label="Columns" align="end" width={290} trigger={(wires) => (
        <button {...wires} id={COLUMNS} type="button" aria-keyshortcuts={columns?.aria} title={columns ? `Columns (${columns.text})` : "Columns"} className={`mt-0.5 ${buttonClass}`}><Columns3 size={11} aria-hidden /><span className="@max-7xl:sr-only">Columns</span></button>
      )}>
        {() => <ColumnsPanel layout={views.layout} view={views.view} onChange={views.setLayout} />}
      </Popover>
    </>
  );
}
