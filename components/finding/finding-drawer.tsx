"use client";
import { Maximize2, X } from "lucide-react";
import Link from "next/link";
import type { Command } from "@/components/alerts/commands";
import type { Given } from "@/components/alerts/use-commands";
import type { Loaded } from "@/components/alerts/use-details";
import { useKeyHints } from "@/components/shell/keyboard";
import { Button, IconButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/states";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { AlertsPage, FindingRow } from "@/lib/domain/views/alerts";
import { Axes } from "./axes";
import { FindingButtons } from "./finding-actions";
import { Lookers } from "./lookers";
import { FindingSections, type SectionsProps } from "./finding-sections";

export type DrawerProps = {
  number: number; row: FindingRow | null; loaded: Loaded; place: string | null; page: AlertsPage;
  load: FindingActions["loadTimeline"]; doors: SectionsProps["doors"];
  onCommand: (command: Command, given?: Given) => void; onRevert: (actionId: string) => void; onClose: () => void; onRetry: () => void;
};

function Waiting() {
  return (
    <div aria-busy className="space-y-3 px-[18px] py-3">
      <Skeleton className="h-3 w-28" /><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-4/5" /><Skeleton className="h-11 w-full" /><Skeleton className="mt-6 h-28 w-full" />
    </div>
  );
}

function Body({ loaded, page, load, doors, onCommand, onRevert, onRetry }: DrawerProps) {
  if (loaded.state === "loading") return <Waiting />;
  if (loaded.state === "failed") return <ErrorState title={loaded.refusal.message} actions={<Button onClick={onRetry}>Try again</Button>}><p>{loaded.refusal.next}</p></ErrorState>;
  return <FindingSections finding={loaded.detail} environment={page.environment.number} role={page.me.role} load={load} doors={doors} onCommand={onCommand} onRevert={onRevert} />;
}

/** A finding beside the list. What the row knows is painted at once; the rest follows. The list stays usable. */
export function FindingDrawer(props: DrawerProps) {
  const { number, loaded, place, page, onCommand, onClose } = props;
  const hint = useKeyHints()("open.page");
  const row = props.row ?? (loaded.state === "ready" ? loaded.detail : null);
  return (
    <aside aria-label={`Finding F-${number}`} className="flex min-h-0 flex-col overflow-y-auto border-l border-line bg-panel max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:w-[430px] max-xl:max-w-full max-xl:shadow-menu [@media(max-height:560px)]:max-xl:fixed">
      <div className="border-b border-line px-[18px] pt-2 pb-[11px]">
        <div className="mb-1 flex items-center gap-2 text-xs text-ink-3">
          <span>F-{number}</span>{place ? <span>{place}</span> : null}
          <Lookers number={number} me={page.me.id} look="drawer" />
          <span className="ml-auto flex">
            <Link href={`/e/${page.environment.number}/findings/${number}`} aria-label="Open as a page" title={hint ? `Open as a page (${hint.text})` : "Open as a page"} aria-keyshortcuts={hint?.aria} className="grid size-7 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"><Maximize2 size={13} aria-hidden /></Link>
            <IconButton label="Close the drawer" aria-keyshortcuts="Escape" onClick={onClose}><X size={15} aria-hidden /></IconButton>
          </span>
        </div>
        <h2 className="mb-[11px] text-lg font-semibold tracking-tight break-words">{row?.title ?? <Skeleton className="h-5 w-3/4" />}</h2>
        {row ? <Axes row={row} environment={page.environment.number} /> : <Skeleton className="h-16 w-full" />}
      </div>
      <div tabIndex={0} role="region" aria-label="Details" className="min-h-44 flex-1 overflow-y-auto outline-offset-[-2px]"><Body {...props} /></div>
      {row ? <div className="border-t border-line bg-panel px-[18px] py-2.5"><FindingButtons row={row} role={page.me.role} environment={page.environment.number} onCommand={onCommand} carryOut={props.doors.carryOut} /></div> : null}
    </aside>
  );
}
