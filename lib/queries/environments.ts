import { prisma } from "@/lib/db/client";
import type { EnvironmentView } from "@/lib/domain/views/shell";
import type { Actor } from "@/lib/gate/actor";

const MOST = 1_000;

/** The environments that the actor may see, by number: number and name. The question has no environment of its own, so it needs no permission. */
export async function listEnvironments(actor: Actor): Promise<EnvironmentView[]> {
  const seen = actor.roles === "everywhere" ? {} : { id: { in: [...actor.roles.keys()] } };
  const found = await prisma.environment.findMany({ where: seen, orderBy: { id: "asc" }, take: MOST, select: { id: true, name: true } });
  return found.map(({ id, name }) => ({ number: id, name }));
}
