"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { Moment, span } from "@/components/ui/moment";
import { useClock } from "@/components/ui/clock";
import { EXPOSURE_LABELS, SENSITIVITY_LABELS } from "@/lib/domain/asset/words";
import { CLOSE_REASON_LABELS, SEVERITY_LABELS } from "@/lib/domain/finding/words";
import type { FindingDetail } from "@/lib/domain/views/finding";
import { dueWords } from "./due";
import { SeverityWord } from "./marks";
import { Section } from "./section";

type Props = { finding: FindingDetail };

function Item({ name, children }: { name: string; children: ReactNode }) {
  return <li className="grid grid-cols-[92px_minmax(0,1fr)] gap-x-3"><span className="text-ink-3">{name}</span><span className="min-w-0 break-words text-ink-2">{children}</span></li>;
}

function Technical({ finding: { severity, severityWord, cvss, detector } }: Props) {
  const score = cvss?.score ?? cvss?.computed ?? null;
  const isNumber = severityWord !== null && /^\d+(\.\d+)?$/.test(severityWord);
  const word = severityWord && severityWord.toLowerCase() !== severity.technical ? (isNumber ? `, at ${severityWord} of its own scale` : `, its word is “${severityWord}”`) : "";
  return <Item name="Technical"><SeverityWord severity={severity.technical} /> says {detector}{word}{score === null ? "" : `; CVSS ${score.toFixed(1)}`}</Item>;
}

function Calibrated({ finding: { severity, calibratedAt, rank }, onCalibrate }: Props & { onCalibrate: (() => void) | null }) {
  return (
    <Item name="Calibrated">
      <SeverityWord severity={severity.calibrated} />{" "}
      {calibratedAt ? <>set by {rank.calibratedBy ?? "the team"} <Moment at={calibratedAt} />{rank.calibratedWhy ? <q className="ml-1 [quotes:none]">{rank.calibratedWhy}</q> : null}</> : "as the scanner says: nobody has calibrated it"}
      {onCalibrate ? <button type="button" onClick={onCalibrate} className="ml-2 text-accent hover:underline">Calibrate…</button> : null}
    </Item>
  );
}

/** What the decision leaves of the risk, and why. */
function loweringOf({ severity, governance, closeReason }: FindingDetail): string {
  if (severity.effective === severity.calibrated) return governance === "accepted_risk" ? "as calibrated, although the risk is accepted" : "as calibrated: no decision lowers it";
  if (governance === "accepted_risk") return "lowered while the risk is accepted";
  return `lowered, since it is closed${closeReason ? ` as ${CLOSE_REASON_LABELS[closeReason].toLowerCase()}` : ""}`;
}

function Exploited({ finding: { kev, rank, catalogues } }: Props) {
  if (!kev && catalogues.kev === null) return <Item name="KEV">no catalogue of exploited vulnerabilities is loaded</Item>;
  if (!kev) return <Item name="KEV">not known to be exploited, catalogue of <Moment at={catalogues.kev ?? ""} look="day" /></Item>;
  const { cve, addedOn, dueOn, ransomware } = rank.kev ?? { cve: null, addedOn: null, dueOn: null, ransomware: false };
  return (
    <Item name="KEV">
      <b className="font-medium text-critical">Known to be exploited</b>{addedOn ? <> since <Moment at={addedOn} look="day" /></> : rank.kev ? "" : ", as the report says"}{cve ? ` (${cve})` : ""}
      {ransomware ? ", in ransomware campaigns" : ""}{dueOn ? <>; the catalogue&apos;s own date is <Moment at={dueOn} look="day" /></> : null}
      {catalogues.kev ? <>. Catalogue of <Moment at={catalogues.kev} look="day" />.</> : "."}
    </Item>
  );
}

function Predicted({ finding: { epss, rank, catalogues } }: Props) {
  if (epss === null) return <Item name="EPSS">{catalogues.epss ? "it names no CVE that is scored" : "no scores are loaded"}</Item>;
  const { percentile, cve } = rank.epss ?? { percentile: null, cve: null };
  return (
    <Item name="EPSS">
      <b className="font-medium text-ink">{(epss * 100).toFixed(epss < 0.1 ? 1 : 0)} %</b> likely to be exploited within 30 days{percentile === null ? "" : `, more than ${(percentile * 100).toFixed(percentile > 0.99 ? 1 : 0)} % of all CVEs`}{cve ? ` (${cve})` : ""}{catalogues.epss ? <>. Scores of <Moment at={catalogues.epss} look="day" />.</> : null}
    </Item>
  );
}

function Place({ finding: { asset, rank }, environment }: Props & { environment: number }) {
  const { exposure, sensitivity, owner, team } = rank.asset;
  const whose = [owner, team].filter(Boolean).join(", ");
  return (
    <Item name="Asset">
      <Link href={`/e/${environment}/assets?q=${encodeURIComponent(asset)}`} prefetch={false} className="underline hover:text-ink">{asset}</Link>: exposure <b className="font-medium text-ink">{EXPOSURE_LABELS[exposure].toLowerCase()}</b>, data <b className="font-medium text-ink">{SENSITIVITY_LABELS[sensitivity].toLowerCase()}</b>, {whose ? `owned by ${whose}` : "without an owner"}
    </Item>
  );
}

function Age({ finding: { addedOn, scannerStatus, lastSeenOn } }: Props) {
  const { now } = useClock();
  return <Item name="Age"><b className="font-medium text-ink">{span(now - Date.parse(addedOn))}</b> since it was first seen{scannerStatus === "closed" ? "; not detected any more" : lastSeenOn ? <>; last seen <Moment at={lastSeenOn} /></> : null}</Item>;
}

function Clock({ finding: { sla }, environment }: Props & { environment: number }) {
  const { now } = useClock();
  const due = dueWords(sla, now);
  return <Item name="SLA">{due && sla.next ? <><b className={due.isOver ? "font-medium text-critical" : "font-medium text-ink"}>{due.long}</b>, <Moment at={sla.next.due} look="minute" /></> : sla.state === "paused" ? "clocks are paused" : "no clock runs"} · <Link href={`/e/${environment}/help#clocks`} className="underline hover:text-ink">windows</Link></Item>;
}

/** Why it ranks where it does: the severity with where each layer comes from, then what speaks for haste, in the order of its weight. */
export function RankSection({ finding, environment, onCalibrate }: Props & { environment: number; onCalibrate: (() => void) | null }) {
  return (
    <Section title="Why it ranks here" aside={<Link href={`/e/${environment}/help#severity`} className="hover:text-ink hover:underline">three severities</Link>}>
      <ol className="space-y-0.5">
        <Technical finding={finding} />
        <Calibrated finding={finding} onCalibrate={onCalibrate} />
        <Item name="Effective"><SeverityWord severity={finding.severity.effective} /> {loweringOf(finding)}. <span className="text-ink-3">Queues sort by it{finding.severity.effective === finding.severity.calibrated ? "" : `, then by ${SEVERITY_LABELS[finding.severity.calibrated].toLowerCase()}`}.</span></Item>
        <Exploited finding={finding} />
        <Predicted finding={finding} />
        <Place finding={finding} environment={environment} />
        <Age finding={finding} />
        <Clock finding={finding} environment={environment} />
      </ol>
    </Section>
  );
}
