import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { can } from "@/lib/domain/access/can";
import { policyRecordOf } from "@/lib/domain/records/policy";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { REPORT_FORMATS } from "@/lib/domain/scan/formats";
import { columnMapping } from "@/lib/domain/scan/mapping";
import { savedMapping } from "@/lib/domain/scan/mapping-input";
import type { MappingView, ScansPage, ScanStatus } from "@/lib/domain/views/scans";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { BESIDE_SCAN, scanView } from "@/lib/queries/scan-view";
import { environmentOf, meOf } from "@/lib/queries/who";

const PAGE = 50;
const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)_(\d{1,9})$/;

/** Scans that wait for somebody or are under way, in the order in which they are shown: above all others. */
const UNSETTLED: readonly ScanStatus[] = ["held", "previewed", "applying", "parsing", "queued"];
const NEWEST_FIRST = [{ requestedAt: "desc" }, { id: "desc" }] as const;

/** Scans of an environment, those that wait first, then newest first, and what the drop zone offers: `{environment, cursor, maxBytes}`, the last as the upload's door has it. */
export function scansPage(actor: Actor, raw: unknown): Promise<Result<ScansPage>> {
  return read(actor, {
    act: "scan.read",
    input: z.object({ environment: z.number().int().positive(), cursor: z.string().max(100).nullable(), maxBytes: z.number().int().positive() }),
    load: async (db, { environment: where, cursor, maxBytes }, { now }) => {
      const [, at, id] = CURSOR.exec(cursor ?? "") ?? [];
      if (cursor !== null && (at === undefined || Number.isNaN(Date.parse(at)))) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list." }]);
      const after = at === undefined ? {} : { OR: [{ requestedAt: { lt: new Date(at) } }, { requestedAt: new Date(at), id: { lt: Number(id) } }] };
      const [environment, found, waiting, assets, policy] = await Promise.all([
        environmentOf(db, where),
        db.scan.findMany({ where: { environmentId: where, status: { notIn: [...UNSETTLED] }, ...after }, orderBy: [...NEWEST_FIRST], take: PAGE + 1, include: BESIDE_SCAN }),
        cursor === null ? db.scan.findMany({ where: { environmentId: where, status: { in: [...UNSETTLED] } }, orderBy: [...NEWEST_FIRST], take: PAGE, include: BESIDE_SCAN }) : [],
        assetNames(db, where),
        policyOf(db, where),
      ]);
      if (!environment) return refuse("missing", `There is no environment ${where}.`);

      const shown = found.slice(0, PAGE);
      const last = found.length > PAGE ? shown.at(-1) : undefined;
      const first = waiting.toSorted((a, b) => UNSETTLED.indexOf(a.status) - UNSETTLED.indexOf(b.status));
      return ok({
        environment, me: meOf(actor, where), now: now.toISOString(), scans: [...first, ...shown].map(scanView), assets, formats: REPORT_FORMATS, imports: policy.imports, acceptance: policyRecordOf(policy).acceptance,
        mappings: can(roleIn(actor, where), "scan.import") ? await mappingsOf(db, where) : [],
        nextCursor: last ? `${last.requestedAt.toISOString()}_${last.id}` : null, upload: { maxBytes },
      });
    },
  }, raw);
}

async function assetNames(db: Db, environment: number): Promise<string[]> {
  const found = await db.asset.findMany({ where: { environmentId: environment }, select: { name: true }, orderBy: { name: "asc" }, take: 200 });
  return found.map(({ name }) => name);
}

const view = savedMapping.pick({ name: true, format: true }).extend({ mapping: columnMapping, version: z.number() });

async function mappingsOf(db: Db, environment: number): Promise<MappingView[]> {
  const found = await db.columnMapping.findMany({ where: { environmentId: environment }, orderBy: [{ name: "asc" }, { id: "asc" }], take: 100 });
  return found.map(({ name, format, mapping, version }) => view.parse({ name, format, mapping, version }));
}
