import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { isMaking, ticketsOfIssues, unheardTickets } from "@/lib/db/sql/ticket-there";
import { CONNECTOR_KINDS, connectorRule } from "@/lib/domain/connector/kinds";
import { unseal } from "@/lib/gate/seal";

const hook = z.object({ id: z.number(), body: z.unknown(), hours: z.number() });

export type WaitingHook = z.output<typeof hook>;

/** Bytes, as they are stored, that are read at once. */
const MOST_BYTES = 16_000_000;

/**
 * Webhooks of a connector that nobody has read, in the order in which they came, after the one with this id: so many at most, and one at least, however large;
 * `hours`: for how long they wait. hook_unread_partial.
 */
export const waitingHooks = (connector: number, after: number, most: number): Promise<WaitingHook[]> => rows(prisma, hook, sql`
  SELECT id, body, hours FROM (
    SELECT id, body, extract(epoch FROM now() - received_at)::float8 / 3600 AS hours, sum(pg_column_size(body)) OVER (ORDER BY id) - pg_column_size(body) AS before
    FROM (SELECT id, body, received_at FROM hook WHERE connector_id = ${connector} AND settled_at IS NULL AND id > ${after} ORDER BY id LIMIT ${most}) waiting) sized
  WHERE before < ${MOST_BYTES} ORDER BY id`);

const stored = z.object({ id: z.number(), environment: z.number(), name: z.string(), kind: z.enum(CONNECTOR_KINDS), settings: z.unknown(), sealed: z.instanceof(Uint8Array).nullable(), isLeftAlone: z.boolean() });

/** A tracker that may be asked. `secret` null: it cannot be opened. `isLeftAlone`: it wants patience, or its circuit is open. */
export type AskedTracker = Omit<z.output<typeof stored>, "sealed"> & { secret: string | null };

/** A connector that is in use, with its secret opened, for a job. */
export async function trackerToAsk(id: number): Promise<AskedTracker | null> {
  const found = await row(prisma, stored, sql`
    SELECT id, environment_id AS environment, name, kind, settings, sealed, greatest(open_until, resume_at) > docket_now() IS TRUE AS "isLeftAlone"
    FROM connector WHERE id = ${id} AND enabled AND removed_at IS NULL`);
  if (!found) return null;
  const { sealed, ...connector } = found;
  const rule = connectorRule(found.kind).secret;
  return { ...connector, secret: sealed ? unseal(sealed, { record: "connector", id, purpose: "secret" }) : !rule || rule.optional ? "" : null };
}

const due = z.object({ id: z.number(), hasHooks: z.boolean() });

/** Connectors in use, each with whether webhooks of it wait to be read; asked by the clock. */
export const connectorsToHear = (): Promise<z.output<typeof due>[]> => rows(prisma, due, sql`
  SELECT c.id, EXISTS (SELECT FROM hook h WHERE h.connector_id = c.id AND h.settled_at IS NULL) AS "hasHooks" FROM connector c
  WHERE c.enabled AND c.removed_at IS NULL AND c.kind <> 'email' ORDER BY c.id LIMIT 10000`);

/** The issues of open tickets of a connector that nobody has heard of for an hour, longest first. */
export const unheardIssues = (connector: number, most: number): Promise<{ key: string; id: string | null }[]> => unheardTickets(prisma, connector, 1, most);

/** Which of these issues may be ours? Of any other nothing is asked. */
export async function oursOf(connector: number, issues: readonly { id: string | null; key: string }[]): Promise<boolean[]> {
  const numbers = issues.length === 0 ? [] : await ticketsOfIssues(prisma, connector, issues);
  const isMakingSome = numbers.includes(null) && (await isMaking(prisma, connector));
  return numbers.map((number) => number !== null || isMakingSome);
}
