/** The closed vocabularies of an asset, in the order in which they are shown. The database holds to the same words. */

export const ASSET_KINDS = ["host", "application", "api", "repository", "container", "cloud"] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** Who can reach it, most exposed first; what nobody has classified stands before what is known to be inside. */
export const EXPOSURES = ["internet", "partner", "unknown", "internal", "isolated"] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** What its data is worth, most sensitive first. */
export const SENSITIVITIES = ["restricted", "confidential", "unknown", "internal", "public"] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** Where it stands with its decommission date: none, ahead, reached. */
export const LIFE_STAGES = ["in_service", "retiring", "retired"] as const;
export type LifeStage = (typeof LIFE_STAGES)[number];

/** Whether full scans look at it: within the last days, longer ago, never. */
export const COVERAGES = ["scanned", "stale", "never"] as const;
export type Coverage = (typeof COVERAGES)[number];

/** Days after which a scan no longer counts as coverage, unless somebody asks for other days. */
export const COVERAGE_DAYS = 30;

export const KIND_LABELS = {
  host: "Host",
  application: "Application",
  api: "API",
  repository: "Repository",
  container: "Container",
  cloud: "Cloud account",
} as const satisfies Record<AssetKind, string>;

export const EXPOSURE_LABELS = {
  internet: "Internet",
  partner: "Partners",
  unknown: "Unknown",
  internal: "Internal",
  isolated: "Isolated",
} as const satisfies Record<Exposure, string>;

export const SENSITIVITY_LABELS = {
  restricted: "Restricted",
  confidential: "Confidential",
  unknown: "Unknown",
  internal: "Internal",
  public: "Public",
} as const satisfies Record<Sensitivity, string>;

export const STAGE_LABELS = { in_service: "In service", retiring: "Retiring", retired: "Retired" } as const satisfies Record<LifeStage, string>;

export const COVERAGE_LABELS = {
  scanned: "Scanned lately",
  stale: "Not scanned lately",
  never: "Never scanned",
} as const satisfies Record<Coverage, string>;

/** What people say about an asset; its name is how scans know it again, so it stays. */
export type AssetFacts = {
  kind: AssetKind;
  exposure: Exposure;
  sensitivity: Sensitivity;
  /** the named role that answers for it */
  owner: string | null;
  /** the team that the role belongs to */
  team: string | null;
  /** a day, "2027-03-01" */
  decommissionOn: string | null;
};

export const NEW_ASSET = { kind: "host", exposure: "unknown", sensitivity: "unknown", owner: null, team: null, decommissionOn: null } as const satisfies AssetFacts;

export type AssetField = keyof AssetFacts;
export const ASSET_FIELDS = ["kind", "exposure", "sensitivity", "owner", "team", "decommissionOn"] as const satisfies readonly AssetField[];

/** Each field as people read it, and as REST, the log and sheets write it. */
export const FIELD_WORDS = {
  kind: { label: "Kind", snake: "kind" },
  exposure: { label: "Exposure", snake: "exposure" },
  sensitivity: { label: "Data sensitivity", snake: "sensitivity" },
  owner: { label: "Owner", snake: "owner" },
  team: { label: "Team", snake: "team" },
  decommissionOn: { label: "Decommission date", snake: "decommission_on" },
} as const satisfies Record<AssetField, { label: string; snake: string }>;

/** The stage that a decommission day gives, both days as "2027-03-01": from that day on it is retired. */
export function stageOf(decommissionOn: string | null, today: string): LifeStage {
  if (decommissionOn === null) return "in_service";
  return decommissionOn <= today ? "retired" : "retiring";
}

const LABELS: Partial<Record<AssetField, Readonly<Record<string, string>>>> = { kind: KIND_LABELS, exposure: EXPOSURE_LABELS, sensitivity: SENSITIVITY_LABELS };

/** A value of a field as people read it; a blank one is "none". */
export function valueLabel(field: AssetField, value: string | null): string {
  if (value === null || value === "") return "none";
  return LABELS[field]?.[value] ?? value;
}
