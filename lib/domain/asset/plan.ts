import { changeAsset, type Changed } from "./change";
import type { Sheet, SheetRow } from "./sheet";
import { FIELD_WORDS, NEW_ASSET, valueLabel, type AssetFacts } from "./words";

/** An asset as it stands, with what is needed to change it. */
export type KnownAsset = { id: number; name: string; version: number; facts: AssetFacts };

/** What a sheet would do to the inventory, row by row in the order of the sheet. */
export type SheetPlan = {
  created: readonly { row: SheetRow; facts: AssetFacts }[];
  changed: readonly { row: SheetRow; asset: KnownAsset; changed: Changed }[];
  same: readonly { row: SheetRow; asset: KnownAsset }[];
  refused: Sheet["refused"];
};

/** Holds a sheet against the assets that are there, by their names. What it says already stands is left alone: a second time it does nothing. */
export function planSheet(sheet: Sheet, known: ReadonlyMap<string, KnownAsset>): SheetPlan {
  const created: { row: SheetRow; facts: AssetFacts }[] = [];
  const changed: { row: SheetRow; asset: KnownAsset; changed: Changed }[] = [];
  const same: { row: SheetRow; asset: KnownAsset }[] = [];
  for (const row of sheet.rows) {
    const asset = known.get(row.given) ?? known.get(row.name);
    if (!asset) {
      created.push({ row, facts: changeAsset(NEW_ASSET, row.facts).after });
      continue;
    }
    const outcome = changeAsset(asset.facts, row.facts);
    if (outcome.fields.length === 0) same.push({ row, asset });
    else changed.push({ row, asset, changed: outcome });
  }
  return { created, changed, same, refused: sheet.refused };
}

export const SHEET_KINDS = ["new", "changed", "same", "refused"] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];

/** One row of a preview, in words. */
export type PlanLine = { line: number; name: string; kind: SheetKind; says: string };

/** What a plan says about each row, in plain words: "Exposure: Unknown → Internet". */
export function linesOf(plan: SheetPlan): PlanLine[] {
  const told = (facts: AssetFacts) => changeAsset(NEW_ASSET, facts).fields.map((field) => `${FIELD_WORDS[field].label} ${valueLabel(field, facts[field])}`).join(", ");
  const moved = (before: AssetFacts, { after, fields }: Changed) => fields.map((field) => `${FIELD_WORDS[field].label}: ${valueLabel(field, before[field])} → ${valueLabel(field, after[field])}`).join(", ");
  return [
    ...plan.created.map(({ row, facts }): PlanLine => ({ line: row.line, name: row.name, kind: "new", says: told(facts) || "Nothing but its name" })),
    ...plan.changed.map(({ row, asset, changed }): PlanLine => ({ line: row.line, name: row.name, kind: "changed", says: moved(asset.facts, changed) })),
    ...plan.same.map(({ row }): PlanLine => ({ line: row.line, name: row.name, kind: "same", says: "As it stands" })),
    ...plan.refused.map(({ line, name, why }): PlanLine => ({ line, name, kind: "refused", says: why })),
  ];
}

/** What a plan comes to, as text of which two are equal only when the same would be done to the same assets. */
export function planText(plan: SheetPlan): string {
  return [
    ...plan.created.map(({ row, facts }) => ["new", row.name, facts]),
    ...plan.changed.map(({ asset, changed }) => ["changed", asset.id, asset.version, changed.after]),
    ...plan.refused.map(({ line, why }) => ["refused", line, why]),
  ].map((line) => JSON.stringify(line)).join("\n");
}
