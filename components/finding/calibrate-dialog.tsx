"use client";
import { useState } from "react";
import { seen } from "@/components/alerts/deeds";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { subjectOf } from "@/components/alerts/subject";
import type { DialogProps } from "@/components/alerts/use-commands";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { SEVERITIES, SEVERITY_LABELS } from "@/lib/domain/finding/words";
import { SeverityMark } from "./marks";

/** The team's word on severity. Tickets, queues and clocks follow it; the scanner's word stays beside it. */
export function CalibrateDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const row = rows[0];
  const [draft, setDraft] = useState({ severity: row?.severity.calibrated ?? "medium", reason: "" });
  const fault = draft.reason.trim() ? undefined : "Say why: exposure, data, exploit, a control in front of it…";
  const send = useSend(!fault && row !== undefined, () => onSubmit((fresh) => {
    const items = seen(fresh.slice(0, 1));
    const item = items[0] ?? { number: 0, version: 0 };
    return { items, did: "Severity calibrated", guess: () => ({}), call: () => desk.actions.calibrateFinding({ environment: desk.environment, ...item, calibrated: draft.severity, reason: draft.reason.trim() }) };
  }));

  return (
    <Dialog
      title="Calibrate severity" aside={subjectOf(rows.slice(0, 1))} onClose={onClose} onKeyDown={send.onKeyDown} width={480}
      footer={<SendFooter hint="Logged with its reason" label="Set" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <fieldset className="mb-3.5">
        <legend className="mb-1.5 text-ink-2">The scanner says {row ? SEVERITY_LABELS[row.severity.technical].toLowerCase() : "nothing"}. For this environment it is:</legend>
        {SEVERITIES.map((severity) => (
          <label key={severity} className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover">
            <input type="radio" name="severity" className="accent-(--accent)" checked={draft.severity === severity} data-autofocus={draft.severity === severity || undefined} onChange={() => setDraft({ ...draft, severity })} />
            <span aria-hidden><SeverityMark severity={severity} /></span>{SEVERITY_LABELS[severity]}
          </label>
        ))}
      </fieldset>
      <Field label="Reason" required error={send.tried ? fault : undefined}>
        {(wires) => <Textarea {...wires} maxLength={4000} value={draft.reason} onChange={(event) => setDraft({ ...draft, reason: event.target.value })} />}
      </Field>
    </Dialog>
  );
}
