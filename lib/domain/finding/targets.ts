import { z } from "zod";
import { number, version } from "@/lib/domain/finding/input";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";

/** A finding to act on. With the version that the caller saw: refused when it has moved since; without: whatever is current. */
export const target = z.object({ number, version: version.nullish() });
export type Target = z.output<typeof target>;

/** Where and on which findings; one is a list of one. Strict: what would be skipped refuses the whole call. */
export const targets = {
  environment: z.number().int().positive(),
  items: z.array(target).min(1).max(MAX_SELECTION),
  strict: z.boolean().default(false),
};
