import { z } from "zod";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { ScanPage } from "@/lib/domain/views/scans";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { scanDetail, storedScan } from "@/lib/queries/scan-view";
import { environmentOf, meOf } from "@/lib/queries/who";

const number = z.number().int().positive().max(2_147_483_647);

/** One scan with its counts, parts and rejections: `{environment, scan}`. */
export function scanPage(actor: Actor, raw: unknown): Promise<Result<ScanPage>> {
  return read(actor, {
    act: "scan.read",
    input: z.object({ environment: number, scan: number }),
    load: async (db, { environment: where, scan: id }, { now }) => {
      const [environment, scan] = await Promise.all([environmentOf(db, where), storedScan(db, where, id)]);
      if (!environment || !scan) return refuse("missing", `There is no scan ${id} here.`);
      return ok({ environment, me: meOf(actor, where), now: now.toISOString(), scan: scanDetail(scan) });
    },
  }, raw);
}
