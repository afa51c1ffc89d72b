import { z } from "zod";
import { ok, type Result } from "@/lib/domain/refusal";
import type { MappingListRecord } from "@/lib/domain/records/mapping";
import { columnMapping } from "@/lib/domain/scan/mapping";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

/** The saved column mappings of an environment, by name: `{environment}`. At most 500. */
export function savedMappings(actor: Actor, raw: unknown): Promise<Result<MappingListRecord>> {
  return read(actor, {
    act: "scan.import",
    input: z.object({ environment: z.number().int().positive() }),
    load: async (db, { environment }) => {
      const found = await db.columnMapping.findMany({ where: { environmentId: environment }, orderBy: [{ name: "asc" }, { id: "asc" }], take: 500 });
      return ok({
        items: found.map(({ name, format, mapping, version, createdBy, createdAt }) => (
          { name, format, mapping: columnMapping.parse(mapping), version, created_by: createdBy, created_at: createdAt.toISOString() })),
      });
    },
  }, raw);
}
