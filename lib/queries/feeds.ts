import { editions, type Edition } from "@/lib/db/sql/feeds";

/** The editions of the catalogues in force, for the operator. */
export async function feedEditions(): Promise<Edition[]> {
  return editions();
}
