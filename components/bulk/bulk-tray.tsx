"use client";
import { ChevronDown, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { forgetAct } from "@/components/alerts/acts";
import { findings } from "@/components/alerts/outcome-toast";
import { Button, buttonClass, IconButton } from "@/components/ui/button";
import { Progress } from "@/components/ui/states";
import { cancelBulk, pauseBulk, resumeBulk, undoBulk } from "@/lib/actions/bulks";
import type { BulkRecord } from "@/lib/domain/records/bulk";
import { announceTakenBack } from "./take-back-bulk";
import { useBulks } from "./use-bulks";
import { deedOf, isUnderWay, STATUS_WORDS } from "./bulk-words";

const HIDDEN = "docket.bulks.hidden";

function hiddenBefore(): readonly string[] {
  try {
    return (localStorage.getItem(HIDDEN) ?? "").split(",");
  } catch {
    return []; // a browser may refuse its storage
  }
}

function keepHidden(ids: readonly string[]) {
  try {
    localStorage.setItem(HIDDEN, ids.join(","));
  } catch {
    // they come back with the next page
  }
}

/** Those that the person has put away, kept in this browser; in one that keeps nothing, until the page is left. */
function useHidden() {
  const [hidden, setHidden] = useState<readonly string[]>(() => hiddenBefore());
  function hide(ids: readonly number[]) {
    const next = [...hidden, ...ids.map(String)].slice(-100);
    setHidden(next);
    keepHidden(next);
  }
  return { isHidden: (id: number) => hidden.includes(String(id)), hide };
}

function resultOf({ changed, skipped_count: skipped, requested, error }: BulkRecord): string {
  const parts = [`${findings(changed)} changed`, requested > 0 ? `${requested.toLocaleString("en")} wait for an approver` : "", skipped > 0 ? `${skipped.toLocaleString("en")} skipped` : "", error ?? ""];
  return parts.filter(Boolean).join(", ");
}

type Steer = ReturnType<typeof useBulks>["steer"];

function Buttons({ bulk, steer, environment }: { bulk: BulkRecord; steer: Steer; environment: number }) {
  const { id, status } = bulk;
  const router = useRouter();
  const mayUndo = bulk.undo_until !== null && bulk.undone_by === null && status !== "paused";
  async function undo() {
    forgetAct(environment, (act) => act.kind === "began" && act.bulk === id);
    const started = await steer(undoBulk, id);
    if (started && !isUnderWay(started)) announceTakenBack(environment, id, started, router.push); // one that runs has a card of its own
  }
  return (
    <div className="mt-1.5 flex flex-wrap gap-1.5">
      {status === "running" || status === "queued" ? <Button size="xs" onClick={() => void steer(pauseBulk, id)}>Pause</Button> : null}
      {status === "paused" ? <Button size="xs" onClick={() => void steer(resumeBulk, id)}>Go on</Button> : null}
      {isUnderWay(bulk) ? <Button size="xs" onClick={() => void steer(cancelBulk, id)}>Cancel</Button> : null}
      {mayUndo ? <Button size="xs" onClick={() => void undo()}>Undo</Button> : null}
      {isUnderWay(bulk) ? null : <a href={`/api/e/${environment}/bulk/${id}/result`} download className={buttonClass("plain", "xs")}>Download</a>}
      <Link href={`/e/${environment}/bulk?id=${id}`} className={buttonClass("quiet", "xs")}>Details</Link>
    </div>
  );
}

function Card({ bulk, environment, steer, onHide }: { bulk: BulkRecord; environment: number; steer: Steer; onHide: () => void }) {
  const underWay = isUnderWay(bulk);
  const share = bulk.total === 0 ? 1 : bulk.done / bulk.total;
  return (
    <li className="border-b border-line px-3.5 py-2.5 last:border-0">
      <div className="flex items-baseline gap-2">
        <b className="min-w-0 flex-1 truncate font-medium">{deedOf(bulk)}</b>
        <span className="text-xs text-ink-3">{STATUS_WORDS[bulk.status]}</span>
        {underWay ? null : <IconButton label="Put away" onClick={onHide} className="-my-1 size-6"><X size={13} aria-hidden /></IconButton>}
      </div>
      {underWay ? <div className="my-1.5"><Progress label={`${deedOf(bulk)}, bulk action ${bulk.id}`} share={share} /></div> : null}
      <p className="text-xs text-ink-2 tabular-nums">{underWay ? `${bulk.done.toLocaleString("en")} of ${bulk.total.toLocaleString("en")}` : resultOf(bulk)}</p>
      <Buttons bulk={bulk} steer={steer} environment={environment} />
    </li>
  );
}

/** What is said aloud: that one runs, and what came of it; never each step. */
function Said({ bulks }: { bulks: readonly BulkRecord[] }) {
  const [newest] = bulks;
  const words = newest ? (isUnderWay(newest) ? `${deedOf(newest)}: ${STATUS_WORDS[newest.status]}` : `${deedOf(newest)}: ${STATUS_WORDS[newest.status]}, ${resultOf(newest)}`) : "";
  return <p role="status" className="sr-only">{words}</p>;
}

/** The bulk actions of this person, at the corner of every screen: how far they are, and what can be done about them. */
export function BulkTray({ environment }: { environment: number }) {
  const { bulks, steer } = useBulks(environment);
  const { isHidden, hide } = useHidden();
  const [isFolded, setFolded] = useState(false);
  const shown = bulks.filter((bulk) => isUnderWay(bulk) || !isHidden(bulk.id)).slice(0, 5);
  const moving = shown.filter(isUnderWay).length;
  return (
    <>
      <Said bulks={shown} />
      {shown.length > 0 ? (
        <section aria-label="Bulk actions" className="fixed right-4 bottom-4 z-30 w-[340px] max-w-[calc(100vw-2rem)] animate-rise overflow-hidden rounded-xl border border-line-strong bg-raised shadow-menu">
          <button type="button" aria-expanded={!isFolded} onClick={() => setFolded(!isFolded)} className="flex w-full items-center gap-2 bg-sunk px-3.5 py-2 text-left font-medium hover:bg-hover">
            <span className="flex-1">{moving > 0 ? `${moving} bulk ${moving === 1 ? "action" : "actions"} under way` : "Bulk actions"}</span>
            <ChevronDown size={14} aria-hidden className={isFolded ? "rotate-180" : ""} />
          </button>
          {isFolded ? null : (
            <>
              <ul className="max-h-72 overflow-y-auto">{shown.map((bulk) => <Card key={bulk.id} bulk={bulk} environment={environment} steer={steer} onHide={() => hide([bulk.id])} />)}</ul>
              <Link href={`/e/${environment}/bulk`} className="block border-t border-line px-3.5 py-2 text-xs text-accent hover:underline">All bulk actions</Link>
            </>
          )}
        </section>
      ) : null}
    </>
  );
}
