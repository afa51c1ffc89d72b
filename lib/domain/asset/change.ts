import { ASSET_FIELDS, FIELD_WORDS, type AssetFacts, type AssetField } from "./words";

/** Some fields of an asset and what they shall be; what is absent stays. */
export type AssetChange = { [Field in AssetField]?: AssetFacts[Field] | undefined };

export type Changed = {
  after: AssetFacts;
  /** the fields that really differ; none: it was so already */
  fields: readonly AssetField[];
};

/** What a change makes of an asset. */
export function changeAsset(before: AssetFacts, change: AssetChange): Changed {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const after: AssetFacts = { ...before, ...given };
  return { after, fields: ASSET_FIELDS.filter((field) => after[field] !== before[field]) };
}

/** The action that the log calls it: a new decommission date is an act of its own, a cleared one is a change like others. */
export function changeAction({ after, fields }: Changed): "asset.decommissioned" | "asset.changed" {
  return fields.includes("decommissionOn") && after.decommissionOn !== null ? "asset.decommissioned" : "asset.changed";
}

/** Fields of an asset in the words of the log, with the name that people know it by. */
export function inTheLog(name: string, facts: AssetFacts, fields: readonly AssetField[] = ASSET_FIELDS): Record<string, string | null> {
  return { name, ...Object.fromEntries(fields.map((field) => [FIELD_WORDS[field].snake, facts[field]])) };
}
