"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { can } from "@/lib/domain/access/can";
import type { ScansPage } from "@/lib/domain/views/scans";
import type { Draft } from "./import-draft";

const SCOPES = {
  "": { label: "Full, where the report shows that it is complete", means: "CSV and JSON Lines do not: they count as partial" },
  full: { label: "Full", means: "what it no longer sees on its assets becomes “not detected”" },
  partial: { label: "Partial", means: "only what you name below can become “not detected”" },
} as const satisfies Record<Draft["scope"], { label: string; means: string }>;

const THEN = {
  preview: { label: "Show me first", means: "Nothing is changed until somebody applies what is shown." },
  apply: { label: "Apply at once", means: "The brake holds it all the same when too much would vanish." },
} as const satisfies Record<Draft["then"], { label: string; means: string }>;

const scopeNamed = (text: string): Draft["scope"] => (text === "full" || text === "partial" ? text : "");

type Props = { draft: Draft; page: ScansPage; tried: boolean; onChange: (part: Partial<Draft>) => void };

/** What a partial scan looked for; commas part the words. */
function Looked({ draft, onChange }: Pick<Props, "draft" | "onChange">) {
  const fields = [
    { name: "rules", label: "Rules", placeholder: "rule-1, rule-2" }, { name: "paths", label: "Paths", placeholder: "src/login, src/search" }, { name: "findings", label: "Findings", placeholder: "F-42, F-57" },
  ] as const;
  return (
    <fieldset className="col-span-full grid grid-cols-3 gap-3 max-sm:grid-cols-1">
      <legend className="mb-1 text-xs text-ink-3">What it looked for, parted by commas. What is named and not seen becomes “not detected”.</legend>
      {fields.map(({ name, label, placeholder }) => <Field key={name} label={label}>{(wires) => <Input {...wires} maxLength={4_000} placeholder={placeholder} value={draft[name]} onChange={(event) => onChange({ [name]: event.target.value })} />}</Field>)}
    </fieldset>
  );
}

function Then({ draft, page, tried, onChange }: Props) {
  const isManager = can(page.me.role, "scan.release");
  const { brakePercent, brakeLeast } = page.imports;
  return (
    <>
      <fieldset className="col-span-full">
        <legend className="mb-1 font-medium">What happens then</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          {(["preview", "apply"] as const).map((then) => (
            <label key={then} className="flex items-baseline gap-2"><input type="radio" name="then" className="accent-accent" checked={draft.then === then} onChange={() => onChange({ then })} /><span>{THEN[then].label} <span className="text-xs text-ink-3">{THEN[then].means}</span></span></label>
          ))}
        </div>
      </fieldset>
      {isManager ? (
        <div className="col-span-full">
          <label className="flex flex-wrap items-center gap-x-2"><Checkbox label="Do not hold it back" checked={draft.unbraked} onChange={(event) => onChange({ unbraked: event.target.checked })} /> Do not hold it back <span className="text-xs text-ink-3">else it waits when more than {brakePercent} % and at least {brakeLeast} of an asset&apos;s findings would vanish</span></label>
          {draft.unbraked ? <Field label="Note" required hint="why so much may vanish; the log keeps it" className="mt-2" error={tried && draft.note.trim() === "" ? "Say why the brake is switched off." : null}>{(wires) => <Textarea {...wires} maxLength={2_000} value={draft.note} onChange={(event) => onChange({ note: event.target.value })} />}</Field> : null}
        </div>
      ) : null}
    </>
  );
}

/** What is said about a report before it is sent. */
export function ImportTerms({ draft, page, tried, onChange }: Props) {
  const assets = page.assets.slice(0, 200);
  return (
    <div className="mt-3 grid grid-cols-2 items-start gap-3 max-sm:grid-cols-1">
      <Field label="Asset" hint={draft.assetTakesAll ? "takes all results" : "for results that name no host"}>
        {(wires) => <><Input {...wires} list="known-assets" maxLength={300} placeholder="as the report says" value={draft.asset} onChange={(event) => onChange({ asset: event.target.value })} /><datalist id="known-assets">{assets.map((asset) => <option key={asset} value={asset} />)}</datalist></>}
      </Field>
      <Field label="Detector" hint="if the report does not name it, or to keep two analyses of one tool apart: npm-audit (till)">
        {(wires) => <Input {...wires} maxLength={100} placeholder="as the report says" value={draft.detector} onChange={(event) => onChange({ detector: event.target.value })} />}
      </Field>
      {draft.asset.trim() === "" ? null : <label className="col-span-full -mt-1 flex items-center gap-2"><Checkbox label="All its results belong to this asset" checked={draft.assetTakesAll} onChange={(event) => onChange({ assetTakesAll: event.target.checked })} /> All its results belong to this asset, also those that name another</label>}
      <Field label="Scope" hint={SCOPES[draft.scope].means}>
        {(wires) => <Select {...wires} value={draft.scope} onChange={(event) => onChange({ scope: scopeNamed(event.target.value) })}>{Object.entries(SCOPES).map(([scope, { label }]) => <option key={scope} value={scope}>{label}</option>)}</Select>}
      </Field>
      <Field label="Format" hint="told by its content">
        {(wires) => <Select {...wires} value={draft.format} onChange={(event) => onChange({ format: event.target.value, mapping: null })}><option value="auto">Recognise it</option>{page.formats.map((each) => <option key={each.format} value={each.format}>{each.label}</option>)}</Select>}
      </Field>
      <Field label="Taken" hint="if the report does not say when; else it counts as taken now">
        {(wires) => <Input {...wires} type="datetime-local" value={draft.takenAt} onChange={(event) => onChange({ takenAt: event.target.value })} />}
      </Field>
      {draft.scope === "partial" ? <Looked draft={draft} onChange={onChange} /> : null}
      <Then draft={draft} page={page} tried={tried} onChange={onChange} />
    </div>
  );
}
