import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { appliedSince, newestPreview } from "@/lib/db/sql/scan-preview";
import type { Act } from "@/lib/domain/access/can";
import type { AuditAction } from "@/lib/domain/audit/actions";
import { ok, refuse, refuseInput, type Refused, type Result } from "@/lib/domain/refusal";
import { movedWords } from "@/lib/domain/scan/preview";
import { STATUS_NAMES, type ScanStatus } from "@/lib/domain/scan/words";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback, type Change } from "@/lib/gate/commit";

const input = z.object({
  environment: z.number().int().positive(),
  scan: z.number().int().positive().max(2_147_483_647),
  /** The digest of the preview that was seen. Left open: that of the newest one. */
  expects: z.string().regex(/^[0-9a-f]{64}$/, "This is not the digest of a preview.").optional(),
  note: z.string().trim().min(1).max(2_000).optional(),
});
type Asked = z.output<typeof input>;
type Settled = { scan: number; status: ScanStatus };

type Step = { act: Act; from: readonly ScanStatus[]; to: ScanStatus; action: AuditAction; word: string; next: Partial<Record<ScanStatus, string>> };

/** From which states each step leads on. What is worked out can be cancelled until it writes. */
const STEPS = {
  cancel: { act: "scan.import", from: ["queued", "parsing", "applying", "previewed", "held"], to: "cancelled", action: "scan.cancelled", word: "cancelled", next: {} },
  apply: { act: "scan.import", from: ["previewed"], to: "queued", action: "scan.released", word: "applied", next: { held: "The brake holds it: a manager releases it." } },
  release: { act: "scan.release", from: ["held", "previewed"], to: "queued", action: "scan.released", word: "released", next: {} },
  renew: { act: "scan.import", from: ["held", "previewed"], to: "queued", action: "scan.renewed", word: "shown anew", next: {} },
} as const satisfies Record<string, Step>;

/**
 * Stops a scan that waits, is being read or worked out, or was shown. Nothing of it is kept but the file and its previews. Refuses `illegal` in any
 * other state, and once it writes: its runner asks between its steps, and of the last of these questions and this call one comes first.
 */
export async function cancelScan(actor: Actor, raw: unknown): Promise<Result<Settled>> {
  return take(actor, STEPS.cancel, raw);
}

/**
 * Applies a preview: `{environment, scan, expects?, note?}`; the file is read again. Refuses `stale` when it is not the newest preview,
 * or when another scan was applied to its scopes since: then a new one is made. Should the import find out only when it runs that it
 * would do something else, it shows that instead.
 */
export async function applyPreview(actor: Actor, raw: unknown): Promise<Result<Settled>> {
  return settled(actor, STEPS.apply, raw);
}

/** Lets a scan go on that the brake holds, or would: for managers, with a note that is logged. Refuses as `applyPreview`, and without a note. */
export async function releaseScan(actor: Actor, raw: unknown): Promise<Result<Settled>> {
  return settled(actor, STEPS.release, raw);
}

async function settled(actor: Actor, rule: Step, raw: unknown): Promise<Result<Settled>> {
  const done = await take(actor, rule, raw);
  if (!done.ok && done.refusal.code === "stale" && done.refusal.changes !== undefined) await take(actor, STEPS.renew, raw);
  return done;
}

async function take(actor: Actor, rule: Step, raw: unknown): Promise<Result<Settled>> {
  return commit(actor, { act: rule.act, input, work: (tx, asked) => step(tx, asked, rule) }, raw);
}

async function step(tx: Tx, asked: Asked, rule: Step): Promise<Result<Change<Settled>>> {
  const { environment, scan, note } = asked;
  const found = await tx.scan.findFirst({ where: { id: scan, environmentId: environment }, select: { status: true, step: true, attempt: true, upload: { select: { removedAt: true } } } });
  if (!found) return refuse("missing", `There is no scan ${scan} here.`);
  if (!rule.from.includes(found.status)) return notFrom(scan, found.status, rule);
  if (found.status === "applying" && found.step === "writing") return refuse("illegal", `Scan ${scan} is being written down: it can be cancelled no more.`, { allowed: [] });
  if (rule === STEPS.release && note === undefined) return refuseInput([{ path: "note", message: "Say in a note why that much may vanish." }]);
  const gone = rule.to === "queued" ? found.upload.removedAt : null;
  if (gone !== null) return refuse("conflict", `The file of scan ${scan} was removed on ${gone.toISOString().slice(0, 10)}: it cannot be read again.`, { next: "Send the report again." });
  const goesOn = rule.to === "queued" && rule !== STEPS.renew;
  const newest = goesOn ? await newestPreview(tx, scan) : null;
  const stale = newest === null ? null : await staleness(tx, asked, newest);
  if (stale) return stale;

  const expects = newest?.digest ?? null;
  const lifts = rule === STEPS.release;
  return ok({
    trail: [{
      action: rule.action, record: { type: "scan", number: scan }, scan, before: { status: found.status }, note: note ?? null,
      after: { status: rule.to, ...(expects === null ? {} : { expects }), ...(lifts ? { brake: "off" } : {}) },
    }],
    write: async (writing) => {
      const moved = await writing.$executeRaw(sql`
        UPDATE scan SET status = ${rule.to}::scan_status, lease_until = NULL, step = NULL, expects = ${expects},
          dry_run = CASE WHEN ${rule.to === "cancelled"} THEN dry_run ELSE ${!goesOn} END,
          brake_off = brake_off OR ${lifts}, brake_note = CASE WHEN ${lifts} THEN coalesce(${note ?? null}, brake_note) ELSE brake_note END,
          finished_at = CASE WHEN ${rule.to === "cancelled"} THEN docket_now() END
        WHERE id = ${scan} AND status::text = ANY (${[...rule.from]}::text[]) AND (attempt = ${found.attempt} OR ${!goesOn}) AND (status <> 'applying' OR step IS DISTINCT FROM 'writing')`);
      if (moved !== 1) throw new Rollback({ code: "illegal", message: `Somebody else was quicker: scan ${scan} no longer stands at ${quoted(found.status)} as it did.`, next: "Look at it as it stands now." });
      if (rule.to === "cancelled" && found.status !== "applying") await writing.$executeRaw(sql`DELETE FROM scan_stage WHERE scan_id = ${scan}`);
      return { scan, status: rule.to };
    },
    jobs: rule.to === "queued" ? [{ name: "run-import", payload: { scan } }] : [],
  });
}

const quoted = (status: ScanStatus) => `“${STATUS_NAMES[status]}”`;

function notFrom(scan: number, status: ScanStatus, rule: Step): Refused {
  const next = rule.next[status];
  const from = new Intl.ListFormat("en", { type: "disjunction" }).format(rule.from.map(quoted));
  return refuse("illegal", `Scan ${scan} stands at ${quoted(status)}: only from ${from} can it be ${rule.word}.`, { allowed: [], ...(next === undefined ? {} : { next }) });
}

/** Is what was seen no longer what would be done? Only what can be told at once; the import itself compares all of it. */
async function staleness(tx: Tx, { environment, scan, expects }: Asked, newest: { attempt: number; digest: string; at: Date }): Promise<Refused | null> {
  if (expects !== undefined && expects !== newest.digest)
    return refuse("stale", `Scan ${scan} was shown anew since: its newest preview is attempt ${newest.attempt}.`, { next: "Open the newest preview, and apply that one." });
  const shown = await tx.scanPreview.findFirst({ where: { scanId: scan, attempt: newest.attempt }, select: { scopes: true } });
  const scans = await appliedSince(tx, { environment, scan }, shown?.scopes ?? [], newest.at);
  if (scans.length === 0) return null;
  const words = movedWords({ counts: [], scans, decisions: { total: 0, latest: [] } });
  return refuse("stale", `Since this preview was made, ${words}.`, { next: "A new preview is being made: look at that one.", changes: { scans } });
}
