import { joinSql, sql } from "@/lib/db/client";
import { expressionSql, type Asking } from "@/lib/db/sql/queue-where";
import { STATEFUL } from "@/lib/domain/module/table";
import { expressionOf } from "@/lib/domain/module/spelled-out";

/** Modules with a state of their own ask for finding types alone: of nobody, nowhere, at no time. */
const NOBODY: Asking = { environment: 0, personId: null, now: new Date(0), warnDays: 0, chosen: true };

/** The module whose states may be said of a finding `f`, the first that it belongs to; null: none. */
export const STATE_MODULE = sql`CASE ${joinSql(STATEFUL.map(({ key }) => sql`WHEN ${expressionSql(expressionOf(key), NOBODY)} THEN ${key}::text`), " ")} END`;
