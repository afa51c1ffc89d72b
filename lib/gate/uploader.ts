import type { ClaimedScan } from "@/lib/db/sql/scan-claim";
import type { Actor } from "@/lib/gate/actor";

/**
 * Who sent the report: an import acts as its uploader, who was permitted when it was sent and cannot be asked again.
 * What follows from it is written as the system.
 */
export function uploaderOf({ environment, actor, requestId }: ClaimedScan): Actor {
  return { ...actor, roles: new Map([[environment, "analyst"]]), requestId };
}
