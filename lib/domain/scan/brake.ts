import { z } from "zod";

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

/**
 * A check counts as fallen silent when it had found at least so many of what this scan looks at, and finds nothing at all now.
 * One that names a single weakness, as a CVE of a package scanner does, falls silent with every fix.
 */
export const SILENT_LEAST = 5;

/** How much one scan takes away of what a detector holds on an asset. */
export type ScopeLoss = { detector: string; asset: string; live: number; vanishing: number };

/** What would vanish of a detector, over all assets of the scan, because checks of it find nothing at all any more. */
export type SilentLoss = { detector: string; checks: number; live: number; vanishing: number };

const n = z.number().int().min(0);

/** Why a scan is held: `asset` is null where the checks of a detector fell silent. `percent` is rounded down. */
export const brake = z.object({
  detector: z.string(), asset: z.string().nullable(), live: n, vanishing: n, percent: n, limit: z.object({ percent: n, least: n }), why: z.string(),
});
export type Brake = z.output<typeof brake>;

/** As many are kept; the worst come first. */
const KEPT = 100;

/**
 * The brake's rule: more than the policy's share and at least its number of an asset's detected findings of a detector would vanish,
 * or as many would because checks fell silent, be they spread over ever so many assets. Gives every reason, the worst first.
 */
export function brakesOf(scopes: readonly ScopeLoss[], silent: readonly SilentLoss[], policy: ImportPolicy): Brake[] {
  const limit = { percent: policy.brakePercent, least: policy.brakeLeast };
  const tooMuch = ({ live, vanishing }: { live: number; vanishing: number }) => vanishing >= limit.least && vanishing * 100 > live * limit.percent;
  const share = ({ live, vanishing }: { live: number; vanishing: number }) => Math.floor((vanishing * 100) / Math.max(1, live));
  const held = scopes.filter(tooMuch).map((loss): Brake => ({ ...loss, percent: share(loss), limit, why: scopeWords(loss, share(loss), policy) }));
  const quiet = silent.filter(({ vanishing }) => vanishing >= limit.least)
    .map(({ checks, ...loss }): Brake => ({ ...loss, asset: null, percent: share(loss), limit, why: silentWords({ checks, ...loss }, policy) }));
  return [...held, ...quiet].sort((a, b) => b.vanishing - a.vanishing || order(a, b)).slice(0, KEPT);
}

function order(a: Brake, b: Brake): number {
  const name = ({ detector, asset }: Brake) => `${detector}\n${asset ?? ""}`;
  return name(a) < name(b) ? -1 : 1;
}

function scopeWords({ detector, asset, live, vanishing }: ScopeLoss, percent: number, { brakePercent, brakeLeast }: ImportPolicy): string {
  return `${vanishing} of ${live} detected findings of ${detector} on ${asset} would vanish (${percent} %; the limit is ${brakePercent} % and ${brakeLeast}).`;
}

function silentWords({ detector, checks, live, vanishing }: SilentLoss, { brakeLeast }: ImportPolicy): string {
  const told = checks === 1 ? "1 check" : `${checks} checks`;
  return `${told} of ${detector} that had found something found nothing at all this time: ${vanishing} of its ${live} detected findings would vanish `
    + `with ${checks === 1 ? "it" : "them"} (the limit is ${brakeLeast}). Were they switched off?`;
}
