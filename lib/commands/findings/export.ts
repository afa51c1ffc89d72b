import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { policyOf } from "@/lib/db/policy";
import { openSnapshot, type ExportedFinding } from "@/lib/db/sql/finding-export";
import { askedFilter } from "@/lib/domain/filter/input";
import { FINDING_EXPORTS, isExport, type FindingExport } from "@/lib/domain/finding/sheet-out";
import { ok, type Result } from "@/lib/domain/refusal";
import { printQuery } from "@/lib/domain/filter/query";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { parse, permit } from "@/lib/gate/permit";

const format = z.custom<FindingExport>(isExport, `Choose of ${Object.keys(FINDING_EXPORTS).join(", ")}.`);
const input = z.object({ environment: z.number().int().positive(), filter: askedFilter, format });

export type Exported = { format: FindingExport; count: number; now: Date; batches: AsyncGenerator<readonly ExportedFinding[]> };

/**
 * All findings that a filter leaves, as they stand at one moment: `{environment, filter, format}`, the filter as an outsider writes it.
 * Logged before the first row goes out: who took which findings, and how many.
 */
export async function exportFindings(actor: Actor, raw: unknown): Promise<Result<Exported>> {
  const permitted = permit(actor, "finding.export", raw);
  if (!permitted.ok) return permitted;
  const read = parse(input, raw);
  if (!read.ok) return read;

  const { environment, filter } = read.value;
  const now = await databaseNow(prisma);
  const { decisions } = await policyOf(prisma, environment);
  const snapshot = await openSnapshot(filter, { environment, personId: actor.personId, now, warnDays: decisions.warnDays });
  try {
    const logged = await commit(actor, {
      act: "finding.export",
      input: z.object({ environment: z.number() }),
      work: async () => ok({
        trail: [{
          action: "finding.exported" as const,
          record: { type: "environment", number: environment },
          after: { tab: filter.tab, filter: printQuery(filter), format: read.value.format, findings: snapshot.count },
        }],
        write: () => Promise.resolve(null),
      }),
    }, { environment });
    if (logged.ok) return ok({ format: read.value.format, count: snapshot.count, now, batches: snapshot.batches() });
    await snapshot.close();
    return logged;
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}
