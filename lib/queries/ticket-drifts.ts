import { z } from "zod";
import type { StoredTicket } from "@/lib/db/sql/ticket-page";
import type { DriftView } from "@/lib/domain/views/tickets";

const told = z.record(z.string(), z.unknown()).catch({});
const word = (value: unknown): string | null => (Array.isArray(value) ? value.join(", ") : typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null);

type Facts = Pick<StoredTicket, "title" | "assigneeName" | "severity" | "state" | "priority" | "labels" | "drift">;

/** What finding, what was sent and what stands over there say of each field in which they differ. */
export function driftsOf(stored: Facts, words: unknown, external: unknown): DriftView[] {
  const ours: Readonly<Record<string, string | null>> = { title: stored.title, assignee: stored.assigneeName, severity: stored.severity, status: stored.state, priority: stored.priority, labels: stored.labels.join(", ") };
  const [sent, there] = [told.parse(words), told.parse(external)];
  return stored.drift.map((field) => ({ field, ours: ours[field] ?? null, sent: word(sent[field]), theirs: word(there[field]) }));
}
