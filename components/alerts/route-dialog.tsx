"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { ROUTE_LABELS, ROUTES, type Route } from "@/lib/domain/finding/words";
import { ROUTE_MEANS } from "@/lib/domain/route/means";
import { exclusionOf } from "@/lib/domain/ticket/grouping";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { Choice } from "./choice";
import { route } from "./deeds";
import { HelpLink, SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

/** What the screen knows of what keeps a finding from this route; the rest (calibrated, owned, an asset that goes) the server says. */
function lackOf({ governance, severity, route: standing }: FindingRow, to: Route): string | null {
  if (standing === to) return "it is so already";
  if (to === "record_only") return null;
  const excluded = exclusionOf({ governance, severity: severity.calibrated, decommissionOn: null });
  if (excluded !== null) return `it ${excluded}: it can only stay on record`;
  return to !== "paused" && (governance === "open" || governance === "reopened") ? "nobody has triaged it yet" : null;
}

/** How the work on the chosen findings is handed over. Neither response nor clocks change. */
export function RouteDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const [draft, setDraft] = useState<{ to: Route; reason: string }>({ to: rows[0]?.route ?? "ticket", reason: "" });
  const fault = draft.reason.trim() ? undefined : "Say why, for whoever reads the log.";
  const skips = rows.map((row) => ({ row, why: lackOf(row, draft.to) ?? "" })).filter(({ why }) => why !== "");
  const send = useSend(!fault && skips.length < rows.length, () => onSubmit((fresh) => route(desk, fresh.filter((row) => lackOf(row, draft.to) === null), draft.to, draft.reason.trim())));
  return (
    <Dialog
      title="Route" aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={560}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label="Route" sending={send.sending} disabled={skips.length === rows.length} onCancel={onClose} onSend={send.submit} />}
    >
      <fieldset className="mb-3">
        <legend className="pb-1.5 text-ink-2">How is the work on {rows.length === 1 ? "it" : "them"} handed over?</legend>
        {ROUTES.map((to) => <Choice key={to} name="route" label={ROUTE_LABELS[to]} means={ROUTE_MEANS[to]} isOn={draft.to === to} onChoose={() => setDraft({ ...draft, to })} />)}
      </fieldset>
      <Field label="Reason" required error={send.tried ? fault : undefined}>
        {(wires) => <Textarea {...wires} maxLength={4000} rows={2} value={draft.reason} onChange={(event) => setDraft({ ...draft, reason: event.target.value })} />}
      </Field>
      <WillDo skips={skips}>The response stays as it is, and nothing is sent yet. What is not calibrated or owned comes back and says so. <HelpLink environment={desk.environment} topic="routes">What is a route?</HelpLink></WillDo>
    </Dialog>
  );
}
