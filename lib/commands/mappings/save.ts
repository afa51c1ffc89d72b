import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { nextId } from "@/lib/db/next-id";
import { row } from "@/lib/db/rows";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { columnMapping } from "@/lib/domain/scan/mapping";
import { savedMapping } from "@/lib/domain/scan/mapping-input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";

const input = savedMapping.extend({ environment: z.number().int().positive() });
type Asked = z.output<typeof input>;

const stored = z.object({ id: z.number(), format: z.string(), mapping: columnMapping, version: z.number() });

/** How many an environment may hold. */
const MOST = 500;

/**
 * Saves how the columns of a table are read, under a name: `{environment, name, format, mapping, version?}`. Gives its name and version.
 * Reports that were sent keep the mapping that they came with. Refuses `stale` where somebody saved another one since `version`.
 */
export async function saveMapping(actor: Actor, raw: unknown): Promise<Result<{ name: string; version: number }>> {
  return commit(actor, { act: "mapping.manage", input, work }, raw);
}

async function work(tx: Tx, { environment, name, format, mapping, version }: Asked, { actor }: Context): Promise<Result<Change<{ name: string; version: number }>>> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended('docket mapping ' || ${name}::text, ${environment}))`); // two of one name at once come one after the other
  const before = await row(tx, stored, sql`SELECT id, format, mapping, version FROM column_mapping WHERE environment_id = ${environment} AND name = ${name}`);
  if (version !== undefined && version !== (before?.version ?? 0))
    return refuse("stale", `The mapping ${name} was saved anew since: its version is ${before?.version ?? 0}.`, { next: "Load it again." });
  if (before?.format === format && JSON.stringify(before.mapping) === JSON.stringify(mapping)) return ok({ unchanged: { name, version: before.version } });
  if (!before && (await tx.columnMapping.count({ where: { environmentId: environment } })) >= MOST) return refuse("conflict", `There are ${MOST} mappings here: that is as many as are kept.`);

  const id = before?.id ?? (await nextId(tx, "column_mapping"));
  const next = (before?.version ?? 0) + 1;
  return ok({
    trail: [{
      action: "mapping.saved", record: { type: "mapping", number: id }, before: before ? { format: before.format, mapping: before.mapping, version: before.version } : null,
      after: { name, format, mapping, version: next },
    }],
    write: async (writing) => {
      const data = { format, mapping, version: next };
      await writing.columnMapping.upsert({
        where: { environmentId_name: { environmentId: environment, name } }, update: data,
        create: { ...data, id, environmentId: environment, name, createdBy: actor.name },
      });
      return { name, version: next };
    },
  });
}
