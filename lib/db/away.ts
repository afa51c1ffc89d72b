import { isLostConnection } from "@/lib/db/client";

/** What Prisma and PostgreSQL call a database that takes no connection now: not reached, timed out, none left in the pool or on the server. */
const AWAY = ["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "53300"];

/** Did something fail only because the database is away for a moment? What was asked may be asked again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : "errorCode" in error ? error.errorCode : null;
  const isNamed = AWAY.some((each) => each === code || error.message.includes(`Code: \`${each}\``));
  return isNamed || isLostConnection(error) || error.message.includes("Can't reach database server") || isDatabaseAway(error.cause);
}
