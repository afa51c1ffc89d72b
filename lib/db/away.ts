import { isLostConnection } from "@/lib/db/client";

/** What Prisma, PostgreSQL and the network call a database that takes no connection now: not reached, timed out, none left in the pool or on the server, its name not known for a moment. */
const AWAY = ["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "53300", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"];

/** Did something fail only because the database is away for a moment? What was asked may be asked again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : "errorCode" in error ? error.errorCode : null;
  const isNamed = AWAY.some((each) => each === code || error.message.includes(`Code: \`${each}\``));
  return isNamed || isLostConnection(error) || /Can't reach database server|timeout exceeded when trying to connect/.test(error.message) || isDatabaseAway(error.cause);
}
