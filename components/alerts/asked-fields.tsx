"use client";
import { Field, Input } from "@/components/ui/field";
import type { CloseDraft, Faults } from "./close-draft";
import { dayAfter } from "./dialog-parts";
import { DuplicatePicker } from "./duplicate-picker";

type Props = { environment: number; leaveOut: readonly number[]; draft: CloseDraft; set: (part: Partial<Omit<CloseDraft, "reason">>) => void; faults: Faults; now: string };

/** Fields that a reason asks for beyond the note. */
export function Asked({ draft, set, faults, now, environment, leaveOut }: Props) {
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
