type Trouble = { says: RegExp; what: string; next: string };

/** Trouble that is not the report's, by what the database or the system says; the first row that fits. Codes are PostgreSQL's (appendix A of its manual). */
const TROUBLES: readonly Trouble[] = [
  { says: /\b53100\b|ENOSPC|No space left|could not extend file/i, what: "the disk of the database is full", next: "Whoever runs Docket makes room there" },
  { says: /\b53200\b|out of (shared )?memory/i, what: "the database is out of memory", next: "Whoever runs Docket gives it more, or runs less beside it" },
  { says: /\b53300\b|too many (clients|connections)|remaining connection slots/i, what: "the database has no connection left", next: "Whoever runs Docket raises max_connections, or ends what holds them" },
  { says: /\b25006\b|read-only transaction/i, what: "the database takes no writes", next: "Whoever runs Docket looks whether it is a standby, or set to read only" },
  { says: /\b(57P0[123]|08\d{3}|P1001|P1017)\b|terminating connection|starting up|shutting down|Connection terminated|timeout exceeded when trying to connect|closed the connection|ECONNRE(SET|FUSED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT/i, what: "the database did not answer", next: "Whoever runs Docket looks whether it is up" },
];

const OTHER: Omit<Trouble, "says"> = { what: "it broke off for a reason of our own", next: "Tell whoever runs Docket: the server's log has it" };

/** At most so long a scan waits until it is tried again. */
export const TROUBLE_MINUTES = 20;

/** Why an import waits that broke off by no fault of its report, and what helps: the sentences that its sender reads. */
export function troubleOf(error: unknown): string {
  const said = error instanceof Error ? `${"code" in error ? String(error.code) : ""} ${error.message}` : String(error);
  const { what, next } = TROUBLES.find(({ says }) => says.test(said)) ?? OTHER;
  return `It waits to be tried again: ${what}. ${next}; the import then goes on by itself, within twenty minutes.`;
}
