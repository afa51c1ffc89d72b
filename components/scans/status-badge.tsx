import { Badge, type Tone } from "@/components/ui/badge";
import { STATUS_NAMES, type ScanStatus } from "@/lib/domain/scan/words";

const TONES = {
  queued: "neutral", parsing: "accent", previewed: "accent", held: "medium", applying: "accent", completed: "good", failed: "critical", cancelled: "neutral",
} as const satisfies Record<ScanStatus, Tone>;

/** Where a scan stands, in the one word for it. */
export function StatusBadge({ status }: { status: ScanStatus }) {
  return <Badge tone={TONES[status]}>{STATUS_NAMES[status]}</Badge>;
}
