import { z } from "zod";
import { COLUMN_IDS, DENSITIES, isColumn } from "@/lib/domain/desk/layout";

const columns = z.array(z.string().max(40).refine(isColumn, `A column is one of: ${COLUMN_IDS.join(", ")}.`)).max(COLUMN_IDS.length)
  .refine((names) => new Set(names).size === names.length, "Name each column once.");

export const columnsInput = columns.transform((names) => names.filter(isColumn));
export const layoutInput = z.strictObject({ columns: columnsInput, density: z.enum(DENSITIES) });
