import { createHash } from "node:crypto";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { insertAssets, lockAssetsNamed, takeAssetIds, updateAssets } from "@/lib/db/sql/asset-write";
import { changeAction, inTheLog } from "@/lib/domain/asset/change";
import { MAX_SHEET_BYTES } from "@/lib/domain/asset/input";
import { linesOf, planSheet, planText, SHEET_KINDS, type SheetPlan } from "@/lib/domain/asset/plan";
import { readSheet, type Sheet } from "@/lib/domain/asset/sheet";
import type { AssetImportRecord } from "@/lib/domain/records/asset";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { parse, permit } from "@/lib/gate/permit";
import { proposeExposed } from "@/lib/gate/proposals";

const input = z.object({
  environment: z.number().int().positive(),
  dryRun: z.boolean().default(false),
  /** the digest of the preview that somebody saw */
  expects: z.string().regex(/^[0-9a-f]{64}$/).nullish(),
  name: z.string().max(300).default("assets.csv"),
});
type Asked = z.output<typeof input>;

const SHOWN = 250;
const TOO_LARGE = refuse("too_large", `A sheet has at most ${MAX_SHEET_BYTES / 1024 / 1024} MB.`, { next: "Split it; each part is applied by itself." });

/**
 * Takes a sheet of assets as a stream: `{environment, dryRun?, expects?, name?}`. A dry run says what it would do and writes nothing.
 * With `expects`, the digest of such a preview, it is refused as stale when something else would be done by now; the refusal carries the new preview.
 * Permission is asked before the first byte is read. Rows that cannot be read are left out and named; a text that is no sheet is refused whole.
 */
export async function importAssets(actor: Actor, raw: unknown, bytes: AsyncIterable<Uint8Array>): Promise<Result<AssetImportRecord>> {
  const permitted = permit(actor, "asset.manage", raw);
  if (!permitted.ok) return permitted;
  const asked = parse(input, raw);
  if (!asked.ok) return asked;
  const text = await textOf(bytes);
  if (!text.ok) return text;
  const sheet = readSheet(text.value);
  if (!sheet.ok) return sheet;

  return commit(actor, { act: "asset.manage", input, timeout: 120_000, work: (tx, given, context) => work(tx, given, sheet.value, context) }, raw);
}

/** The whole text, counted while it arrives. */
async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<Result<string>> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let length = 0;
  let text = "";
  try {
    for await (const chunk of bytes) {
      length += chunk.byteLength;
      if (length > MAX_SHEET_BYTES) return TOO_LARGE;
      text += decoder.decode(chunk, { stream: true });
    }
    return ok(text + decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refuse("invalid", "This file is not UTF-8, or broke off.", { next: "Save it as CSV in UTF-8, then try again. Nothing was changed." });
  }
}

async function work(tx: Tx, { environment, dryRun, expects, name }: Asked, sheet: Sheet, { actionId, now }: Context): Promise<Result<Change<AssetImportRecord>>> {
  const names = new Set(sheet.rows.flatMap((row) => [row.given, row.name]));
  const known = new Map((await lockAssetsNamed(tx, environment, [...names])).map((asset) => [asset.name, asset]));
  const plan = planSheet(sheet, known);

  const told = recordOf(plan, sheet, false);
  if (expects && expects !== told.digest) return refuse("stale", "The inventory has changed since this preview.", { next: "Look at the new preview, then apply that.", changes: told });
  if (dryRun || plan.created.length + plan.changed.length === 0) return ok({ unchanged: { ...told, applied: !dryRun } });

  const ids = await takeAssetIds(tx, plan.created.length);
  const created = plan.created.map(({ row, facts }, at) => ({ id: ids[at] ?? 0, name: row.name, facts }));
  const changed = plan.changed.map(({ asset, changed: { after } }) => ({ asset, after }));
  const proposals = await proposeExposed(tx, environment, changed, now);
  return ok({
    trail: [headOf(environment, name, told), ...entriesOf(plan, created), ...proposals.trail],
    write: async (within) => {
      await proposals.write(within);
      const written = await insertAssets(within, environment, created);
      if (written < created.length) throw new Rollback(refuse("conflict", "Somebody entered one of these assets just now.", { next: "Try again: nothing was changed." }).refusal);
      await updateAssets(within, environment, changed);
      return { ...told, applied: true, action: actionId };
    },
  });
}

function headOf(environment: number, file: string, told: AssetImportRecord): TrailEntry {
  return { action: "asset.imported", record: { type: "environment", number: environment }, after: { file, new: told.new, changed: told.changed, same: told.same, refused: told.refused, digest: told.digest } };
}

function entriesOf(plan: SheetPlan, created: readonly { id: number; name: string; facts: SheetPlan["created"][number]["facts"] }[]): TrailEntry[] {
  return [
    ...created.map(({ id, name, facts }): TrailEntry => ({ action: "asset.created", record: { type: "asset", number: id }, after: inTheLog(name, facts) })),
    ...plan.changed.map(({ asset, changed }): TrailEntry => ({
      action: changeAction(changed), record: { type: "asset", number: asset.id },
      before: inTheLog(asset.name, asset.facts, changed.fields), after: inTheLog(asset.name, changed.after, changed.fields),
    })),
  ];
}

function recordOf(plan: SheetPlan, sheet: Sheet, applied: boolean): AssetImportRecord {
  const lines = linesOf(plan);
  return {
    applied, digest: createHash("sha256").update(planText(plan)).digest("hex"),
    new: plan.created.length, changed: plan.changed.length, same: plan.same.length, refused: plan.refused.length,
    rows: SHEET_KINDS.flatMap((kind) => lines.filter((line) => line.kind === kind).slice(0, SHOWN)),
    ignored_columns: [...sheet.ignored], action: null,
  };
}
