import clsx from "clsx";
import { DETECTION_LABELS, SEVERITY_LABELS, type ScannerStatus, type Severity } from "@/lib/domain/finding/words";
import { TONES, type Tone } from "@/components/ui/badge";

const SEVERITY_TONES = { critical: "critical", high: "high", medium: "medium", low: "low", info: "neutral" } as const satisfies Record<Severity, Tone>;

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
