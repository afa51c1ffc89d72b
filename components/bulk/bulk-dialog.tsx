"use client";
import { useState, type KeyboardEvent } from "react";
import { rememberAct } from "@/components/alerts/acts";
import type { Command } from "@/components/alerts/commands";
import { forgetDeed } from "@/components/alerts/use-line";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Moment } from "@/components/ui/moment";
import { previewBulk } from "@/lib/actions/bulks";
import { CONFIRM_ABOVE } from "@/lib/domain/bulk/words";
import type { BulkRecord } from "@/lib/domain/records/bulk";
import type { Refusal, Result } from "@/lib/domain/refusal";
import type { AlertsPage } from "@/lib/domain/views/alerts";
import type { BulkChoice } from "@/lib/domain/views/bulk";
import { beginBulk } from "./begin-bulk";
import { bulkDraft, bulkTerms, draftFault, type BulkDraft } from "./bulk-draft";
import { BulkGroups } from "./bulk-groups";
import { BulkTermsForm } from "./bulk-terms";
import { tellBulks } from "./bulk-news";

type Props = { page: AlertsPage; choice: BulkChoice; subject: string; command: Command | null; onClose: () => void; onStarted: () => void };
type State = { draft: BulkDraft; shown: BulkRecord | null; typed: string; busy: boolean; fault: string | null };

function faultOf(refusal: Refusal): string {
  const faults = (refusal.errors ?? []).map(({ message }) => message);
  return [...new Set([...(faults.length > 0 ? faults : [refusal.message]), refusal.next ?? ""])].filter(Boolean).join(" ");
}

const SILENCE = "Docket did not answer. Check your connection and try again.";

/** State and deeds of the dialog: first what is to be done, then what it would do, then the number. */
function useBulk({ page, choice, command, onClose, onStarted }: Props) {
  const environment = page.environment.number;
  const [state, setState] = useState<State>(() => ({ draft: bulkDraft(page.now, page.me.id, page.policy.maxAcceptanceDays, command), shown: null, typed: "", busy: false, fault: null }));
  const terms = bulkTerms(state.draft, page.now, page.policy.maxAcceptanceDays);
  const total = state.shown?.total ?? 0;
  const asksNumber = total > CONFIRM_ABOVE;
  const changes = (state.shown?.groups ?? []).filter(({ code }) => code === "changes" || code === "approval").reduce((sum, { n }) => sum + n, 0);

  async function ask<T>(call: () => Promise<Result<T>>, done: (value: T) => void) {
    if (state.busy) return;
    setState((before) => ({ ...before, busy: true, fault: null }));
    const answer = await call().catch(() => null);
    setState((before) => ({ ...before, busy: false, fault: answer === null ? SILENCE : answer.ok ? null : faultOf(answer.refusal) }));
    if (answer?.ok) done(answer.value);
  }
  function show() {
    const fault = draftFault(state.draft, terms);
    if (!terms || fault) return setState((before) => ({ ...before, fault }));
    void ask(() => previewBulk({ environment, action: terms, ...choice }), (shown) => setState((before) => ({ ...before, shown, typed: "" })));
  }
  function start() {
    const { shown, typed } = state;
    if (!shown || changes === 0) return;
    if (asksNumber && typed.replace(/[\s,.]/g, "") !== String(total)) return setState((before) => ({ ...before, fault: `Type ${total} to go on.` }));
    void ask(() => beginBulk({ environment, bulk: shown.id, confirm: total }), ({ id }) => { rememberAct(environment, { kind: "began", bulk: id }); forgetDeed(environment); tellBulks(); onStarted(); onClose(); });
  }
  const set = (part: Partial<BulkDraft>) => setState((before) => ({ ...before, draft: { ...before.draft, ...part }, fault: null }));
  return { state, set, changes, asksNumber, total, environment, show, start, type: (typed: string) => setState((before) => ({ ...before, typed, fault: null })), back: () => setState((before) => ({ ...before, shown: null, fault: null })) };
}

function Shown({ bulk }: { bulk: ReturnType<typeof useBulk> }) {
  const { state, environment, total, changes, asksNumber } = bulk;
  if (!state.shown) return null;
  return (
    <div>
      <p className="mb-2" role="status"><b className="font-semibold">{changes.toLocaleString("en")} of {total.toLocaleString("en")}</b> will change; the rest is left alone, for the reasons below. The set is frozen{state.shown.as_of ? <> as of <Moment at={state.shown.as_of} look="minute" /></> : null}: what is found from now on is not part of it.</p>
      <BulkGroups record={state.shown} environment={environment} />
      {asksNumber && changes > 0 ? (
        <Field label={`Type ${total.toLocaleString("en")} to confirm`} hint="so that nothing this large happens by accident" required className="mt-3.5 max-w-72">
          {(wires) => <Input {...wires} data-autofocus inputMode="numeric" autoComplete="off" value={state.typed} onChange={(event) => bulk.type(event.target.value)} />}
        </Field>
      ) : null}
    </div>
  );
}

/** One action on all that is chosen: what, what it would do finding by finding, and only then the deed. */
export function BulkDialog(props: Props) {
  const { page, subject, onClose } = props;
  const bulk = useBulk(props);
  const { state, changes } = bulk;
  const isShown = state.shown !== null;
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (isShown) bulk.start();
    else bulk.show();
  }
  return (
    <Dialog
      title="Change many" aside={subject} onClose={onClose} onKeyDown={onKeyDown} width={640}
      footer={
        <>
          <span className="mr-auto text-xs">{isShown ? `You can undo this for ${page.policy.undoHours} hours` : "Nothing happens yet"}</span>
          {isShown ? <Button size="md" onClick={bulk.back}>Back</Button> : <Button size="md" onClick={onClose}>Cancel <Kbd>Esc</Kbd></Button>}
          <Button size="md" look="primary" loading={state.busy} disabled={isShown && changes === 0} onClick={isShown ? bulk.start : bulk.show}>
            {isShown ? `Change ${changes.toLocaleString("en")}` : "See what it does"} <Kbd inverse>Ctrl Enter</Kbd>
          </Button>
        </>
      }
    >
      {isShown ? <Shown bulk={bulk} /> : <BulkTermsForm draft={state.draft} set={bulk.set} people={page.people} me={page.me} policy={page.policy} now={page.now} />}
      {state.fault ? <p role="alert" className="mt-3 text-danger">{state.fault}</p> : null}
    </Dialog>
  );
}
