"use client";
import { useState, type KeyboardEvent } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { reasonRule } from "@/lib/domain/finding/close-reason";
import { Asked } from "./asked-fields";
import { closeDraft, faultsOf, isClaim, termsOf, type CloseDraft } from "./close-draft";
import { EvidenceFields } from "./evidence-fields";
import { ReasonList, reasonByKey } from "./reason-list";
import { decide } from "./deeds";
import { amendsWords, DISPOSITIONS, fatesOf, proofBands, proofHint, willDo } from "./dispositions";
import { HelpLink, SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

const NEEDS_NOTE = "Say why the standing decision is put right: what is amended needs a note.";

/** Records a disposition: reason first, what it will mean in words, the note, and the proof. */
export function CloseDialog({ desk, rows, given, onClose, onSubmit }: DialogProps) {
  const [draft, setDraft] = useState(() => closeDraft(desk.now, given?.duplicateOf, rows.length === 1 ? rows[0] : undefined));
  const set = (part: Partial<CloseDraft>) => setDraft((before) => ({ ...before, ...part }));
  const disposition = DISPOSITIONS.find((each) => each.reason === draft.reason) ?? DISPOSITIONS[0];
  const bands = proofBands(rows, disposition, desk.policy);
  const terms = termsOf(draft);
  const claims = isClaim(draft);
  const { skips, amends, moves } = fatesOf(rows, disposition, terms);
  const count = amends.length + moves.length;
  const found = { ...faultsOf(draft, bands.length > 0), ...(amends.length > 0 && !terms.note ? { note: NEEDS_NOTE } : {}) };
  const send = useSend(Object.keys(found).length === 0 && count > 0, () => onSubmit((fresh) => decide(desk, fresh, terms, claims ? "Waits for the next scan" : moves.length === 0 ? "Decision amended" : disposition.label)));
  const faults = send.tried ? found : {};

  function onKeyDown(event: KeyboardEvent) {
    const reason = reasonByKey(event, DISPOSITIONS);
    if (reason) set({ reason });
    send.onKeyDown(event);
  }

  return (
    <Dialog
      title="Record disposition" aside={subjectOf(rows)} onClose={onClose} onKeyDown={onKeyDown}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label={count === 1 ? "Record" : `Record ${count.toLocaleString("en")}`} sending={send.sending} disabled={count === 0} onCancel={onClose} onSend={send.submit} />}
    >
      <ReasonList ask="What did you find?" reasons={DISPOSITIONS} chosen={draft.reason} onChoose={(reason) => set({ reason })} />
      <Asked environment={desk.environment} leaveOut={rows.map(({ number }) => number)} draft={draft} set={set} faults={faults} now={desk.now} />
      <Field label="Note" hint="each finding keeps it in its own log entry" required={draft.reason === "false_positive" || amends.length > 0} error={faults.note} className="mt-3.5">
        {(wires) => <Textarea {...wires} maxLength={4000} value={draft.note} onChange={(event) => set({ note: event.target.value })} />}
      </Field>
      {reasonRule(draft.reason).evidence ? <EvidenceFields draft={draft.proof} onChange={(proof) => set({ proof })} canClaim accepted={desk.policy.acceptedEvidence} hint={proofHint(rows, disposition, desk.policy)} errors={faults} /> : null}
      <WillDo skips={skips}>
        {moves.length > 0 || amends.length === 0 ? <><b className="font-medium text-ink">{moves.length.toLocaleString("en")} {willDo(disposition, claims)}.</b>{" "}</> : null}
        {amends.length > 0 ? <><b className="font-medium text-ink">{amendsWords(amends.length, disposition)}</b>{" "}</> : null}
        {rows.some((row) => row.scannerStatus !== "closed") && !claims && disposition.reason !== "vendor_notified" ? "What is still detected keeps its amber dot and is counted under “live in Closed”." : ""} <HelpLink environment={desk.environment} topic="notify">Who hears of it?</HelpLink>
      </WillDo>
    </Dialog>
  );
}
