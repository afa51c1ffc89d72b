import type { ColumnMapping } from "@/lib/domain/scan/mapping";
import type { ImportPolicy } from "@/lib/domain/scan/brake";

/** Columns of a table as somebody said them: a saved reading by its name, or one that is not saved. */
export type ChosenMapping = { name: string } | { mapping: ColumnMapping };

/** What is said about a report before it is sent. */
export type Draft = {
  format: string;
  asset: string;
  assetTakesAll: boolean;
  detector: string;
  /** "": full, but partial for formats that look whole wherever they were cut */
  scope: "" | "full" | "partial";
  rules: string;
  paths: string;
  findings: string;
  /** As the field of the browser has it, in its own zone; "": as the report says. */
  takenAt: string;
  then: ImportPolicy["mode"];
  unbraked: boolean;
  note: string;
  mapping: ChosenMapping | null;
};

export function emptyDraft({ mode }: Pick<ImportPolicy, "mode">): Draft {
  return { format: "auto", asset: "", assetTakesAll: false, detector: "", scope: "", rules: "", paths: "", findings: "", takenAt: "", then: mode, unbraked: false, note: "", mapping: null };
}

/** What is no time is sent as it is: the door says so. */
function instantOf(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}

/** The words of the address that the report goes to. */
export function sentAs(draft: Draft, name: string): URLSearchParams {
  const isPartial = draft.scope === "partial";
  const mapping = draft.mapping === null ? "" : "name" in draft.mapping ? draft.mapping.name : JSON.stringify(draft.mapping.mapping);
  const words = {
    name, format: draft.format, scope: draft.scope, asset: draft.asset.trim(), detector: draft.detector.trim(), mapping,
    asset_override: draft.assetTakesAll && draft.asset.trim() !== "" ? "true" : "",
    rules: isPartial ? draft.rules.trim() : "", paths: isPartial ? draft.paths.trim() : "", findings: isPartial ? draft.findings.trim() : "",
    taken_at: instantOf(draft.takenAt),
    dry_run: draft.then === "preview" ? "true" : "", apply: draft.then === "apply" ? "now" : "",
    brake: draft.unbraked ? "off" : "", note: draft.unbraked ? draft.note.trim() : "",
  };
  return new URLSearchParams(Object.entries(words).filter(([, word]) => word !== ""));
}
