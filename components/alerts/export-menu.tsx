"use client";
import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress } from "@/lib/domain/views/queue-address";

const FORMATS = [
  { format: "csv", label: "CSV, for spreadsheets" },
  { format: "jsonl", label: "JSON Lines, complete" },
] as const;

function exportAddress(environment: number, filter: QueueFilter, format: "csv" | "jsonl"): string {
  return `/api/e/${environment}/findings/export${queueAddress(filter)}&format=${format}`;
}

/** Takes the queue as it is narrowed home as a file, all of it. */
export function ExportMenu({ environment, filter, total }: { environment: number; filter: QueueFilter; total: number | null }) {
  const count = total === null ? "" : total.toLocaleString("en");
  const items = FORMATS.map(({ format, label }) => ({
    key: format, label, hint: total === 1 ? "1 finding" : total === null ? "all findings" : `all ${count} findings`,
    onSelect: () => window.location.assign(exportAddress(environment, filter, format)),
  }));
  return (
    <Menu label={`Export ${count}`.trim()} align="end" items={items}
      trigger={(wires) => <button {...wires} type="button" disabled={total === 0} className={buttonClass()}><Download size={13} aria-hidden /><span className="max-sm:sr-only">Export <span className="text-ink-3">{count}</span></span></button>} />
  );
}
