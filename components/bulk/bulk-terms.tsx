"use client";
import { DISPOSITIONS } from "@/components/alerts/dispositions";
import { EvidenceFields } from "@/components/alerts/evidence-fields";
import { dayAfter } from "@/components/alerts/dialog-parts";
import type { CloseDraft } from "@/components/alerts/close-draft";
import { useModuleWords } from "@/components/module/module-context";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { reasonRule } from "@/lib/domain/finding/close-reason";
import { RESPONSES, ROUTE_LABELS, ROUTES, SEVERITIES, SEVERITY_LABELS } from "@/lib/domain/finding/words";
import { STATEFUL } from "@/lib/domain/module/table";
import type { QueuePolicy } from "@/lib/domain/views/alerts";
import type { PersonView } from "@/lib/domain/views/shell";
import { asksWhy, responseIn, routeIn, severityIn, stateIn, type BulkDraft } from "./bulk-draft";

type Props = { draft: BulkDraft; set: (part: Partial<BulkDraft>) => void; people: readonly PersonView[]; me: PersonView; policy: QueuePolicy; now: string };

/** What a closure asks for beside its note. */
function Closing({ draft, set, policy, now }: Pick<Props, "draft" | "set" | "policy" | "now">) {
  const close = draft.close;
  const change = (part: Partial<CloseDraft>) => set({ close: { ...close, ...part } });
  const rule = reasonRule(close.reason);
  return (
    <>
      <Field label="Reason" hint={DISPOSITIONS.find((each) => each.reason === close.reason)?.means}>
        {(wires) => (
          <Select {...wires} value={close.reason} onChange={(event) => change({ reason: DISPOSITIONS.find((each) => each.reason === event.target.value)?.reason ?? "patched" })}>
            {DISPOSITIONS.map((each) => <option key={each.reason} value={each.reason}>{each.label}</option>)}
          </Select>
        )}
      </Field>
      {close.reason === "duplicate" ? <Field label="Duplicate of" hint="its number, as in F-42" required>{(wires) => <Input {...wires} placeholder="F-42" value={close.duplicateOf} onChange={(event) => change({ duplicateOf: event.target.value })} />}</Field> : null}
      {rule.followUp ? <Field label={close.reason === "mitigated" ? "Review on" : "Follow up on"} required>{(wires) => <Input {...wires} type="date" min={dayAfter(now, 1)} value={close.followUpOn} onChange={(event) => change({ followUpOn: event.target.value })} />}</Field> : null}
      {rule.evidence ? <div className="sm:col-span-2"><EvidenceFields draft={close.proof} onChange={(proof) => change({ proof })} canClaim accepted={policy.acceptedEvidence} hint="optional; where the policy asks for it, findings without are listed before anything happens" errors={{}} /></div> : null}
    </>
  );
}

/** One action of several parts: each may stay as it is. */
export function BulkTermsForm({ draft, set, people, me, policy, now }: Props) {
  const words = useModuleWords();
  return (
    <div className="grid gap-3.5 sm:grid-cols-2">
      <Field label="Response">
        {(wires) => (
          <Select {...wires} data-autofocus value={draft.response} onChange={(event) => set({ response: responseIn(event.target.value) })}>
            <option value="">Leave as it is</option>
            {RESPONSES.map((each) => <option key={each} value={each}>{words.response(each)}</option>)}
            <option value="keep">Keep the decision: answers re-reviews</option>
          </Select>
        )}
      </Field>
      {draft.response === "closed" ? <Closing draft={draft} set={set} policy={policy} now={now} /> : null}
      {draft.response === "accepted_risk" ? <Field label="Until" hint={`at most ${policy.maxAcceptanceDays} days`} required>{(wires) => <Input {...wires} type="date" min={dayAfter(now, 1)} max={dayAfter(now, policy.maxAcceptanceDays)} value={draft.until} onChange={(event) => set({ until: event.target.value })} />}</Field> : null}
      <Field label="Assign to">
        {(wires) => (
          <Select {...wires} value={draft.assignee} onChange={(event) => set({ assignee: event.target.value })}>
            <option value="">Leave as it is</option>
            <option value={me.id}>{me.name} (me)</option>
            <option value="none">Nobody</option>
            {people.filter((person) => person.id !== me.id).map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
          </Select>
        )}
      </Field>
      <Field label="Severity">
        {(wires) => (
          <Select {...wires} value={draft.severity} onChange={(event) => set({ severity: severityIn(event.target.value) })}>
            <option value="">Leave as it is</option>
            {SEVERITIES.map((each) => <option key={each} value={each}>{SEVERITY_LABELS[each]}</option>)}
          </Select>
        )}
      </Field>
      <Field label="Route">
        {(wires) => (
          <Select {...wires} value={draft.route} onChange={(event) => set({ route: routeIn(event.target.value) })}>
            <option value="">Leave as it is</option>
            {ROUTES.map((each) => <option key={each} value={each}>{ROUTE_LABELS[each]}</option>)}
          </Select>
        )}
      </Field>
      <Field label="State in its module" hint="others are skipped">
        {(wires) => (
          <Select {...wires} value={draft.state} onChange={(event) => set({ state: stateIn(event.target.value) })}>
            <option value="">Leave as it is</option>
            {STATEFUL.map(({ key, state }) => <optgroup key={key} label={state.label}>{state.values.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</optgroup>)}
            <option value="none">Nothing said</option>
          </Select>
        )}
      </Field>
      <Field label="Add tags" hint="commas between several">{(wires) => <Input {...wires} maxLength={300} value={draft.add} onChange={(event) => set({ add: event.target.value })} />}</Field>
      <Field label="Remove tags">{(wires) => <Input {...wires} maxLength={300} value={draft.remove} onChange={(event) => set({ remove: event.target.value })} />}</Field>
      <Field label="Note" hint="each finding keeps it in its own log entry" required={asksWhy(draft)} className="sm:col-span-2">{(wires) => <Textarea {...wires} maxLength={4000} rows={2} value={draft.note} onChange={(event) => set({ note: event.target.value })} />}</Field>
    </div>
  );
}
