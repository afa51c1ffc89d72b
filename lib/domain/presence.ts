import { z } from "zod";

/** Seconds for which a look counts without being said again. */
export const LOOK_SECONDS = 12;
/** A person may look from as many tabs. */
export const MOST_TABS = 20;

/** Who looks at what: `number` null when the tab closes its finding. `tab` is a name that the tab gave itself. */
export const lookInput = z.object({
  environment: z.number().int().positive(),
  tab: z.string().regex(/^[\w-]{8,40}$/),
  number: z.number().int().positive().max(2_147_483_647).nullable(),
});

/** Somebody has this finding open. */
export type Look = { number: number; person: { id: number; name: string } };
