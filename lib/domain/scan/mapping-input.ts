import { z } from "zod";
import { columnMapping } from "@/lib/domain/scan/mapping";

/** Formats that are read by a mapping of one's own. */
export const MAPPED_FORMATS = ["generic-csv", "generic-json"] as const;

/** A mapping as it is saved: under a name, for one of the two formats. `version` is the one that was seen; a newer one is not written over. */
export const savedMapping = z.strictObject({
  name: z.string().trim().min(1).max(200).refine((name) => !name.startsWith("{"), { message: "A name does not begin with a brace." }),
  format: z.enum(MAPPED_FORMATS),
  mapping: columnMapping,
  version: z.number().int().min(0).max(2_147_483_647).optional(),
});
