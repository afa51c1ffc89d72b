"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { DRIFT_FIELDS, DRIFT_LABELS, driftDeeds } from "@/lib/domain/ticket/drift";
import type { DriftView } from "@/lib/domain/views/tickets";
import type { TicketDoing } from "./use-ticket";

type Props = { drift: DriftView; doing: TicketDoing };

/** What may be done about this difference; to let it be asks why. */
function Deeds({ drift: { field: name }, doing: { actions, environment, ticket, run, isBusy } }: Props) {
  const [reason, setReason] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const field = DRIFT_FIELDS.find((each) => each === name);
  if (!field) return null;
  const { acceptDrift: accept, pushBack: push, recordDrift: record } = actions;
  const may = driftDeeds(field, ticket.destination);
  const asked = { environment, ticket: ticket.number, field };
  const note = reason?.trim() ?? "";
  if (record && reason !== null) return (
    <form className="mt-1.5" onSubmit={(event) => { event.preventDefault(); setTried(true); if (note !== "") void run(() => record({ ...asked, note })); }}>
      <Field label="Why both stay" required error={isTried && note === "" ? "Say why both stay." : null}>{(wires) => <Input {...wires} autoFocus maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      <span className="mt-1.5 flex gap-1.5"><Button size="xs" type="submit" aria-disabled={isBusy}>Keep both</Button><Button size="xs" look="quiet" onClick={() => setReason(null)}>Cancel</Button></span>
    </form>
  );
  return (
    <span className="mt-1 flex flex-wrap gap-1.5">
      {accept && may.includes("accept") ? <Button size="xs" aria-disabled={isBusy} onClick={() => void run(() => accept(asked))}>Take theirs</Button> : null}
      {push && may.includes("push") ? <Button size="xs" aria-disabled={isBusy} onClick={() => void run(() => push(asked))}>Send ours again</Button> : null}
      {record ? <Button size="xs" onClick={() => setReason("")}>Keep both…</Button> : null}
    </span>
  );
}

/** One difference: how it stands here, what was sent, how it stands there, and what may be done about it. */
export function Drift({ drift, doing }: Props) {
  const field = DRIFT_FIELDS.find((each) => each === drift.field);
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <b className="font-medium">{field ? DRIFT_LABELS[field] : drift.field}</b>
      <dl className="grid grid-cols-[52px_minmax(0,1fr)] gap-x-2 text-xs text-ink-2 [&_dd]:break-words [&_dt]:text-ink-3"><dt>here</dt><dd>{drift.ours ?? "none"}</dd><dt>sent</dt><dd>{drift.sent ?? "none"}</dd><dt>there</dt><dd className="text-ink">{drift.theirs ?? "none"}</dd></dl>
      {doing.mayWrite ? <Deeds drift={drift} doing={doing} /> : null}
    </li>
  );
}
