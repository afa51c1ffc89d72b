"use client";
import { Button } from "@/components/ui/button";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { Moment } from "@/components/ui/moment";
import { connectorRule, type SettingField } from "@/lib/domain/connector/kinds";
import type { ConnectorView } from "@/lib/domain/views/connectors";
import { fieldsOf, needsSecret, type ConnectorDraft } from "./connector-draft";
import { PairsField } from "./pairs-field";

export type FormProps = { draft: ConnectorDraft; connector: ConnectorView | null; faults: Readonly<Record<string, string>>; onDraft: (draft: ConnectorDraft) => void };

/** The secret goes in and is never shown again; another address asks for it anew. */
function SecretField({ draft, connector, faults, onDraft }: FormProps) {
  const rule = connectorRule(draft.kind).secret;
  if (!rule) return null;
  const isMoved = connector?.hasSecret === true && needsSecret(draft, connector);
  if (draft.secret === null && !isMoved && !faults.secret) {
    return (
      <div>
        <p className="mb-1 font-medium">{rule.label}</p>
        <p className="flex min-h-8 items-center gap-2 text-ink-2"><span>Set{connector?.secretAt ? <> on <Moment at={connector.secretAt} look="day" /></> : null}, and never shown again</span> <Button size="xs" onClick={() => onDraft({ ...draft, secret: "" })}>Replace…</Button></p>
      </div>
    );
  }
  return (
    <Field label={rule.label} required={!rule.optional} hint={isMoved ? "another address: give it anew" : undefined} error={faults.secret}>
      {(wires) => <Input {...wires} type="password" autoComplete="new-password" maxLength={4_000} value={draft.secret ?? ""} onChange={(event) => onDraft({ ...draft, secret: event.target.value })} />}
    </Field>
  );
}

function TextSetting({ field, draft, faults, onDraft }: FormProps & { field: SettingField }) {
  const text = draft.texts[field.key] ?? "";
  const type = (said: string) => onDraft({ ...draft, texts: { ...draft.texts, [field.key]: said } });
  return (
    <Field label={field.label} required={field.required} hint={field.help} error={faults[field.key]} className={field.kind === "address" || field.kind === "multiline" ? "col-span-full" : undefined}>
      {(wires) => {
        if (field.kind === "choice") return <Select {...wires} value={text} onChange={(event) => type(event.target.value)}>{(field.choices ?? []).map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</Select>;
        if (field.kind === "multiline") return <Textarea {...wires} placeholder={field.placeholder} value={text} onChange={(event) => type(event.target.value)} />;
        return <Input {...wires} type={field.kind === "address" ? "url" : "text"} placeholder={field.placeholder} value={text} onChange={(event) => type(event.target.value)} />;
      }}
    </Field>
  );
}

/** The settings of a kind as its plug-in asks for them, its secret, and how long its search lags behind. */
export function ConnectorFields(props: FormProps) {
  const { draft, faults, onDraft } = props;
  const fields = fieldsOf(draft.kind);
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 max-sm:grid-cols-1">
      {fields.filter(({ kind }) => kind !== "pairs").map((field) => <TextSetting key={field.key} field={field} {...props} />)}
      <SecretField {...props} />
      {connectorRule(draft.kind).isSearched ? (
        <Field label="Its search lags" hint="seconds until a new ticket is found there" error={faults.lagSeconds}>
          {(wires) => <Input {...wires} type="number" min={0} max={3_600} value={draft.lag} onChange={(event) => onDraft({ ...draft, lag: event.target.value })} />}
        </Field>
      ) : null}
      {fields.filter(({ kind }) => kind === "pairs").map(({ key, label, help }) => (
        <PairsField key={key} label={label} help={help} error={faults[key]} pairs={draft.pairs[key] ?? []} onPairs={(pairs) => onDraft({ ...draft, pairs: { ...draft.pairs, [key]: pairs } })} />
      ))}
      <label className="col-span-full flex items-center gap-2"><input type="checkbox" checked={draft.enabled} onChange={(event) => onDraft({ ...draft, enabled: event.target.checked })} className="accent-(--accent)" />On: tickets are sent. Switched off, they wait.</label>
    </div>
  );
}
