import clsx from "clsx";
import { DETECTION_LABELS, RESPONSE_LABELS, SEVERITY_LABELS, type Response, type ScannerStatus, type Severity } from "@/lib/domain/finding/words";
import { Badge, TONES, type Tone } from "@/components/ui/badge";

const SEVERITY_TONES = { critical: "critical", high: "high", medium: "medium", low: "low", info: "neutral" } as const satisfies Record<Severity, Tone>;
export const RESPONSE_TONES = { needs_review: "neutral", investigating: "accent", accepted_risk: "medium", closed: "good" } as const satisfies Record<Response, Tone>;

const SEVERITY_INK = { critical: "text-critical", high: "text-high", medium: "text-medium", low: "text-low", info: "text-info" } as const satisfies Record<Severity, string>;

/** The detection axis: filled amber while detected, hollow when the latest scan no longer sees it. */
export function DetectionDot({ status }: { status: ScannerStatus }) {
  return (
    <span
      role="img"
      aria-label={DETECTION_LABELS[status]}
      title={DETECTION_LABELS[status]}
      className={clsx("inline-block size-2 shrink-0 rounded-full", status === "closed" ? "border-[1.5px] border-ink-3" : "bg-detected")}
    />
  );
}

/** The letter of a calibrated severity; its word is the text alternative. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span role="img" aria-label={`${SEVERITY_LABELS[severity]} severity`} title={SEVERITY_LABELS[severity]} className={clsx("grid size-[18px] shrink-0 place-items-center rounded-[5px] text-[10.5px] leading-none font-semibold", TONES[SEVERITY_TONES[severity]])}>
      {SEVERITY_LABELS[severity].charAt(0)}
    </span>
  );
}

export function SeverityWord({ severity, suffix }: { severity: Severity; suffix?: string }) {
  return <span className={clsx("font-medium", SEVERITY_INK[severity])}>{SEVERITY_LABELS[severity]}{suffix ? ` ${suffix}` : ""}</span>;
}

/** The decision axis. Closed says whose closing it is, so that it cannot be read as "fixed". */
export function ResponseBadge({ response, title }: { response: Response; title?: string }) {
  return <Badge tone={RESPONSE_TONES[response]} title={title}>{response === "closed" ? "Dispositioned" : RESPONSE_LABELS[response]}</Badge>;
}
