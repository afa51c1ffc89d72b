import { prisma } from "@/lib/db/client";
import { beginLook, endLook } from "@/lib/db/sql/presence";
import { lookInput } from "@/lib/domain/presence";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parse, permit } from "@/lib/gate/permit";

/**
 * A person has a finding open, or closes it: `{environment, tab, number}`, said again every few seconds. No decision and nobody's record,
 * so no entry in the log; it holds no finding, and nothing waits for it.
 */
export async function look(actor: Actor, raw: unknown): Promise<Result<null>> {
  const permitted = permit(actor, "finding.read", raw);
  if (!permitted.ok) return permitted;
  const input = parse(lookInput, raw);
  if (!input.ok) return input;
  if (actor.personId === null) return refuse("forbidden", "Only a person looks at something.");

  const { environment, tab, number } = input.value;
  if (number === null) await endLook(prisma, environment, { person: actor.personId, tab });
  else await beginLook(prisma, environment, { person: actor.personId, tab, number });
  return ok(null);
}
