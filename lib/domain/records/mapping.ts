import { z } from "zod";
import { moment } from "@/lib/domain/records/finding";
import { columnMapping } from "@/lib/domain/scan/mapping";

/** A saved column mapping as outsiders read it. */
export const mappingRecord = z.object({ name: z.string(), format: z.string(), mapping: columnMapping, version: z.number().int(), created_by: z.string(), created_at: moment })
  .meta({ id: "Mapping" });
export type MappingRecord = z.output<typeof mappingRecord>;

export const mappingListRecord = z.object({ items: z.array(mappingRecord).max(500) }).meta({ id: "MappingList" });
export type MappingListRecord = z.output<typeof mappingListRecord>;
