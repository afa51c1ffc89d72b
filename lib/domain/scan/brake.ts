/** When an import stops before it acts: what the policy of an environment says. */
export type ImportPolicy = {
  /** What happens to a report whose sender does not say: applied at once, or shown first. */
  mode: "apply" | "preview";
  /** A scan is held when more than this share of an asset's detected findings of a detector would vanish … */
  brakePercent: number;
  /** … and at least so many. */
  brakeLeast: number;
};

export const DEFAULT_IMPORT_POLICY: ImportPolicy = { mode: "apply", brakePercent: 20, brakeLeast: 25 };
