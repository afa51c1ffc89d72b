"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import * as mapping from "@/lib/commands/mappings/save";
import * as policies from "@/lib/commands/policies/change";
import * as settle from "@/lib/commands/scans/settle";
import { currentActor } from "@/lib/doors/session";
import type { PolicyRecord } from "@/lib/domain/records/policy";
import type { Result } from "@/lib/domain/refusal";
import type { PreviewRows, ScanSettled } from "@/lib/domain/views/scans";
import { scanRows } from "@/lib/queries/scan-preview";

/** The screens' doors to scans, as lib/domain/views/scans.ts describes them. */

export async function applyScan(raw: unknown): Promise<Result<ScanSettled>> {
  const actor = await currentActor();
  return actor ? settle.applyPreview(actor, raw) : SIGNED_OUT;
}

export async function releaseScan(raw: unknown): Promise<Result<ScanSettled>> {
  const actor = await currentActor();
  return actor ? settle.releaseScan(actor, raw) : SIGNED_OUT;
}

export async function cancelScan(raw: unknown): Promise<Result<ScanSettled>> {
  const actor = await currentActor();
  return actor ? settle.cancelScan(actor, raw) : SIGNED_OUT;
}

export async function loadScanRows(raw: unknown): Promise<Result<PreviewRows>> {
  const actor = await currentActor();
  return actor ? scanRows(actor, raw) : SIGNED_OUT;
}

export async function changePolicy(raw: unknown): Promise<Result<PolicyRecord>> {
  const actor = await currentActor();
  return actor ? policies.changePolicy(actor, raw) : SIGNED_OUT;
}

export async function saveMapping(raw: unknown): Promise<Result<{ name: string; version: number }>> {
  const actor = await currentActor();
  return actor ? mapping.saveMapping(actor, raw) : SIGNED_OUT;
}
