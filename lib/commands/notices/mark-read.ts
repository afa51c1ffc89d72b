import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { markRead as mark } from "@/lib/db/sql/notices";
import { number } from "@/lib/domain/finding/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parse, permit } from "@/lib/gate/permit";

const input = z.union([z.object({ environment: number, ids: z.array(number).min(1).max(500) }), z.object({ environment: number, upTo: number })]);

/** Marks one's own messages as read, these or all up to one: `{environment, ids}` or `{environment, upTo}`. Nobody's record, so no entry in the log. */
export async function markRead(actor: Actor, raw: unknown): Promise<Result<{ read: number }>> {
  const permitted = permit(actor, "notice.read", raw);
  if (!permitted.ok) return permitted;
  const asked = parse(input, raw);
  if (!asked.ok) return asked;
  if (actor.personId === null) return refuse("forbidden", "Only a person has messages.");

  return ok({ read: await mark(prisma, asked.value.environment, actor.personId, asked.value) });
}
