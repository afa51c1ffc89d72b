"use client";
import { useRouter } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { SeverityMark } from "@/components/finding/marks";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import type { MergeOffer, TicketDetail } from "@/lib/domain/views/tickets";
import { Merged } from "./merge-outcome";
import { useAttempt } from "./use-attempt";
import type { TicketDoing } from "./use-ticket";

const PAUSE_MS = 200;

/** Open tickets that another may be merged with, for what is typed: those with the same findings first, then as they were changed. */
function useOthers({ environment, ticket: { number: ticket }, actions: { mergeOffers } }: TicketDoing, search: string) {
  const [found, setFound] = useState<{ search: string; others: readonly MergeOffer[] | null; failed: boolean }>({ search: "", others: null, failed: false });
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      void mergeOffers({ environment, ticket, search }).catch(() => null).then((answer) => {
        if (!isOver) setFound({ search, others: answer?.ok ? answer.value : null, failed: !answer?.ok });
      });
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [environment, mergeOffers, search, ticket]);
  return { others: found.others ?? [], isAsking: found.search !== search || (found.others === null && !found.failed), failed: found.failed };
}

/** All of the chosen ticket; null while it is read, and where it could not be. */
function useOther({ environment, actions: { loadTicket } }: TicketDoing, number: number | null) {
  const [read, setRead] = useState<{ number: number; ticket: TicketDetail | null } | null>(null);
  useEffect(() => {
    if (number === null) return undefined;
    let isOver = false;
    void loadTicket({ environment, number }).catch(() => null).then((answer) => { if (!isOver) setRead({ number, ticket: answer?.ok ? answer.value.ticket : null }); });
    return () => { isOver = true; };
  }, [environment, loadTicket, number]);
  const here = read?.number === number ? read : null;
  return { other: here?.ticket ?? null, failed: here !== null && here.ticket === null };
}

type ChoiceProps = { doing: TicketDoing; chosen: number | null; error: string | null; onChoose: (number: number) => void };

/** Which other one: by its number, its title or its key. */
function Choice({ doing, chosen, error, onChoose }: ChoiceProps) {
  const id = useId();
  const [search, setSearch] = useState("");
  const { others, isAsking, failed } = useOthers(doing, search.trim());
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 font-medium">Which other ticket?</legend>
      <Input data-autofocus aria-label="Search open tickets" aria-invalid={error ? true : undefined} placeholder="T-12, words of its title, its key over there…" maxLength={300} value={search} onChange={(event) => setSearch(event.target.value)} />
      <ul aria-label="Open tickets" aria-busy={isAsking} className="mt-1.5 max-h-44 min-h-8 overflow-y-auto rounded-lg border border-line">
        {others.map(({ number, title, severity, findingCount, shared }) => (
          <li key={number} className="border-b border-line last:border-b-0">
            <label className="flex min-h-8 cursor-pointer items-center gap-2 px-2.5 py-1 hover:bg-hover">
              <input type="radio" name={id} checked={chosen === number} onChange={() => onChoose(number)} className="shrink-0 accent-(--accent)" />
              <SeverityMark severity={severity} />
              <span className="min-w-0 flex-1 truncate" title={title}><span className="text-xs text-ink-3">T-{number}</span> {title}</span>
              <span className="text-xs whitespace-nowrap text-ink-3">{findingCount.toLocaleString("en")} {findingCount === 1 ? "finding" : "findings"}{shared > 0 ? `, ${shared.toLocaleString("en")} of them here too` : ""}</span>
            </label>
          </li>
        ))}
        {others.length === 0 ? <li role="status" className="px-2.5 py-1.5 text-ink-3">{failed ? "Docket did not answer. Type again to ask once more." : isAsking ? "Looking…" : "No other open ticket matches."}</li> : null}
      </ul>
      {error ? <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-danger">{error}</p> : null}
    </fieldset>
  );
}

/** Merges the ticket with another: which, which of the two survives, and why. */
export function MergeDialog({ doing, onClose }: { doing: TicketDoing; onClose: () => void }) {
  const router = useRouter();
  const { environment, ticket, actions } = doing;
  const [draft, setDraft] = useState<{ other: number | null; intoOther: boolean; note: string }>({ other: null, intoOther: false, note: "" });
  const { refused, attempt, clear } = useAttempt(doing, onClose);
  const { other, failed } = useOther(doing, draft.other);
  const isMissing = draft.note.trim() === "";
  const [into, from] = draft.intoOther ? [other, ticket] : [ticket, other];
  const send = useSend(into !== null && from !== null && !isMissing, () => attempt(
    () => actions.mergeTickets({ environment, into: into?.number ?? 0, version: into?.version ?? 0, from: [{ number: from?.number ?? 0, version: from?.version ?? 0 }], note: draft.note.trim() }),
    () => toast({ tone: "plain", title: `T-${from?.number} went into T-${into?.number}`, stays: 12_000, ...(into === ticket ? {} : { leads: true, action: { label: `Open T-${into?.number}`, onClick: () => router.push(`/e/${environment}/tickets/${into?.number}`) } }) }),
  ));
  const choose = (part: Partial<typeof draft>) => { setDraft({ ...draft, ...part }); clear(); };
  return (
    <Dialog
      title="Merge tickets" aside={`T-${ticket.number}`} onClose={onClose} onKeyDown={send.onKeyDown} width={680}
      footer={<SendFooter hint="The closed one cannot be reopened on its own" label="Merge" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Choice doing={doing} chosen={draft.other} error={refused ?? (send.tried && draft.other === null ? "Choose the other ticket." : null)} onChoose={(number) => choose({ other: number })} />
      {failed ? <p role="alert" className="mt-3 text-danger">T-{draft.other} could not be read. Choose another one, or this one once more.</p> : draft.other === null ? null : <Merged mine={ticket} other={other} intoOther={draft.intoOther} onChoose={(intoOther) => choose({ intoOther })} />}
      <Field label="Reason" hint="the log keeps it; a tracker is told" required error={send.tried && isMissing ? "Say why they are one piece of work." : null} className="mt-3.5">
        {(wires) => <Textarea {...wires} maxLength={3900} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />}
      </Field>
    </Dialog>
  );
}
