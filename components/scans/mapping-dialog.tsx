"use client";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { SEVERITIES, SEVERITY_LABELS } from "@/lib/domain/finding/words";
import { MAPPED_FIELDS, type MappedField } from "@/lib/domain/scan/mapping";
import type { MappingView, ScanActions } from "@/lib/domain/views/scans";
import type { ChosenMapping } from "./import-draft";
import { draftOf, FIRST_FIELDS, guessedDraft, mappingOf, sampleOf, severityWords, withColumn, type MappingDraft, type Table } from "./mapping-draft";

const ROWS_SEEN = 5;

/** The head of the table as plain text, as it stands in the file. */
function Head({ table }: { table: Table }) {
  return (
    <div tabIndex={0} role="region" aria-label="The first rows" className="mt-1 max-h-48 overflow-auto rounded-lg border border-line bg-ground">
      <table className="w-full border-collapse text-left text-xs">
        <thead className="sticky top-0 bg-sunk"><tr>{table.columns.map((column, index) => <th key={index} scope="col" className="border-b border-line px-2 py-1 font-medium whitespace-nowrap">{column}</th>)}</tr></thead>
        <tbody>{table.rows.slice(0, ROWS_SEEN).map((cells, index) => <tr key={index}>{table.columns.map((_, at) => <td key={at} className="max-w-56 truncate border-b border-line px-2 py-1 text-ink-2" title={cells[at]}>{cells[at] ?? ""}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

type PickerProps = { table: Table; draft: MappingDraft; onDraft: (draft: MappingDraft) => void };

function Pickers({ table, draft, onDraft, fields, fault }: PickerProps & { fields: readonly { field: MappedField; label: string }[]; fault: string | null }) {
  return (
    <div className="grid grid-cols-3 gap-x-4 gap-y-2.5 max-md:grid-cols-2 max-sm:grid-cols-1">
      {fields.map(({ field, label }) => {
        const column = draft.columns[field];
        const sample = sampleOf(table, column);
        return (
          <Field key={field} label={label} required={field === "title"} error={field === "title" ? fault : null}>
            {(wires) => (
              <>
                <Select {...wires} data-autofocus={field === "title" ? true : undefined} value={column ?? ""} onChange={(event) => onDraft(withColumn(draft, table, field, event.target.value))}>
                  <option value="">not in it</option>
                  {table.columns.map((name) => <option key={name} value={name}>{name}</option>)}
                </Select>
                <span className="mt-0.5 block h-4 truncate text-2xs text-ink-3" title={sample}>{sample === "" ? "" : `“${sample}”`}</span>
              </>
            )}
          </Field>
        );
      })}
    </div>
  );
}

/** What the words of the severity column mean; one that is left alone is read as scanners use it. */
function Severities({ table, draft, onDraft }: PickerProps) {
  const words = severityWords(table, draft.columns.severity);
  if (words.length === 0) return null;
  function say(word: string, means: string) {
    const { [word]: _before, ...others } = draft.severities;
    const severity = SEVERITIES.find((one) => one === means);
    onDraft({ ...draft, severities: severity ? { ...others, [word]: severity } : others });
  }
  return (
    <fieldset className="mt-3">
      <legend className="mb-1 font-medium">What its severities mean</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {words.map((word) => (
          <label key={word} className="flex items-center gap-1.5"><span className="max-w-40 shrink-0 truncate font-mono text-xs" title={word}>{word}</span>
            <Select aria-label={`${word} means`} className="w-36" value={draft.severities[word] ?? ""} onChange={(event) => say(word, event.target.value)}><option value="">as it says</option>{SEVERITIES.map((severity) => <option key={severity} value={severity}>{SEVERITY_LABELS[severity]}</option>)}</Select>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type Props = {
  environment: number; table: Table; chosen: ChosenMapping | null; mappings: readonly MappingView[]; save: ScanActions["saveMapping"];
  onUse: (mapping: ChosenMapping, saved: MappingView | null) => void; onClose: () => void;
};

function startOf({ chosen, mappings, table }: Props): MappingDraft {
  if (chosen === null) return guessedDraft(table);
  const mapping = "mapping" in chosen ? chosen.mapping : mappings.find(({ name }) => name === chosen.name)?.mapping;
  return mapping ? draftOf(mapping, table) : guessedDraft(table);
}

/** Which column of somebody's own table is which of our fields: drawn beside its first rows, and saved under a name if they like. */
export function MappingDialog(props: Props) {
  const { environment, table, mappings, save, onUse, onClose } = props;
  const [draft, setDraft] = useState(() => startOf(props));
  const [name, setName] = useState("");
  const { mapping, fault } = mappingOf(draft);
  const under = name.trim();
  const known = mappings.find((one) => one.name === under);

  const send = useSend(mapping !== null, async () => {
    if (!mapping) return false;
    if (under === "") onUse({ mapping }, null);
    if (under === "") return true;
    const answer = await save({ environment, name: under, format: table.format, mapping, version: known?.version ?? 0 }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    else onUse({ name: under }, { name: under, format: table.format, mapping, version: answer.value.version });
    return answer?.ok === true;
  });
  const pickers = { table, draft, onDraft: setDraft };
  const fitting = mappings.filter(({ format }) => format === table.format);

  return (
    <Dialog
      title="Which column is which" aside={`${table.columns.length} columns`} onClose={onClose} onKeyDown={send.onKeyDown} width={860}
      footer={<SendFooter hint={known ? `Replaces the saved “${under}”` : under === "" ? "For this report alone, unless it has a name" : "Offered for the next table, too"} label={under === "" ? "Use it" : "Save and use it"} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Head table={table} />
      {fitting.length > 0 ? <label className="mt-3 flex items-center gap-2">Begin with <Select className="max-w-64" defaultValue="" onChange={(event) => { const one = fitting.find((each) => each.name === event.target.value); setDraft(one ? draftOf(one.mapping, table) : guessedDraft(table)); setName(one?.name ?? ""); }}><option value="">what the names suggest</option>{fitting.map((one) => <option key={one.name} value={one.name}>“{one.name}”</option>)}</Select></label> : null}
      <div className="mt-3"><Pickers {...pickers} fields={MAPPED_FIELDS.filter(({ field }) => FIRST_FIELDS.includes(field))} fault={send.tried ? fault : null} /></div>
      <Severities {...pickers} />
      <details className="mt-3"><summary className="cursor-pointer text-ink-2">More fields</summary><div className="mt-2"><Pickers {...pickers} fields={MAPPED_FIELDS.filter(({ field }) => !FIRST_FIELDS.includes(field))} fault={null} /></div></details>
      <Field label="Save under a name" hint="optional" className="mt-3 max-w-80">{(wires) => <Input {...wires} maxLength={200} placeholder="Pentest sheet" value={name} onChange={(event) => setName(event.target.value)} />}</Field>
    </Dialog>
  );
}
