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
