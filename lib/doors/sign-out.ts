import { prisma, sql } from "@/lib/db/client";
import { recordSignIn } from "./record-sign-in";
import { personActor } from "./session";
import { claimsIn } from "./session-cookie";

/**
 * Ends the session that an unsealed cookie speaks of, wherever a copy of it lies; other browsers of the person stay signed in. The first
 * sign-out of a session is an entry of the log. What is no session, or ended by itself, needs no end.
 */
export async function signOut(unsealed: unknown): Promise<void> {
  const claims = claimsIn(unsealed);
  if (!claims) return;
  const ended = await prisma.$executeRaw(sql`
    INSERT INTO signed_out_session (id, until) VALUES (${claims.session}::uuid, ${claims.until.toISOString()}::text::timestamptz) ON CONFLICT DO NOTHING`);
  const actor = ended === 1 ? await personActor(claims) : null;
  if (actor?.personId && actor.roles !== "everywhere")
    await recordSignIn({ outcome: "signed_out", person: { id: actor.personId, environments: [...actor.roles.keys()] }, address: null, why: null }, actor);
}
