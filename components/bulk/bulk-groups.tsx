"use client";
import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { loadBulkItems } from "@/lib/actions/bulks";
import type { BulkCategory } from "@/lib/domain/bulk/words";
import { GOVERNANCE_LABELS, GOVERNANCE_STATUSES } from "@/lib/domain/finding/words";
import type { BulkGroup, BulkItemRecord, BulkRecord } from "@/lib/domain/records/bulk";

type Rows = { items: readonly BulkItemRecord[]; cursor: string | null; state: "idle" | "loading" | "failed" };

function statusLabel(status: string | null): string | null {
  const known = GOVERNANCE_STATUSES.find((each) => each === status);
  return known ? GOVERNANCE_LABELS[known] : null;
}

/** "Open → Resolved 9,812" for each way that findings go. */
function waysOf(groups: readonly BulkGroup[]): string {
  const ways = groups.flatMap(({ from, to, n }) => {
    const [before, after] = [statusLabel(from), statusLabel(to)];
    return before && after && before !== after ? [`${before} → ${after}: ${n.toLocaleString("en")}`] : [];
  });
  return ways.join(", ");
}

/** The rows under one heading: asked for when it is opened, page by page. */
function useRows(bulk: number, environment: number, code: BulkCategory) {
  const [rows, setRows] = useState<Rows>({ items: [], cursor: null, state: "idle" });
  async function more() {
    setRows({ ...rows, state: "loading" });
    const answer = await loadBulkItems({ environment, bulk, code, cursor: rows.cursor }).catch(() => null);
    setRows(answer?.ok ? { items: [...rows.items, ...answer.value.items], cursor: answer.value.next_cursor, state: "idle" } : { ...rows, state: "failed" });
  }
  return { rows, more };
}

function Findings({ rows, onMore }: { rows: Rows; onMore: () => void }) {
  return (
    <>
      {rows.items.length > 0 ? (
        <ul className="max-h-44 overflow-y-auto text-xs" tabIndex={0} aria-label="Findings">
          {rows.items.map((item) => <li key={item.number} className="truncate py-px"><span className="text-ink-3">F-{item.number}</span> {item.title} <span className="text-ink-3">on {item.asset}</span>{item.why ? `: ${item.why}` : ""}</li>)}
        </ul>
      ) : null}
      <p role="status" className="text-xs text-ink-3">{rows.state === "loading" ? "Loading…" : rows.state === "failed" ? "The rows did not arrive." : ""}</p>
      {rows.cursor !== null || rows.state === "failed" ? <Button size="xs" loading={rows.state === "loading"} onClick={onMore}>Show more</Button> : null}
    </>
  );
}

function Heading({ bulk, environment, groups, first }: { bulk: number; environment: number; groups: readonly BulkGroup[]; first: BulkGroup }) {
  const [isOpen, setOpen] = useState(false);
  const { rows, more } = useRows(bulk, environment, first.code);
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const [ways, todo] = [waysOf(groups), first.code === "changes" ? null : first.next];
  function turn() {
    setOpen(!isOpen);
    if (!isOpen && rows.items.length === 0 && rows.state !== "loading") void more();
  }
  return (
    <li className="border-b border-line py-1.5 last:border-0">
      <button type="button" aria-expanded={isOpen} onClick={turn} className="flex w-full items-baseline gap-2 rounded text-left hover:bg-hover">
        <ChevronRight size={13} aria-hidden className={clsx("shrink-0 self-center text-ink-3 transition-transform", isOpen && "rotate-90")} />
        <b className="w-16 shrink-0 text-right font-semibold tabular-nums">{n.toLocaleString("en")}</b>
        <span className="min-w-0 flex-1"><span className="font-medium">{first.label}</span>{ways ? <span className="text-ink-3"> {ways}</span> : null}{todo ? <span className="block text-xs text-ink-2">{todo}</span> : null}</span>
      </button>
      {isOpen ? <div className="mt-1 pl-[26px]"><Findings rows={rows} onMore={() => void more()} /></div> : null}
    </li>
  );
}

/** What becomes, or became, of the findings: a number for each reason, each opens its rows. */
export function BulkGroups({ record, environment }: { record: BulkRecord; environment: number }) {
  const heads = record.groups.filter(({ code }, at) => record.groups.findIndex((group) => group.code === code) === at);
  return <ul className="rounded-[9px] bg-sunk px-3 py-1.5">{heads.map((first) => <Heading key={first.code} bulk={record.id} environment={environment} first={first} groups={record.groups.filter(({ code }) => code === first.code)} />)}</ul>;
}
