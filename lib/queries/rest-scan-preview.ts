import type { ScanPreviewRecord, ScanRowsRecord } from "@/lib/domain/records/scan";
import { ok, type Result } from "@/lib/domain/refusal";
import type { PreviewKind } from "@/lib/domain/scan/preview";
import type { Actor } from "@/lib/gate/actor";
import { scanPreview, scanRows } from "@/lib/queries/scan-preview";

type Asked = { environment: number; scan: number; attempt?: number | undefined };

/** What a scan will do, or did, as outsiders read it: `{environment, scan, attempt?}`. */
export async function previewOfScan(actor: Actor, asked: Asked): Promise<Result<ScanPreviewRecord>> {
  const found = await scanPreview(actor, asked);
  if (!found.ok) return found;
  const { scan, status, attempt, madeAt, isNewest, isApplied, counts, digest, brakes, moved, attempts } = found.value;
  return ok({
    scan, status, attempt, made_at: madeAt, newest: isNewest, applied: isApplied, counts, digest, brakes: [...brakes],
    moved: moved && { ...moved, counts: [...moved.counts], scans: [...moved.scans], decisions: { ...moved.decisions, latest: [...moved.decisions.latest] } },
    attempts: attempts.map((one) => ({ attempt: one.attempt, made_at: one.madeAt, digest: one.digest })),
  });
}

/** The rows behind one count: `{environment, scan, attempt?, kind, cursor?, limit}`. */
export async function rowsOfScan(actor: Actor, asked: Asked & { kind: PreviewKind; cursor?: string | undefined; limit: number }): Promise<Result<ScanRowsRecord>> {
  const { environment, scan, kind, limit, cursor } = asked;
  const preview = asked.attempt === undefined ? await scanPreview(actor, { environment, scan }) : ok({ attempt: asked.attempt });
  if (!preview.ok) return preview;
  const found = await scanRows(actor, { environment, scan, attempt: preview.value.attempt, kind, limit, after: Number(cursor ?? 0) });
  return found.ok ? ok({ items: [...found.value.rows], next_cursor: found.value.next === null ? null : String(found.value.next) }) : found;
}
