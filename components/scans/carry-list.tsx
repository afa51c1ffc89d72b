"use client";
import Link from "next/link";
import { keyInBrackets } from "@/components/shell/command-registry";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce, announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { decisionWords } from "@/components/finding/carry-banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { focusPart } from "@/components/ui/focus-part";
import { Moment } from "@/components/ui/moment";
import { toast } from "@/components/ui/toast";
import type { Result } from "@/lib/domain/refusal";
import type { CarryActions } from "@/lib/domain/views/actions";
import type { CarriesView, CarryView } from "@/lib/domain/views/carry";

const SHOWN_SKIPS = 4;

type Props = { environment: number; page: CarriesView; mayDecide: boolean; actions: CarryActions };

/** Tells of an answer that is none; the value of one that is. */
function heard<T>(answer: Result<T> | null): T | null {
  if (!answer) announceSilence();
  else if (!answer.ok) announceRefusal(answer.refusal);
  return answer?.ok ? answer.value : null;
}

/** What can be done with the proposals of a scan: one, all, none of it. The page is read again after each. */
function useProposals({ environment, page, actions }: Props) {
  const router = useRouter();
  const [more, setMore] = useState<{ first: CarriesView; items: readonly CarryView[]; next: number | null; loading: boolean }>({ first: page, items: page.items, next: page.next, loading: false });
  if (more.first !== page) setMore({ first: page, items: page.items, next: page.next, loading: false });

  async function undo(actionId: string) {
    const value = heard(await actions.revertAction({ environment, actionId }).catch(() => null));
    if (value) announce("Taken back", value, null);
    router.refresh();
  }

  async function carry({ id, from, to }: CarryView) {
    const value = heard(await actions.carryDecision({ environment, items: [{ carry: id, version: to.version, fromVersion: from.version }] }).catch(() => null));
    if (value) announce(`Decision of F-${from.number} carried over`, value, (actionId) => void undo(actionId));
    if (value) focusPart("carries"); // the pressed button goes
    router.refresh();
  }

  async function dismiss({ id, from, to }: CarryView) {
    const value = heard(await actions.dismissCarry({ environment, carry: id }).catch(() => null));
    if (value) toast({ tone: "plain", title: `Noted: F-${to.number} is not F-${from.number}`, stays: 6_000 });
    if (value) focusPart("carries");
    router.refresh();
  }

  async function carryAll(): Promise<boolean> {
    const value = heard(await actions.carryAllOfScan({ environment, scan: page.scan }).catch(() => null));
    if (value) tellAll(value, (actionId) => void undo(actionId));
    router.refresh();
    return value !== null;
  }

  async function loadMore() {
    if (more.next === null || more.loading) return;
    setMore({ ...more, loading: true });
    const value = heard(await actions.loadCarries({ environment, scan: page.scan, after: more.next }).catch(() => null));
    setMore((before) => ({ ...before, loading: false, ...(value ? { items: [...before.items, ...value.items], next: value.next } : {}) }));
  }
  return { ...more, carry, dismiss, carryAll, loadMore: () => void loadMore() };
}

type Done = Extract<Awaited<ReturnType<CarryActions["carryAllOfScan"]>>, { ok: true }>["value"];

function tellAll({ changed, skipped, actionId, left }: Done, undo: (actionId: string) => void) {
  const lines = skipped.slice(0, SHOWN_SKIPS).map((each) => `F-${each.number}: ${each.why}`);
  const rest = skipped.length > SHOWN_SKIPS ? [`and ${skipped.length - SHOWN_SKIPS} more`] : [];
  const beyond = left ? ["There are more than one action takes: carry all once more."] : [];
  const title = changed === 0 ? "Nothing was carried over" : `Carried over: ${changed.toLocaleString("en")}${skipped.length > 0 ? `, ${skipped.length.toLocaleString("en")} left alone` : ""}`;
  toast({
    tone: changed === 0 ? "error" : "plain", title, description: [...lines, ...rest, ...beyond].join("\n") || undefined, stays: 12_000,
    action: changed === 0 ? undefined : { label: `Undo${keyInBrackets("action.undo")}`, onClick: () => undo(actionId) },
  });
}

/** Says what carrying all means before it happens, with the exact number. */
function AllDialog({ total, onClose, onSend }: { total: number; onClose: () => void; onSend: () => Promise<boolean> }) {
  const send = useSend(true, async () => {
    const done = await onSend();
    if (done) onClose();
    return done;
  });
  return (
    <Dialog
      title="Carry all decisions over" aside={`${total.toLocaleString("en")} ${total === 1 ? "finding" : "findings"}`} onClose={onClose} onKeyDown={send.onKeyDown} width={580}
      footer={<SendFooter hint="One action, which can be undone" label={`Carry ${total.toLocaleString("en")} over`} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <p className="text-ink-2">Each new finding takes over what was decided on the one that it looks like, as your own decision: status and reason, expiry, assignee, tags and severity. Whatever was decided meanwhile, has expired or is against the policy is left alone and named with its reason. The old findings stay as they are.</p>
    </Dialog>
  );
}

function Row({ each, environment, mayDecide, onCarry, onDismiss }: { each: CarryView; environment: number; mayDecide: boolean; onCarry: (carry: CarryView) => Promise<void>; onDismiss: (carry: CarryView) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  async function once(act: (carry: CarryView) => Promise<void>) {
    setBusy(true);
    await act(each);
    setBusy(false);
  }
  const { from, to } = each;
  const href = (number: number) => `/e/${environment}/findings/${number}`;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-72">
        <span className="block break-words"><Link href={href(to.number)} prefetch={false} className="font-medium text-accent hover:underline">F-{to.number}</Link> {to.title}</span>
        <span className="block text-xs break-words text-ink-3">{each.asset} · {to.location}</span>
        <span className="block text-xs text-ink-2">
          looks like <Link href={href(from.number)} prefetch={false} className="text-accent underline">F-{from.number}</Link> · {decisionWords(from)}{each.decidedBy ? ` · ${each.decidedBy}` : ""}{each.decidedAt ? <> · <Moment at={each.decidedAt} /></> : null}
        </span>
        <span className="block text-2xs text-ink-3">{each.why}</span>
      </div>
      {mayDecide ? (
        <span className="flex gap-1.5">
          <Button size="xs" loading={busy} onClick={() => void once(onCarry)} aria-label={`Carry the decision of F-${from.number} over to F-${to.number}`}>Carry over</Button>
          <Button size="xs" look="quiet" disabled={busy} onClick={() => void once(onDismiss)} aria-label={`F-${to.number} is not the same as F-${from.number}`}>Not the same</Button>
        </span>
      ) : null}
    </li>
  );
}

/** The decisions that a scan left behind on findings that vanished, each with the new finding that looks like it. Nothing at all where there are none. */
export function CarryList(props: Props) {
  const { environment, page, mayDecide } = props;
  const proposals = useProposals(props);
  const [asks, setAsks] = useState(false);
  if (page.total === 0) return null;
  const all = page.total.toLocaleString("en");
  return (
    <section aria-labelledby="carries" className="mt-6">
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-2">
        <h3 id="carries" tabIndex={-1} className="font-semibold focus:outline-none">{all} {page.total === 1 ? "decision" : "decisions"} may be carried over</h3>
        {mayDecide ? <Button size="sm" onClick={() => setAsks(true)}>{page.total === 1 ? "Carry it over…" : `Carry all ${all}…`}</Button> : null}
      </div>
      <p className="mb-1 text-xs text-ink-3">Decided findings that this scan no longer sees, and new ones that look like them. <Link href={`/e/${environment}/help#same-again`} className="underline hover:text-ink">How is that known?</Link></p>
      <ul>{proposals.items.map((each) => <Row key={each.id} each={each} environment={environment} mayDecide={mayDecide} onCarry={proposals.carry} onDismiss={proposals.dismiss} />)}</ul>
      {proposals.next === null ? null : <Button size="xs" look="quiet" loading={proposals.loading} onClick={proposals.loadMore} className="mt-1">More</Button>}
      {asks ? <AllDialog total={page.total} onClose={() => setAsks(false)} onSend={proposals.carryAll} /> : null}
    </section>
  );
}
