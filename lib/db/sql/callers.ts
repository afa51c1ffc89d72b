import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { ROLES } from "@/lib/domain/access/can";
import { SCOPES } from "@/lib/domain/access/scopes";

const role = z.enum(ROLES);

const storedToken = z.object({
  id: z.number(), environment: z.number(), name: z.string(), role, scopes: z.array(z.enum(SCOPES)), addresses: z.array(z.string()), revokedAt: z.date().nullable(), expiresAt: z.date(), lastUsedAt: z.date().nullable(),
  at: z.date(), owner: z.object({ id: z.number(), name: z.string(), email: z.string(), role, isIn: z.boolean() }).nullable(),
});

/** A token by its hash or id, with the person behind it and the database's time: what every call over REST asks first. api_token_hash_key, else the primary key. */
export async function storedTokenOf(which: { hash: Uint8Array } | { id: number }): Promise<z.output<typeof storedToken> | null> {
  return row(prisma, storedToken, sql`
    SELECT t.id, t.environment_id AS environment, t.name, t.role::text, t.scopes::text[], t.addresses, t.revoked_at AS "revokedAt", t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt", docket_now() AS at,
      CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'role', m.role, 'isIn', m.active AND p.disabled_at IS NULL) END AS owner
    FROM api_token t LEFT JOIN membership m ON m.environment_id = t.environment_id AND m.person_id = t.person_id LEFT JOIN person p ON p.id = m.person_id
    WHERE ${"hash" in which ? sql`t.hash = ${which.hash}` : sql`t.id = ${which.id}`}`);
}

const storedPerson = z.object({
  id: z.number(), email: z.string(), name: z.string(), version: z.number(), isDisabled: z.boolean(), isSignedOut: z.boolean(), roles: z.array(z.object({ environment: z.number(), role })),
});

/** A person with the roles that they have now, and whether they signed out of a session (null: none is meant): what every page asks first. */
export async function storedPersonOf(id: number, session: string | null): Promise<z.output<typeof storedPerson> | null> {
  return row(prisma, storedPerson, sql`
    SELECT p.id, p.email, p.name, p.session_version AS version, p.disabled_at IS NOT NULL AS "isDisabled", EXISTS (SELECT FROM signed_out_session s WHERE s.id = ${session}::uuid) AS "isSignedOut",
      coalesce((SELECT json_agg(json_build_object('environment', m.environment_id, 'role', m.role) ORDER BY m.environment_id) FROM membership m WHERE m.person_id = p.id AND m.active), '[]') AS roles
    FROM person p WHERE p.id = ${id}`);
}
