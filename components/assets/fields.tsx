"use client";
import { Undo2 } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import type { AssetChange } from "@/lib/domain/asset/change";
import { ASSET_FIELDS, EXPOSURE_LABELS, FIELD_WORDS, KIND_LABELS, SENSITIVITY_LABELS, type AssetFacts, type AssetField } from "@/lib/domain/asset/words";
import { assetFacts } from "@/lib/domain/asset/input";

/** What all of some assets say in a field; undefined: they differ, or are not all known. */
export type Shared = { [Field in AssetField]?: AssetFacts[Field] | undefined };

/** What is typed; a field that nobody touched is absent. */
export type Touched = Partial<Record<AssetField, string>>;

const WORDS: Partial<Record<AssetField, Readonly<Record<string, string>>>> = { kind: KIND_LABELS, exposure: EXPOSURE_LABELS, sensitivity: SENSITIVITY_LABELS };
const HINTS: Partial<Record<AssetField, string>> = { owner: "the role that answers for it", team: "of that role", decommissionOn: "from that day on it is retired" };
const OFFERED: Partial<Record<AssetField, string>> = { owner: "asset-owners", team: "asset-teams" };

/** The touched fields as a change; a blank text is none. */
export function changeOf(touched: Touched): { change: AssetChange; faults: Partial<Record<AssetField, string>> } {
  const faults: Partial<Record<AssetField, string>> = {};
  const change: Record<string, unknown> = {};
  for (const field of ASSET_FIELDS) {
    const text = touched[field];
    if (text === undefined) continue;
    const read = assetFacts[field].safeParse(text === "" ? null : text);
    if (read.success) change[field] = read.data;
    else faults[field] = read.error.issues[0]?.message ?? "This cannot be read.";
  }
  return { change, faults };
}

type Props = { shared: Shared; touched: Touched; faults: Partial<Record<AssetField, string>>; isMany: boolean; onTouch: (touched: Touched) => void };

/** The fields of an asset, or of many at once: what is not touched stays as it is, and says so. */
export function AssetFields({ shared, touched, faults, isMany, onTouch }: Props) {
  return (
    <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 max-sm:grid-cols-1">
      {ASSET_FIELDS.map((field, place) => {
        const isTouched = touched[field] !== undefined;
        const value = touched[field] ?? shared[field] ?? "";
        const isVarious = isMany && !isTouched && shared[field] === undefined;
        const touch = (text: string) => onTouch({ ...touched, [field]: text });
        const words = WORDS[field];
        return (
          <Field key={field} label={FIELD_WORDS[field].label} hint={isTouched && isMany ? (value === "" ? "will be emptied" : "will be set") : HINTS[field]} error={faults[field]}>
            {(wires) => (
              <span className="flex items-center gap-1">
                {words ? (
                  <Select {...wires} data-autofocus={place === 0 ? true : undefined} value={isVarious ? "" : value} onChange={(event) => touch(event.target.value)}>{isVarious ? <option value="">as it is</option> : null}{Object.entries(words).map(([word, label]) => <option key={word} value={word}>{label}</option>)}</Select>
                ) : (
                  <Input {...wires} type={field === "decommissionOn" ? "date" : "text"} maxLength={200} list={OFFERED[field]} placeholder={isVarious ? "as it is" : "none"} value={value} onChange={(event) => touch(event.target.value)} />
                )}
                {!words && isVarious ? <button type="button" onClick={() => touch("")} className="shrink-0 rounded-md px-1.5 py-1 text-xs text-ink-2 hover:bg-hover hover:text-ink" aria-label={`Empty the ${FIELD_WORDS[field].label.toLowerCase()}`}>Make it empty</button> : null}
                {isTouched ? <IconButton label={`Leave the ${FIELD_WORDS[field].label.toLowerCase()} as it is`} onClick={() => onTouch({ ...touched, [field]: undefined })}><Undo2 size={13} aria-hidden /></IconButton> : null}
              </span>
            )}
          </Field>
        );
      })}
    </div>
  );
}

/** Names that are known already, offered while typing. */
export function KnownNames({ owners, teams }: { owners: readonly string[]; teams: readonly string[] }) {
  return (
    <>
      <datalist id="asset-owners">{owners.slice(0, 200).map((name) => <option key={name} value={name} />)}</datalist>
      <datalist id="asset-teams">{teams.slice(0, 200).map((name) => <option key={name} value={name} />)}</datalist>
    </>
  );
}
