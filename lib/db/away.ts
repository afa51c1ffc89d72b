/** Prisma's, PostgreSQL's and the network's words for a database that cannot be spoken to: not there, starting, stopping, or out of connections. */
const AWAY = ["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "57P01", "57P02", "57P03", "53300", "ECONNREFUSED", "ECONNRESET"];
const SENTENCE = /Can't reach database server|Connection terminated|terminating connection/;

/** Did something fail only because the database is away for a moment? What was asked may simply be asked again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : "errorCode" in error ? error.errorCode : null;
  const isNamed = AWAY.some((each) => each === code || error.message.includes(`Code: \`${each}\``));
  return isNamed || SENTENCE.test(error.message) || isDatabaseAway(error.cause);
}
