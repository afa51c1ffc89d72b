import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { lastLetGo } from "@/lib/db/sql/scan-history";
import { ACTS, can } from "@/lib/domain/access/can";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { brake } from "@/lib/domain/scan/brake";
import { keptCounts, movedWords, previewFacts, previewLooks, previewMoved, PREVIEW_KINDS, type PreviewMoved } from "@/lib/domain/scan/preview";
import type { MovedView, PreviewRows, ScanPreviewView } from "@/lib/domain/views/scans";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const number = z.number().int().positive().max(2_147_483_647);
const brakes = z.array(brake).max(100).catch([]);

function movedView({ since, counts, scans, decisions }: PreviewMoved): MovedView {
  const at = <T extends { at: Date }>(one: T) => ({ ...one, at: one.at.toISOString() });
  return { since, counts, scans: scans.map(at), decisions: { total: decisions.total, latest: decisions.latest.map(at) }, words: movedWords({ counts, scans, decisions }) };
}

async function attemptsOf(db: Db, environment: number, scan: number): Promise<ScanPreviewView["attempts"]> {
  const found = await db.scanPreview.findMany({ where: { environmentId: environment, scanId: scan }, orderBy: { attempt: "desc" }, take: 50, omit: { scopes: true, counts: true, looks: true, brakes: true, facts: true } });
  return found.map(({ attempt, madeAt, digest, moved, held }) => ({ attempt, madeAt: madeAt.toISOString(), digest, moved: moved !== null, held }));
}

/** What the reader may do with the scan now. What the brake would hold is released without being held first. */
function mayOf(actor: Actor, environment: number, status: ScanPreviewView["status"], isBraked: boolean): ScanPreviewView["may"] {
  const role = roleIn(actor, environment);
  return {
    apply: status === "previewed" && can(role, "scan.import"),
    release: (status === "held" || (status === "previewed" && isBraked)) && can(role, "scan.release"),
    cancel: !["completed", "failed", "cancelled"].includes(status) && can(role, "scan.import"),
  };
}

const noLooks = previewLooks.parse({});
const facts = previewFacts.catch(previewFacts.parse({}));

/** What it looked at, and which of its assets have a page. */
async function looksOf(db: Db, environment: number, stored: unknown): Promise<Pick<ScanPreviewView, "looks" | "assetIds">> {
  const { detectors, scopes } = previewLooks.catch(noLooks).parse(stored);
  const names = [...new Set(scopes.map(({ asset }) => asset))];
  const found = await db.asset.findMany({ where: { environmentId: environment, name: { in: names } }, select: { id: true, name: true } });
  const looks = { scopes, detectors: detectors.map(({ takenAt, ...one }) => ({ ...one, takenAt: takenAt.toISOString() })) };
  return { looks, assetIds: Object.fromEntries(found.map(({ id, name }) => [name, id])) };
}

/** Whom to ask where the brake holds: members who may release, by name. */
async function releasersOf(db: Db, environment: number): Promise<string[]> {
  const found = await db.membership.findMany({
    where: { environmentId: environment, active: true, role: { in: [...ACTS["scan.release"]] }, person: { disabledAt: null } },
    select: { person: { select: { name: true } } }, orderBy: [{ person: { name: "asc" } }, { personId: "asc" }], take: 20,
  });
  return found.map(({ person }) => person.name);
}

/** What a scan will do, or did: `{environment, scan, attempt?}`, the newest attempt that left a preview where none is named. Refuses `missing`. */
export function scanPreview(actor: Actor, raw: unknown): Promise<Result<ScanPreviewView>> {
  return read(actor, {
    act: "scan.read",
    input: z.object({ environment: number, scan: number, attempt: number.optional() }),
    load: async (db, { environment, scan, attempt }) => {
      const attempts = await attemptsOf(db, environment, scan);
      const chosen = attempt ?? attempts[0]?.attempt ?? 0;
      const found = await db.scanPreview.findUnique({
        where: { environmentId_scanId_attempt: { environmentId: environment, scanId: scan, attempt: chosen } },
        include: { scan: true }, omit: { scopes: true },
      });
      if (!found) return refuse("missing", `Scan ${scan} has no such preview here.`);
      const letGo = await lastLetGo(db, environment, scan);
      const kept = await db.scanRow.groupBy({ by: ["kind"], where: { scanId: scan, attempt: chosen }, _count: { _all: true } });
      const { status, attempt: latest, countedPartial, brakeOff, brakeNote } = found.scan;
      const isNewest = chosen === attempts[0]?.attempt;
      const reasons = brakes.parse(found.brakes);
      return ok({
        scan, status, attempt: chosen, madeAt: found.madeAt.toISOString(), isNewest, isApplied: status === "completed" && chosen === latest,
        counts: keptCounts.parse(found.counts), digest: found.digest, brakes: reasons, facts: facts.parse(found.facts),
        moved: found.moved === null ? null : movedView(previewMoved.parse(found.moved)),
        attempts, kept: PREVIEW_KINDS.flatMap((kind) => kept.filter((one) => one.kind === kind).map(({ _count }) => ({ kind, rows: _count._all }))),
        ...(await looksOf(db, environment, found.looks)), releasers: await releasersOf(db, environment), countedPartial, brakeOff, note: brakeNote, letGo: letGo && { ...letGo, at: letGo.at.toISOString() }, may: mayOf(actor, environment, status, reasons.length > 0 && !brakeOff),
      });
    },
  }, raw);
}

/** The rows behind one count, in their order: `{environment, scan, attempt, kind, after?, limit?}`; `after` is the `next` of the page before. Refuses `missing`. */
export function scanRows(actor: Actor, raw: unknown): Promise<Result<PreviewRows>> {
  return read(actor, {
    act: "scan.read",
    input: z.object({
      environment: number, scan: number, attempt: number, kind: z.enum(PREVIEW_KINDS),
      after: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(200).default(100),
    }),
    load: async (db, { environment, scan, attempt, kind, after, limit }) => {
      const shown = await db.scanPreview.count({ where: { environmentId: environment, scanId: scan, attempt } });
      if (shown === 0) return refuse("missing", `Scan ${scan} has no such preview here.`);
      const found = await db.scanRow.findMany({
        where: { environmentId: environment, scanId: scan, attempt, kind, position: { gt: after } }, orderBy: { position: "asc" }, take: limit + 1,
        include: { finding: { select: { number: true } } },
      });
      const rows = found.slice(0, limit).map(({ position, finding, asset, severity, title, location, why }) => (
        { kind, position, finding: finding?.number ?? null, asset, severity, title, location, why }));
      return ok({ rows, next: found.length > limit ? rows.at(-1)?.position ?? null : null });
    },
  }, raw);
}
