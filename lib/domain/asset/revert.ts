import { spokenInstant } from "@/lib/domain/instant";
import { z } from "zod";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { changeAsset, type AssetChange, type Changed } from "./change";
import { assetBody, factsOfBody } from "./input";
import type { KnownAsset } from "./plan";

const HOUR = 3_600_000;

/** Entries about an asset that can be taken back: what people said about one that was there. */
export const REVOCABLE: readonly string[] = ["asset.changed", "asset.decommissioned", "asset.reverted"];

/** What one action did to one asset, as the log remembers it; `before` holds the fields that it changed, null where its texts were retired. */
export type LoggedEdit = { asset: number; action: string; at: Date; before: AssetChange | null };

export type EditContext = { actionId: string; now: Date; windowHours: number; newest: { actionId: string; by: string; at: Date } };

const { note: _said, ...inTheLog } = assetBody;
const logged = z.object(inTheLog).transform(factsOfBody);

/** Fields of an asset as the log has them; null where it has none, or none that an asset can have today. */
export function beforeOf(body: unknown): AssetChange | null {
  return logged.safeParse(body).data ?? null;
}

/** May an action of this moment still be taken back? */
export function isInWindow(at: Date, now: Date, windowHours: number): boolean {
  return now.getTime() - at.getTime() <= windowHours * HOUR;
}

/**
 * Takes one action back on one asset: the fields that it changed become what they were, the others stay. Refused as `conflict`
 * when something newer was said about the asset, when the policy's window has passed, or when there is nothing to go back to.
 */
export function revertAsset({ name, facts }: KnownAsset, { action, at, before }: LoggedEdit, { actionId, now, windowHours, newest }: EditContext): Result<Changed> {
  if (newest.actionId !== actionId) return refuse("conflict", `${newest.by} changed ${name} at ${spokenInstant(newest.at)}, after this.`, { next: "Change it by hand." });
  if (!REVOCABLE.includes(action)) return refuse("conflict", `${name} was entered by it, and no asset is deleted.`, { next: "A decommission date retires it." });
  if (!isInWindow(at, now, windowHours)) return refuse("conflict", `An action can be taken back for ${windowHours} hours.`, { next: "Change it by hand." });
  if (before === null) return refuse("conflict", `What was said about ${name} before it has been retired from the log.`);
  const changed = changeAsset(facts, before);
  return changed.fields.length > 0 ? ok(changed) : refuse("conflict", `${name} stands as it did before.`);
}
