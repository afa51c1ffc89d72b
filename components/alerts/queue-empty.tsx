"use client";
import { CheckCheck, SearchX, Upload } from "lucide-react";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { can } from "@/lib/domain/access/can";
import type { Tab } from "@/lib/domain/finding/words";
import type { AlertsPage, QueueFilter } from "@/lib/domain/views/alerts";
import { cleared, narrowedBy } from "./facets";

const CLEAR = {
  needs_review: { title: "Nothing waits for a decision", text: "Every detected finding has a response. What scanners stopped seeing, and what people closed, is under Closed.", next: "investigating" },
  investigating: { title: "Nobody is investigating anything", text: "Press i on a finding in Needs Review to take it into work.", next: "needs_review" },
  accepted_risk: { title: "No risk is accepted", text: "An acceptance is a decision for a limited time. On its last day the finding comes back to Needs Review.", next: "needs_review" },
  closed: { title: "Nothing is closed", text: "Here is what people dispositioned, and what the latest scan no longer sees.", next: "needs_review" },
  all: { title: "No findings", text: "Reports that you import show up here.", next: "needs_review" },
} as const satisfies Record<Tab, { title: string; text: string; next: Tab }>;

/** Why the list is empty, and the way on: import, widen, or go where the work is. */
export function QueueEmpty({ page, filter, onGo }: { page: AlertsPage; filter: QueueFilter; onGo: (filter: QueueFilter) => void }) {
  if (page.isEmpty) {
    const mayImport = can(page.me.role, "scan.import");
    return (
      <EmptyState icon={<Upload size={18} />} title="Import a first report" actions={mayImport ? <Link href={`/e/${page.environment.number}/scans`} className={buttonClass("primary", "md")}>Import a report</Link> : null}>
        <p>{mayImport ? "Drop a scanner's report: its format is told by its content, and its findings line up here by severity." : "Nothing has been imported into this environment yet. An analyst can import a scanner's report."}</p>
      </EmptyState>
    );
  }
  if (narrowedBy(filter) > 0) {
    return (
      <EmptyState icon={<SearchX size={18} />} title="No finding matches" actions={<><Button onClick={() => onGo(cleared(filter))}>Clear the filter</Button>{filter.tab === "all" ? null : <Button look="quiet" onClick={() => onGo({ ...filter, tab: "all" })}>Look in all tabs</Button>}</>}>
        <p>Nothing under this tab fits the filter.</p>
      </EmptyState>
    );
  }
  const words = CLEAR[filter.tab];
  return (
    <EmptyState icon={<CheckCheck size={18} />} title={words.title} actions={<Button onClick={() => onGo(cleared({ ...filter, tab: words.next }))}>{words.next === "needs_review" ? "Go to Needs Review" : "Go to Investigating"}</Button>}>
      <p>{words.text} <Link className="text-accent underline" href={`/e/${page.environment.number}/help#closed`}>What the tabs mean</Link></p>
    </EmptyState>
  );
}
