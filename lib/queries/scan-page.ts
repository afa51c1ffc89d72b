import { z } from "zod";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { PREVIEW_KINDS, type PreviewKind } from "@/lib/domain/scan/preview";
import type { ScanDetail, ScanPage, ScanPreviewView } from "@/lib/domain/views/scans";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { carriesOfScan } from "@/lib/queries/carries";
import { scanPreview, scanRows } from "@/lib/queries/scan-preview";
import { scanDetail, storedScan } from "@/lib/queries/scan-view";
import { suggestionsOfScan } from "@/lib/queries/suggestions";
import { environmentOf, meOf } from "@/lib/queries/who";

const number = z.number().int().positive().max(2_147_483_647);
/** As an address says it: what it does not know it leaves out, so that an old link still opens the scan. */
const asked = z.object({
  environment: number, scan: number,
  attempt: z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined), rows: z.enum([...PREVIEW_KINDS, "none"]).nullable().catch(null),
});
type Asked = z.output<typeof asked>;

/** As many rows behind a count come with the page; more of them when they are asked for. */
const FIRST_ROWS = 200;

/** One scan with what it will do or did: `{environment, scan, attempt, rows}`, the last two as they stand in the address. */
export async function scanPage(actor: Actor, raw: unknown): Promise<Result<ScanPage>> {
  const stored = await scanOf(actor, raw);
  if (!stored.ok) return stored;
  const { given, ...page } = stored.value;
  const preview = await previewOf(actor, given);
  const isDone = page.scan.status === "completed";
  const [rows, carries, suggestions] = await Promise.all([
    rowsOf(actor, given, page.scan, preview), isDone ? carriesOfScan(actor, given) : null, isDone && page.scan.counts.statements > 0 ? suggestionsOfScan(actor, given) : null,
  ]);
  return ok({ ...page, preview, rows, carries: carries?.ok ? carries.value : null, suggestions: suggestions?.ok ? suggestions.value : null });
}

function scanOf(actor: Actor, raw: unknown): Promise<Result<Omit<ScanPage, "preview" | "rows" | "carries" | "suggestions"> & { given: Asked }>> {
  return read(actor, {
    act: "scan.read",
    input: asked,
    load: async (db, given, { now }) => {
      const [environment, scan] = await Promise.all([environmentOf(db, given.environment), storedScan(db, given.environment, given.scan)]);
      if (!environment || !scan) return refuse("missing", `There is no scan ${given.scan} here.`);
      return ok({ given, environment, me: meOf(actor, given.environment), now: now.toISOString(), scan: scanDetail(scan) });
    },
  }, raw);
}

/** The preview of the attempt that is asked for, else the newest; null where there is none. */
async function previewOf(actor: Actor, { environment, scan, attempt }: Asked): Promise<ScanPreviewView | null> {
  const found = await scanPreview(actor, { environment, scan, ...(attempt === undefined ? {} : { attempt }) });
  if (found.ok) return found.value;
  return attempt === undefined ? null : previewOf(actor, { environment, scan, attempt: undefined, rows: null });
}

/** The first rows of the count that is open; of a scan that is held, what would vanish is open by itself. */
async function rowsOf(actor: Actor, { environment, scan, rows }: Asked, { status }: ScanDetail, preview: ScanPreviewView | null): Promise<ScanPage["rows"]> {
  const kind: PreviewKind | "none" = rows ?? (status === "held" ? "unseen" : "none");
  if (!preview || kind === "none" || !preview.kept.some((one) => one.kind === kind)) return null;
  const found = await scanRows(actor, { environment, scan, attempt: preview.attempt, kind, limit: FIRST_ROWS });
  return found.ok ? { kind, first: found.value } : null;
}
