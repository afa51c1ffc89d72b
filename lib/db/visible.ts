import { sql, type Sql } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/can";

/** Which environments `e` may somebody with these roles know of? What they are not a member of does not exist for them. */
export function visibleEnvironments(roles: ReadonlyMap<number, Role> | "everywhere"): Sql {
  return roles === "everywhere" ? sql`TRUE` : sql`e.id = ANY(${[...roles.keys()]}::int[])`;
}
