import { prisma } from "@/lib/db/client";

/** The trail of a finding in the words of a test: one line per entry, oldest first. "Ann: finding.transitioned open>in_progress v1". */
export async function trailOf(finding: number): Promise<string[]> {
  const events = await prisma.auditEvent.findMany({ where: { findingId: finding }, orderBy: { sequence: "asc" } });
  return events.map(({ actorName, action, fromStatus, toStatus, version }) =>
    [`${actorName}: ${action}`, fromStatus && toStatus ? `${fromStatus}>${toStatus}` : null, version === null ? null : `v${version}`].filter(Boolean).join(" "),
  );
}

/** The entries of a finding with their bodies, oldest first. */
export async function entriesOf(finding: number) {
  return prisma.auditEvent.findMany({ where: { findingId: finding }, orderBy: { sequence: "asc" }, include: { body: true } });
}

/** How many entries the log holds: a refusal must leave it as it was. */
export async function logLength(): Promise<number> {
  return prisma.auditEvent.count();
}

/** Where the log of an environment's findings is no chain: an entry that does not begin where the one before it ended, and more or fewer entries than the versions say. */
export async function brokenChain(environment: number): Promise<string[]> {
  const entries = await prisma.auditEvent.findMany({ where: { environmentId: environment, findingId: { not: null }, version: { not: null } }, orderBy: { version: "asc" } });
  const ends = new Map<number | null, string>();
  const broken = entries.flatMap(({ recordNumber: number, version, fromStatus, toStatus }) => {
    const before = ends.get(number) ?? "open";
    if (toStatus !== null) ends.set(number, toStatus);
    return fromStatus === null || fromStatus === before ? [] : [`F-${number} v${version} begins at ${fromStatus} and stood at ${before}`];
  });
  const { _sum } = await prisma.finding.aggregate({ where: { environmentId: environment }, _sum: { version: true } });
  return _sum.version === entries.length ? broken : [...broken, `${entries.length} entries for ${_sum.version} versions`];
}
