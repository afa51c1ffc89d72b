"use client";
import { z } from "zod";
import { assetImportRecord, type AssetImportRecord } from "@/lib/domain/records/asset";

const problem = z.object({ detail: z.string(), status: z.number().catch(0), next: z.string().nullish(), changes: z.unknown() });

export type SheetAnswer =
  | { ok: true; told: AssetImportRecord }
  /** `fresh`: what it would do by now, where the inventory moved since the preview */
  | { ok: false; message: string; next: string | null; fresh: AssetImportRecord | null };

const SILENCE: SheetAnswer = { ok: false, message: "The connection broke before there was an answer.", next: "Try again: a sheet that was applied changes nothing a second time.", fresh: null };

/** Sends the bytes of a sheet as they are. Without a digest it is only tried; with one, just what that preview said is applied. */
export async function sendSheet(environment: number, file: File, expects: string | null): Promise<SheetAnswer> {
  const query = new URLSearchParams({ name: file.name, ...(expects === null ? { dry_run: "true" } : { expects }) });
  try {
    const answer = await fetch(`/api/e/${environment}/assets/import?${query.toString()}`, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream", Accept: "application/json" } });
    const body: unknown = await answer.json();
    if (answer.ok) return { ok: true, told: assetImportRecord.parse(body) };
    const { detail, next, changes } = problem.parse(body);
    return { ok: false, message: detail, next: next ?? null, fresh: assetImportRecord.safeParse(changes).data ?? null };
  } catch {
    return SILENCE;
  }
}
