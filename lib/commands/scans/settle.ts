import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { ScanStatus } from "@/lib/domain/scan/words";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback, type Change } from "@/lib/gate/commit";

const input = z.object({ environment: z.number().int().positive(), scan: z.number().int().positive().max(2_147_483_647) });
type Asked = z.output<typeof input>;

/** From which states each step leads on. What is being applied can be stopped no more: it is one transaction. */
const STEPS = {
  cancel: { from: ["queued", "parsing", "previewed", "held"], to: "cancelled", action: "scan.cancelled", word: "cancelled" },
  release: { from: ["previewed", "held"], to: "queued", action: "scan.released", word: "applied" },
} as const satisfies Record<string, { from: readonly ScanStatus[]; to: ScanStatus; action: string; word: string }>;

type Step = (typeof STEPS)[keyof typeof STEPS];

/** Stops a scan that waits, is being read or was previewed. Nothing of it is kept but the file. Refuses `illegal` in any other state. */
export async function cancelScan(actor: Actor, raw: unknown): Promise<Result<{ scan: number; status: ScanStatus }>> {
  return commit(actor, { act: "scan.import", input, work: (tx, asked) => step(tx, asked, STEPS.cancel) }, raw);
}

/** Applies a preview, or lets a held scan go on: its file is read again. Refuses `illegal` in any other state. */
export async function releaseScan(actor: Actor, raw: unknown): Promise<Result<{ scan: number; status: ScanStatus }>> {
  return commit(actor, { act: "scan.import", input, work: (tx, asked) => step(tx, asked, STEPS.release) }, raw);
}

async function step(tx: Tx, { environment, scan }: Asked, rule: Step): Promise<Result<Change<{ scan: number; status: ScanStatus }>>> {
  const found = await tx.scan.findFirst({ where: { id: scan, environmentId: environment }, select: { status: true } });
  if (!found) return refuse("missing", `There is no scan ${scan} here.`);
  const states: readonly ScanStatus[] = rule.from;
  const illegal = `Scan ${scan} is ${found.status}: only one that is ${states.join(" or ")} can be ${rule.word}.`;
  if (!states.includes(found.status)) return refuse("illegal", illegal, { allowed: [] });

  return ok({
    trail: [{ action: rule.action, record: { type: "scan", number: scan }, scan, before: { status: found.status }, after: { status: rule.to } }],
    write: async (writing) => {
      const moved = await writing.$executeRaw(sql`
        UPDATE scan SET status = ${rule.to}::scan_status, lease_until = NULL, dry_run = dry_run AND ${rule.to === "cancelled"},
          finished_at = CASE WHEN ${rule.to === "cancelled"} THEN docket_now() END
        WHERE id = ${scan} AND status::text = ANY (${[...states]}::text[])`);
      if (moved !== 1) throw new Rollback({ code: "illegal", message: illegal });
      return { scan, status: rule.to };
    },
    jobs: rule.to === "queued" ? [{ name: "run-import", payload: { scan } }] : [],
  });
}
