import { prisma } from "@/lib/db/client";
import { connectorsDue } from "@/lib/db/sql/deliveries";

/** Trackers that have something to send and nobody at it; asked by the clock. */
export const dueConnectors = (): Promise<number[]> => connectorsDue(prisma);

/** Where a tracker belongs and what it is called; null: there is none. Asked by a job, for its actor. */
export async function whereConnector(id: number): Promise<{ id: number; name: string; environment: number } | null> {
  const found = await prisma.connector.findUnique({ where: { id }, select: { id: true, name: true, environmentId: true } });
  return found && { id: found.id, name: found.name, environment: found.environmentId };
}
