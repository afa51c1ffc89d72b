import { z } from "zod";
import { sql, type Db, type Sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { ROLES } from "@/lib/domain/access/can";

const member = z.object({ id: z.number(), name: z.string(), email: z.string(), role: z.enum(ROLES) });
export type Member = z.output<typeof member>;

/** People who belong to this environment now, by id or e-mail in lower case; whoever left or was disabled is left out. */
export async function membersNamed(db: Db, environment: number, who: { ids?: readonly number[]; emails?: readonly string[] }): Promise<Member[]> {
  return rows(db, member, sql`
    SELECT p.id, p.name, p.email, m.role FROM membership m JOIN person p ON p.id = m.person_id
    WHERE m.environment_id = ${environment} AND m.active AND p.disabled_at IS NULL
      AND (p.id = ANY (${[...(who.ids ?? [])]}::int[]) OR p.email = ANY (${[...(who.emails ?? [])]}::text[]))
    ORDER BY p.id`);
}

/** Has one of these people a finding `f`: as its assignee, or as that of an open ticket of it? ticket_finding_open_key. */
export const ownedBy = (people: readonly number[]): Sql => sql`coalesce(f.assignee_id = ANY (${[...people]}::int[]), FALSE)
  OR EXISTS (SELECT FROM ticket_finding l JOIN ticket t ON t.id = l.ticket_id WHERE l.finding_id = f.id AND l.is_open AND t.assignee_id = ANY (${[...people]}::int[]))`;

/** Which of these findings one of these people has. */
export async function ownersAmong(db: Db, findings: readonly number[], people: readonly number[]): Promise<ReadonlySet<number>> {
  if (people.length === 0) return new Set();
  const found = await rows(db, z.object({ id: z.number() }), sql`
    SELECT f.id FROM finding f WHERE f.id = ANY (${[...findings]}::int[]) AND (${ownedBy(people)}) ORDER BY f.id`);
  return new Set(found.map(({ id }) => id));
}

/** People who belong to this environment now and are called so: by e-mail, by name, or by the part of the address before the @. At most two, to tell one from many. */
export async function membersCalled(db: Db, environment: number, said: string): Promise<Member[]> {
  return rows(db, member, sql`
    SELECT p.id, p.name, p.email, m.role FROM membership m JOIN person p ON p.id = m.person_id
    WHERE m.environment_id = ${environment} AND m.active AND p.disabled_at IS NULL AND lower(${said.trim()}::text) IN (lower(p.email), lower(p.name), lower(split_part(p.email, '@', 1)))
    ORDER BY lower(p.email) = lower(${said.trim()}::text) DESC, p.id LIMIT 2`);
}
