import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { visibleEnvironments } from "@/lib/db/visible";
import type { EnvironmentView } from "@/lib/domain/views/shell";
import type { Actor } from "@/lib/gate/actor";

const environment = z.object({ number: z.number(), name: z.string() });

/** The environments that the actor may see, by number, at most 1,000. The question is about permission itself, so it asks for none. */
export async function listEnvironments(actor: Actor): Promise<EnvironmentView[]> {
  return rows(prisma, environment, sql`SELECT e.id AS number, e.name FROM environment e WHERE ${visibleEnvironments(actor.roles)} ORDER BY e.id LIMIT 1000`);
}
