import type { Db } from "@/lib/db/client";
import { twinsOf } from "@/lib/db/sql/finding-twins";
import type { TwinView } from "@/lib/domain/views/carry";

/** Who else sees this weakness on this asset. Worked out when it is asked for, stored nowhere: each detector keeps its own record. */
export function findingTwins(db: Db, environment: number, finding: number): Promise<readonly TwinView[]> {
  return twinsOf(db, environment, finding);
}
