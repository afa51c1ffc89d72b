"use client";
import Link from "next/link";
import { CLOSE_REASON_LABELS, GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import type { TwinView } from "@/lib/domain/views/carry";
import { DetectionDot, SeverityMark } from "./marks";
import { ResponseBadge } from "./response-badge";
import { Section } from "./section";

function words({ governance, closeReason }: TwinView): string {
  return closeReason ? `${GOVERNANCE_LABELS[governance]}: ${CLOSE_REASON_LABELS[closeReason].toLowerCase()}` : GOVERNANCE_LABELS[governance];
}

function Twin({ twin, environment, onDuplicate }: { twin: TwinView; environment: number; onDuplicate: ((number: number) => void) | null }) {
  return (
    <li className="py-1">
      <Link href={`/e/${environment}/findings/${twin.number}`} prefetch={false} className="-mx-1.5 flex items-center gap-2 rounded-md px-1.5 py-0.5 hover:bg-hover">
        <DetectionDot status={twin.scanner} />
        <SeverityMark severity={twin.severity} />
        <span className="min-w-0 flex-1 truncate"><b className="font-medium">{twin.detector}</b> {twin.title}</span>
        <ResponseBadge response={twin.response} title={words(twin)} />
        <span className="text-xs text-ink-3">F-{twin.number}</span>
      </Link>
      <span className="flex items-center justify-between gap-3 pl-4 text-2xs text-ink-3">
        <span className="min-w-0 break-words">{twin.shared.join(", ")} · governance {words(twin).toLowerCase()}</span>
        {twin.isRecorded ? <span>recorded as duplicates</span> : null}
        {!twin.isRecorded && onDuplicate ? <button type="button" onClick={() => onDuplicate(twin.number)} aria-label={`Record as duplicate of F-${twin.number}…`} className="min-h-6 shrink-0 text-accent hover:underline">Duplicate of this…</button> : null}
      </span>
    </li>
  );
}

/** The same weakness on the same asset as other detectors see it: shown together, each with its own two axes, never merged. */
export function TwinsSection({ twins, environment, onDuplicate }: { twins: readonly TwinView[]; environment: number; onDuplicate: ((number: number) => void) | null }) {
  if (twins.length === 0) return null;
  return (
    <Section title="Also seen by" aside={`${twins.length}`}>
      <ul>{twins.map((twin) => <Twin key={twin.number} twin={twin} environment={environment} onDuplicate={onDuplicate} />)}</ul>
    </Section>
  );
}
