"use client";
import { useState, type KeyboardEvent } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { reasonRule } from "@/lib/domain/finding/close-reason";
import { closeDraft, faultsOf, isClaim, termsOf, type CloseDraft } from "./close-draft";
import { DuplicatePicker } from "./duplicate-picker";
import { EvidenceFields } from "./evidence-fields";
import { ReasonList, reasonByKey } from "./reason-list";
import { decide } from "./deeds";
import { DISPOSITIONS, proofBands, proofHint, skipsOf, willDo } from "./dispositions";
import { dayAfter, HelpLink, SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

/** Fields that a reason asks for beyond the note. */
function Asked({ draft, set, faults, now, environment, leaveOut }: { environment: number; leaveOut: readonly number[]; draft: CloseDraft; set: (part: Partial<CloseDraft>) => void; faults: ReturnType<typeof faultsOf>; now: string }) {
  if (draft.reason === "duplicate") {
    return <DuplicatePicker environment={environment} value={draft.duplicateOf} error={faults.duplicateOf} leaveOut={leaveOut} onChange={(duplicateOf) => set({ duplicateOf })} />;
  }
  if (draft.reason !== "mitigated" && draft.reason !== "vendor_notified") return null;
  const isVendor = draft.reason === "vendor_notified";
  return (
    <Field label={isVendor ? "Follow up on" : "Review on"} hint={isVendor ? "it is brought up again on this day" : "the control is looked at again on this day"} required error={faults.followUpOn} className="mt-3.5">
      {(wires) => <Input {...wires} type="date" min={dayAfter(now, 1)} value={draft.followUpOn} onChange={(event) => set({ followUpOn: event.target.value })} className="max-w-40" />}
    </Field>
  );
}

/** Records a disposition: reason first, what it will mean in words, the note, and the proof. */
export function CloseDialog({ desk, rows, given, onClose, onSubmit }: DialogProps) {
  const [draft, setDraft] = useState(() => closeDraft(desk.now, given?.duplicateOf));
  const set = (part: Partial<CloseDraft>) => setDraft((before) => ({ ...before, ...part }));
  const disposition = DISPOSITIONS.find((each) => each.reason === draft.reason) ?? DISPOSITIONS[0];
  const bands = proofBands(rows, disposition, desk.policy);
  const terms = termsOf(draft);
  const claims = isClaim(draft);
  const skips = skipsOf(rows, disposition, terms.duplicateOf ?? null, claims);
  const count = rows.length - skips.length;
  const found = faultsOf(draft, bands.length > 0);
  const send = useSend(Object.keys(found).length === 0 && count > 0, () => onSubmit((fresh) => decide(desk, fresh, terms, claims ? "Waits for the next scan" : disposition.label)));
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
      <Field label="Note" hint="each finding keeps it in its own log entry" required={draft.reason === "false_positive"} error={faults.note} className="mt-3.5">
        {(wires) => <Textarea {...wires} maxLength={4000} value={draft.note} onChange={(event) => set({ note: event.target.value })} />}
      </Field>
      {reasonRule(draft.reason).evidence ? <EvidenceFields draft={draft.proof} onChange={(proof) => set({ proof })} canClaim accepted={desk.policy.acceptedEvidence} hint={proofHint(rows, disposition, desk.policy)} errors={faults} /> : null}
      <WillDo skips={skips}>
        <b className="font-medium text-ink">{count.toLocaleString("en")} {willDo(disposition, claims)}.</b>{" "}
        {rows.some((row) => row.scannerStatus !== "closed") && !claims && disposition.reason !== "vendor_notified" ? "What is still detected keeps its amber dot and is counted under “live in Closed”." : ""} <HelpLink environment={desk.environment} topic="notify">Who hears of it?</HelpLink>
      </WillDo>
    </Dialog>
  );
}
