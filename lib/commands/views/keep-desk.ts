import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { keepLayout, keepLooked, keepPins } from "@/lib/db/sql/queue-desk";
import { layoutInput } from "@/lib/domain/desk/layout-input";
import { MOST_PINS } from "@/lib/domain/desk/saved-view";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parse, permit } from "@/lib/gate/permit";

const id = z.number().int().positive().max(2_147_483_647);
const input = z.object({
  environment: id,
  looked: z.object({ view: id.nullable(), address: z.string().startsWith("?").max(16_000), changed: layoutInput.nullable() }).optional(),
  layout: layoutInput.nullable().optional(),
  pins: z.array(id).max(MOST_PINS).optional(),
});

/**
 * How the person who asks has set up the queue, and what they look at: `{environment, looked?, layout?, pins?}`. Told with each change of the
 * screen. Theirs alone and no decision, so no entry in the log; one statement each, and nothing waits for it.
 */
export async function keepDesk(actor: Actor, raw: unknown): Promise<Result<null>> {
  const permitted = permit(actor, "finding.read", raw);
  if (!permitted.ok) return permitted;
  const read = parse(input, raw);
  if (!read.ok) return read;
  const person = actor.personId;
  if (actor.type !== "user" || person === null) return refuse("forbidden", "Only a person has a desk.");

  const { environment, looked, layout, pins } = read.value;
  if (looked) await keepLooked(prisma, environment, person, { ...looked, now: await databaseNow(prisma) });
  if (layout !== undefined) await keepLayout(prisma, environment, person, layout);
  if (pins) await keepPins(prisma, environment, person, [...new Set(pins)]);
  return ok(null);
}
