"use client";
import { Moment } from "@/components/ui/moment";
import { EVIDENCE_LABELS } from "@/lib/domain/finding/words";
import type { EvidenceView } from "@/lib/domain/views/finding";
import { EvidenceFileLink } from "./evidence-file";
import { Section } from "./section";

/** What proves a fix, and nothing else; the observation is not evidence. */
export function EvidenceSection({ evidence, environment, onAdd }: { evidence: readonly EvidenceView[]; environment: number; onAdd: (() => void) | null }) {
  return (
    <Section title="Evidence of the fix" aside={onAdd ? <button type="button" onClick={onAdd} className="text-accent hover:underline">Add…</button> : null}>
      {evidence.length === 0 ? <p className="text-ink-3">None yet.</p> : (
        <ul className="space-y-1.5">
          {evidence.map((each) => (
            <li key={each.id}>
              <b className="font-medium">{EVIDENCE_LABELS[each.kind]}</b> <span className="break-words text-ink-2">{each.reference}</span>
              {each.note ? <span className="block text-ink-2">{each.note}</span> : null}
              {each.file ? <span className="block"><EvidenceFileLink environment={environment} file={each.file} /></span> : null}
              <span className="block text-2xs text-ink-3">{each.addedBy}, <Moment at={each.at} look="minute" />{each.approver ? ` · approved by ${each.approver}` : ""}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
