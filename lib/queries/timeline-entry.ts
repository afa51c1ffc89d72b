import type { StoredEvent } from "@/lib/db/sql/event-row";
import { kindOfAct } from "@/lib/domain/audit/timeline";
import type { EvidenceFile } from "@/lib/domain/evidence/file";
import { reasonLabel } from "@/lib/domain/finding/words";
import type { TimelineEntry } from "@/lib/domain/views/finding";
import { changesOf, evidenceIn, filesIn, headlineOf, oldDecision } from "@/lib/queries/timeline-words";
import { initialsOf } from "@/lib/queries/who";

const NO_FILES: ReadonlyMap<number, EvidenceFile> = new Map();

/** The events of one act as one entry, in words; none of no events. `revocable` is the act that whoever reads may take back now. */
export function actionEntry(events: readonly StoredEvent[], names: ReadonlyMap<number, string>, revocable: string | null, files: ReadonlyMap<number, EvidenceFile> = NO_FILES): TimelineEntry[] {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return [];
  const said = (field: "reason" | "note") => [...new Set(events.flatMap((event) => event[field] ?? []))];
  const notes = said("note");
  const inNote = (words: string) => reasonLabel(words) === words && notes.some((note) => note.startsWith(words)); // a statement that became the note
  const reason = said("reason").filter((words) => !inNote(words)).map(reasonLabel).map((words, index, all) => (index < all.length - 1 ? words.replace(/\.$/, "") : words)).join("; ") || null;
  return [{
    id: `e${last.sequence}`,
    at: last.at.toISOString(),
    actor: { type: first.actor_type, name: first.actor_name, initials: initialsOf(first.actor_name) },
    kind: kindOfAct(events.map(({ to_status: to, action }) => ({ action, moves: to !== null }))),
    ...headlineOf(events),
    isFolded: events.some(({ action }) => action === "ticket.created"),
    hops: events.flatMap(({ from_status: from, to_status: to }) => (from && to ? [{ from, to }] : [])),
    changes: changesOf(events, names).filter(({ field }) => field !== "Reason" || reason === null), // said below, once
    reason,
    note: [notes.join("; "), oldDecision(events)].filter(Boolean).join("\n") || null,
    evidence: evidenceIn(events),
    files: filesIn(events).flatMap((id) => files.get(id) ?? []),
    sequences: events.map(({ sequence }) => String(sequence)),
    revocable: first.action_id === revocable ? revocable : null,
    bulkId: first.bulk_id === null ? null : String(first.bulk_id),
  }];
}
