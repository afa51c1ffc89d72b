"use client";
import clsx from "clsx";
import { useState } from "react";
import { useModuleWords } from "@/components/module/module-context";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { useDate } from "@/components/ui/moment";
import { RESPONSE_LABELS } from "@/lib/domain/finding/words";
import { decide, request } from "./deeds";
import { dayAfter, endOfDay, HelpLink, SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

const PRESETS = [30, 90, 180] as const;

const DAY = 86_400_000;

function expiryFault(day: string, now: string, maxDays: number): string | undefined {
  const end = endOfDay(day);
  if (!end) return "Choose the day on which the acceptance ends.";
  if (Date.parse(end) <= Date.parse(now)) return "The day must lie in the future.";
  return Date.parse(end) > Date.parse(now) + (maxDays + 1) * DAY ? `The policy allows ${maxDays} days at most.` : undefined;
}

/** The end of the chosen day, or on the policy's last day the last moment that it allows. */
function expiryOf(day: string, now: string, maxDays: number): string | undefined {
  const end = endOfDay(day);
  return end ? new Date(Math.min(Date.parse(end), Date.parse(now) + maxDays * DAY)).toISOString() : undefined;
}

function Presets({ day, now, maxDays, onChoose }: { day: string; now: string; maxDays: number; onChoose: (day: string) => void }) {
  return (
    <div role="group" aria-label="Expires in" className="flex flex-wrap items-center gap-1.5">
      {PRESETS.filter((days) => days <= maxDays).map((days) => {
        const isOn = day === dayAfter(now, days);
        return <button key={days} type="button" data-autofocus={days === 90 || undefined} aria-pressed={isOn} onClick={() => onChoose(dayAfter(now, days))} className={clsx("rounded-lg border px-2.5 py-1.5", isOn ? "border-accent bg-accent-soft text-ink" : "border-line-strong text-ink-2 hover:bg-hover hover:text-ink")}>{days} days</button>;
      })}
    </div>
  );
}

/** A time-limited decision to live with findings: until when, and why. Renews where one stands. */
export function AcceptDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const date = useDate();
  const words = useModuleWords();
  const name = words.response("accepted_risk") === RESPONSE_LABELS.accepted_risk ? null : words.response("accepted_risk");
  const { maxAcceptanceDays, undoHours } = desk.policy;
  const [draft, setDraft] = useState({ day: dayAfter(desk.now, Math.min(90, maxAcceptanceDays)), note: "" });
  const renewals = rows.filter((row) => row.governance === "accepted_risk").length;
  const dayFault = expiryFault(draft.day, desk.now, maxAcceptanceDays);
  const noteFault = draft.note.trim() ? undefined : "Say why the team can live with it until then.";
  const expiresAt = expiryOf(draft.day, desk.now, maxAcceptanceDays);
  const asks = desk.policy.approvalRequired;
  const send = useSend(!dayFault && !noteFault, () => onSubmit((fresh) => {
    const terms = { response: "accepted_risk", reason: "risk_accepted", note: draft.note.trim(), expiresAt } as const;
    return asks ? request(desk, fresh, terms, desk.me) : decide(desk, fresh, terms, "Risk accepted");
  }));

  return (
    <Dialog
      title={name === null ? "Accept risk" : `${name}: accept the risk`} aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={540}
      footer={<SendFooter hint={`You can undo this for ${undoHours} hours`} label={asks ? "Ask for approval" : rows.length === 1 ? (name ?? "Accept risk") : `${name ?? "Accept"} ${rows.length.toLocaleString("en")}`} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <div className="flex flex-wrap items-start gap-3">
        <div><p className="mb-1 font-medium">Until <span className="text-xs font-normal text-ink-3">at most {maxAcceptanceDays} days</span></p><Presets day={draft.day} now={desk.now} maxDays={maxAcceptanceDays} onChoose={(day) => setDraft({ ...draft, day })} /></div>
        <Field label="Or on a day" error={send.tried ? dayFault : undefined}>
          {(wires) => <Input {...wires} type="date" min={dayAfter(desk.now, 1)} max={dayAfter(desk.now, maxAcceptanceDays)} value={draft.day} onChange={(event) => setDraft({ ...draft, day: event.target.value })} className="w-40" />}
        </Field>
      </div>
      <Field label="Justification" hint="an auditor will read this" required error={send.tried ? noteFault : undefined} className="mt-3.5">
        {(wires) => <Textarea {...wires} maxLength={4000} rows={3} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />}
      </Field>
      <WillDo skips={[]}>
        <b className="font-medium text-ink">{rows.length.toLocaleString("en")} will be {asks ? "put before an approver, to be " : ""}accepted{expiresAt && !dayFault ? ` until ${date(expiresAt, "day")}` : ""}.</b> {asks
          ? "The policy asks for a second pair of eyes: status and clocks stay as they are until somebody else approves."
          : "The clocks pause meanwhile; on that day each comes back to Needs Review."}
        {renewals > 0 ? ` ${renewals.toLocaleString("en")} of them ${renewals === 1 ? "is" : "are"} accepted already: this renews them, the old acceptance stays in the chain.` : ""} <HelpLink environment={desk.environment} topic="accepted-or-closed">Accepted or closed?</HelpLink>
      </WillDo>
    </Dialog>
  );
}
