import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import type { AlertsPage, QueueCounts } from "@/lib/domain/views/alerts";

/** Of which findings these numbers are, where the list shows fewer. */
export const IN_THE_WHOLE = "in the whole queue, unfiltered";

const CARDS = [
  { key: "needs_review", label: "need review", ask: "response=needs_review", tone: "text-ink" },
  { key: "investigating", label: "investigating", ask: "response=investigating", tone: "text-ink" },
  { key: "accepted_risk", label: "accepted", ask: "response=accepted_risk", tone: "text-ink" },
  { key: "closed", label: "closed by people", ask: "response=closed", tone: "text-good" },
] as const;

const cardClass = "flex items-baseline gap-[7px] rounded-md text-ink-2 hover:text-ink";

function Card({ href, count, label, tone, title }: { href: string; count: number; label: string; tone: string; title: string }) {
  return (
    <Link href={href} prefetch={false} title={title} className={cardClass}>
      <b className={`text-xl font-semibold tracking-tight ${tone}`}>{count.toLocaleString("en")}</b>
      {label}
    </Link>
  );
}

/** The decision axis alone, whatever the scanners say; each number opens the findings behind it. */
export function KpiStrip({ environment, counts, lastScan, isWhole }: { environment: number; counts: QueueCounts; lastScan: AlertsPage["lastScan"]; /** the list shows less than these count */ isWhole: boolean }) {
  const base = `/e/${environment}/alerts`;
  return (
    <section aria-label="Responses, detected or not" className="flex flex-wrap items-baseline gap-x-[26px] gap-y-1 px-[18px] pt-3 pb-2.5">
      {CARDS.map((card) => (
        <Card key={card.key} href={`${base}?tab=all&${card.ask}`} count={counts.responses[card.key]} label={card.label} tone={card.tone} title={card.key === "closed" ? "Decisions that people recorded, not what scanners stopped seeing" : "By decision alone, detected or not"} />
      ))}
      <Card href={`${base}?tab=all&is=unassigned`} count={counts.unassigned} label="unassigned" tone="text-ink" title="In the working queue, detected, without an assignee" />
      {isWhole ? <span className="text-xs text-ink-3">{IN_THE_WHOLE}</span> : null}
      {lastScan ? (
        <Link href={`/e/${environment}/scans/${lastScan.number}`} prefetch={false} className="ml-auto text-xs text-ink-3 hover:text-ink max-md:hidden">
          Last scan <Moment at={lastScan.at} /> · {lastScan.new.toLocaleString("en")} new, {lastScan.regressed.toLocaleString("en")} regressed
        </Link>
      ) : null}
    </section>
  );
}
