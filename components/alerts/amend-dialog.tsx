"use client";
import { useState, type KeyboardEvent } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { reasonRule } from "@/lib/domain/finding/close-reason";
import { amendDraft, amendFaults, amendTerms, AS_IT_STANDS, bandsOf, reasonsFor, type AmendDraft } from "./amend-draft";
import { Asked } from "./asked-fields";
import { isDecided } from "./commands";
import { amend } from "./deeds";
import { HelpLink, SendFooter, useSend, WillDo } from "./dialog-parts";
import { bandWords } from "./dispositions";
import { EvidenceFields } from "./evidence-fields";
import { ReasonList, reasonByKey } from "./reason-list";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

const STANDS = { reason: AS_IT_STANDS, label: "As it stands", means: "The reason stays; the note is added." } as const;

/** Puts a standing decision right: another reason, date or proof under the same status, or a note. */
export function AmendDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const decided = rows.filter(isDecided);
  const [before] = useState(() => amendDraft(desk.now, decided));
  const [draft, setDraft] = useState(before);
  const set = (part: Partial<AmendDraft>) => setDraft((standing) => ({ ...standing, ...part }));
  const offered = reasonsFor(decided);
  const reasons = [...offered, STANDS];
  const bands = bandsOf(draft, decided, desk.policy);
  const found = amendFaults(draft, bands.length > 0);
  const send = useSend(Object.keys(found).length === 0, () => onSubmit((fresh) => amend(desk, fresh.filter(isDecided), amendTerms(draft, before))));
  const faults = send.tried ? found : {};
  const flagged = decided.filter(({ reReview }) => reReview !== null).length;
  const { reason } = draft;

  function onKeyDown(event: KeyboardEvent) {
    const chosen = reasonByKey(event, reasons);
    if (chosen && offered.length > 0) set({ reason: chosen });
    send.onKeyDown(event);
  }

  if (decided.length === 0) {
    return <Dialog title="Amend the decision" aside={subjectOf(rows)} onClose={onClose} width={520}><p className="text-ink-2">No decision stands that could be put right. Investigate, accept or close {rows.length === 1 ? "it" : "them"} instead.</p></Dialog>;
  }
  return (
    <Dialog
      title="Amend the decision" aside={subjectOf(rows)} onClose={onClose} onKeyDown={onKeyDown} width={600}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label={decided.length === 1 ? "Amend" : `Amend ${decided.length.toLocaleString("en")}`} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      {offered.length > 0 ? <ReasonList ask="What is the reason?" reasons={reasons} chosen={reason} onChoose={(chosen) => set({ reason: chosen })} /> : null}
      {reason === AS_IT_STANDS ? null : <Asked environment={desk.environment} leaveOut={decided.map(({ number }) => number)} draft={{ ...draft, reason }} set={set} faults={faults} now={desk.now} />}
      <Field label="Note" hint="each finding keeps it in its own log entry" required error={faults.note} className={offered.length > 0 ? "mt-3.5" : undefined}>
        {(wires) => <Textarea {...wires} data-autofocus={offered.length === 0 || undefined} maxLength={4000} value={draft.note} onChange={(event) => set({ note: event.target.value })} />}
      </Field>
      {reason !== AS_IT_STANDS && reasonRule(reason).evidence ? <EvidenceFields draft={draft.proof} onChange={(proof) => set({ proof })} accepted={desk.policy.acceptedEvidence} hint={bands.length > 0 ? `the policy asks for it on ${bandWords(bands)}` : "optional; it is added to what is attached"} errors={faults} /> : null}
      <WillDo skips={rows.filter((row) => !isDecided(row)).map((row) => ({ row, why: "no decision stands" }))}>
        The status stays as it is; the timeline keeps what stood before. {flagged > 0 ? <>{flagged === 1 ? "The flag for re-review is" : `${flagged.toLocaleString("en")} flags for re-review are`} answered with it. <HelpLink environment={desk.environment} topic="look-again">What is a re-review?</HelpLink></> : null}
      </WillDo>
    </Dialog>
  );
}
