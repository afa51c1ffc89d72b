import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { REPORT_FORMATS } from "@/lib/domain/scan/formats";
import type { ScansPage } from "@/lib/domain/views/scans";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { BESIDE_SCAN, scanView } from "@/lib/queries/scan-view";
import { environmentOf, meOf } from "@/lib/queries/who";

const PAGE = 50;
const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)_(\d{1,9})$/;

/** Scans of an environment, newest first, and what the drop zone offers: `{environment, cursor, maxBytes}`, the last as the upload's door has it. */
export function scansPage(actor: Actor, raw: unknown): Promise<Result<ScansPage>> {
  return read(actor, {
    act: "scan.read",
    input: z.object({ environment: z.number().int().positive(), cursor: z.string().max(100).nullable(), maxBytes: z.number().int().positive() }),
    load: async (db, { environment: where, cursor, maxBytes }, { now }) => {
      const [, at, id] = CURSOR.exec(cursor ?? "") ?? [];
      if (cursor !== null && (at === undefined || Number.isNaN(Date.parse(at)))) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list." }]);
      const after = at === undefined ? {} : { OR: [{ requestedAt: { lt: new Date(at) } }, { requestedAt: new Date(at), id: { lt: Number(id) } }] };
      const [environment, found, assets] = await Promise.all([
        environmentOf(db, where),
        db.scan.findMany({ where: { environmentId: where, ...after }, orderBy: [{ requestedAt: "desc" }, { id: "desc" }], take: PAGE + 1, include: BESIDE_SCAN }),
        assetNames(db, where),
      ]);
      if (!environment) return refuse("missing", `There is no environment ${where}.`);

      const shown = found.slice(0, PAGE);
      const last = found.length > PAGE ? shown.at(-1) : undefined;
      return ok({
        environment, me: meOf(actor, where), now: now.toISOString(), scans: shown.map(scanView), assets, formats: REPORT_FORMATS,
        nextCursor: last ? `${last.requestedAt.toISOString()}_${last.id}` : null, upload: { maxBytes },
      });
    },
  }, raw);
}

async function assetNames(db: Db, environment: number): Promise<string[]> {
  const found = await db.asset.findMany({ where: { environmentId: environment }, select: { name: true }, orderBy: { name: "asc" }, take: 200 });
  return found.map(({ name }) => name);
}
