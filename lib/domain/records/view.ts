import { z } from "zod";
import { COLUMN_IDS, DENSITIES } from "@/lib/domain/desk/layout";
import { TABS } from "@/lib/domain/finding/words";
import { moment } from "@/lib/domain/records/finding";
import { SORTS } from "@/lib/domain/views/alerts";

/** A saved view as outsiders read it. */
export const viewRecord = z.object({
  id: z.number().int(),
  name: z.string(),
  description: z.string(),
  shared: z.boolean(),
  default: z.boolean().describe("What everybody here opens who chose nothing else."),
  owner: z.string(),
  filter: z.string().describe("Its address below /e/{env}/alerts."),
  tab: z.enum(TABS),
  q: z.string().describe("The filter language, as GET …/findings takes it."),
  sort: z.enum(SORTS),
  columns: z.array(z.enum(COLUMN_IDS)).max(COLUMN_IDS.length),
  density: z.enum(DENSITIES),
  version: z.number().int(),
  created_at: moment,
  changed_at: moment,
}).meta({ id: "View" });
export type ViewRecord = z.output<typeof viewRecord>;

export const viewListRecord = z.object({ items: z.array(viewRecord).max(500) }).meta({ id: "ViewList" });
export type ViewListRecord = z.output<typeof viewListRecord>;
