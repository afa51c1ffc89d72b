"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { findings } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/states";
import { toast } from "@/components/ui/toast";
import type { LinkOffers } from "@/lib/domain/views/tickets";
import { askedIn, countOf, faultsOf, sorted, type AddDraft } from "./add-draft";
import { FindingPicks } from "./finding-picks";
import { refusalWords } from "./ticket-news";
import { useAttempt } from "./use-attempt";
import type { TicketDoing } from "./use-ticket";

const PAUSE_MS = 200;
const SILENCE = "Docket did not answer. Check your connection; the offers come with the next change.";

type Offered = { asked: string; offers: LinkOffers | null; fault: string | null };

const NONE: LinkOffers = { findings: [], missing: [] };

/** What is alike, until it was answered once; or what is named, asked soon after the numbers changed. */
function useAnswer({ environment, ticket: { number: ticket }, actions: { linkOffers } }: TicketDoing, numbers: readonly number[], alike: boolean): Offered & { isAsking: boolean } {
  const asked = numbers.join(" ");
  const [answered, setAnswered] = useState<Offered>({ asked: "none yet", offers: null, fault: null });
  const isKnown = alike ? answered.offers !== null : asked === "";
  useEffect(() => {
    if (isKnown) return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      void linkOffers({ environment, ticket, named: alike ? [] : asked.split(" ").map(Number), alike }).catch(() => null).then((answer) => {
        if (!isOver) setAnswered((before) => (answer?.ok ? { asked, offers: answer.value, fault: null } : { asked, offers: before.offers, fault: answer ? refusalWords(answer.refusal) : SILENCE }));
      });
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [alike, asked, environment, isKnown, linkOffers, ticket]);
  return isKnown ? { asked, offers: alike ? answered.offers : NONE, fault: null, isAsking: false } : { ...answered, isAsking: answered.asked !== asked };
}

/** What is named and what is alike, as one. */
function useOffers(doing: TicketDoing, numbers: readonly number[]): Offered & { isAsking: boolean } {
  const [alike, named] = [useAnswer(doing, numbers, true), useAnswer(doing, numbers, false)];
  const isOff = named.offers === null || (alike.offers === null && alike.fault === null);
  const first = named.offers ?? NONE;
  const rest = (alike.offers ?? NONE).findings.filter(({ number }) => !first.findings.some((each) => each.number === number));
  return { asked: named.asked, fault: named.fault ?? alike.fault, isAsking: named.isAsking || alike.isAsking, offers: isOff ? null : { ...first, findings: [...first.findings, ...rest] } };
}

type WillProps = { doing: TicketDoing; draft: AddDraft; set: (part: Partial<AddDraft>) => void; offered: Offered & { isAsking: boolean }; faults: ReturnType<typeof faultsOf> };

/** What will be put on it and what stands in the way, before anything happens; to insist asks why. */
function WillAdd({ doing: { ticket, environment }, draft, set, offered, faults }: WillProps) {
  const { here, rivals, missing } = sorted(draft, offered.offers);
  const count = countOf(draft, offered.offers);
  return (
    <section aria-label="What will be added" aria-busy={offered.isAsking} className="mt-3.5 rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2">
      <p role="status"><b className="font-medium text-ink">{count <= 0 ? "Nothing will be added." : `${findings(count)} will be added to T-${ticket.number}.`}</b> {count > 0 && ticket.external ? "The tracker is told." : ""}</p>
      <ul className="text-xs">
        {missing.map((number) => <li key={number}>There is no finding F-{number} here.</li>)}
        {here.map((number) => <li key={number}>F-{number} is on it already and is left out.</li>)}
        {rivals.map(({ number, ticket: other }) => <li key={number}>F-{number} has an open ticket already: <Link href={`/e/${environment}/tickets/${other}`} prefetch={false} className="text-accent underline">T-{other}</Link>. {draft.insist ? "It will be on both." : "Merging the two tickets may be what is meant."}</li>)}
      </ul>
      {rivals.length > 0 || draft.insist ? (
        <>
          <label className="mt-2 flex cursor-pointer items-start gap-2"><input type="checkbox" checked={draft.insist} aria-invalid={faults.insist ? true : undefined} onChange={(event) => set({ insist: event.target.checked })} className="mt-[3px] accent-(--accent)" /><span>A second open ticket is meant</span></label>
          {faults.insist ? <p role="alert" className="mt-1 text-xs text-danger">{faults.insist}</p> : null}
        </>
      ) : null}
      {draft.insist ? <Field label="Why" hint="the log of both keeps it" required error={faults.note} className="mt-2">{(wires) => <Input {...wires} maxLength={4000} value={draft.note} onChange={(event) => set({ note: event.target.value })} />}</Field> : null}
    </section>
  );
}

/** Puts more findings on the ticket: by their numbers, or from the open ones of the rules that it is about. */
export function AddDialog({ doing, onClose }: { doing: TicketDoing; onClose: () => void }) {
  const { environment, ticket, actions } = doing;
  const [draft, setDraft] = useState<AddDraft>({ text: "", ticked: new Set(), insist: false, note: "" });
  const offered = useOffers(doing, askedIn(draft.text));
  const { refused, attempt, clear } = useAttempt(doing, onClose);
  const set = (part: Partial<AddDraft>) => { setDraft((before) => ({ ...before, ...part })); clear(); };
  const known = offered.isAsking ? null : offered.offers;
  const found = faultsOf(draft, known);
  const { added } = sorted(draft, known);
  const count = countOf(draft, known);
  const send = useSend(Object.keys(found).length === 0, () => attempt(
    () => actions.linkFindings({ environment, ticket: ticket.number, version: ticket.version, findings: added, ...(draft.insist ? { insist: true, note: draft.note.trim() } : {}) }),
    () => toast({ tone: "plain", title: `On T-${ticket.number} now: ${findings(added.length)}`, stays: 7_000 }),
  ));
  const faults = send.tried ? found : {};
  const alike = (offered.offers?.findings ?? []).filter(({ isNamed }) => !isNamed);
  return (
    <Dialog
      title="Add findings" aside={`T-${ticket.number}`} onClose={onClose} onKeyDown={send.onKeyDown}
      footer={<SendFooter hint="Findings keep their decisions" label={count > 1 ? `Add ${findings(count)}` : "Add"} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Numbers" hint="as in F-42, F-57" error={refused ?? offered.fault ?? faults.text} className="mb-3.5">{(wires) => <Input {...wires} data-autofocus value={draft.text} onChange={(event) => set({ text: event.target.value })} />}</Field>
      {offered.offers === null && offered.fault === null ? <div role="status" aria-label="Looking for findings of the same rule" className="space-y-2 py-1"><Skeleton className="h-3 w-40" /><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-3/5" /></div> : null}
      {alike.length > 0 ? <FindingPicks legend="Open findings of the same rule" findings={alike.map((each) => ({ ...each, aside: each.ticket === null ? each.asset : `on T-${each.ticket}` }))} chosen={draft.ticked} onChange={(ticked) => set({ ticked })} /> : null}
      {offered.offers !== null && alike.length === 0 ? <p className="text-ink-3">No other open finding has the same rule.</p> : null}
      <WillAdd doing={doing} draft={draft} set={set} offered={offered} faults={faults} />
    </Dialog>
  );
}
