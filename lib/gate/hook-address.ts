import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { CONNECTOR_KINDS } from "@/lib/domain/connector/kinds";
import { Gathering } from "@/lib/domain/gathering";

const found = z.object({ hookId: z.string(), id: z.number(), environment: z.number(), kind: z.enum(CONNECTOR_KINDS), name: z.string(), hookSealed: z.instanceof(Uint8Array).nullable(), now: z.date() });

/** A connector in use, as it was when it was asked for: `now` by the database's clock. */
export type Addressed = z.output<typeof found>;

const addresses = new Gathering<string, Addressed | null>({ calls: 1_000, size: 1 }, async (hookIds) => {
  const all = await rows(prisma, found, sql`
    SELECT hook_id AS "hookId", id, environment_id AS environment, kind, name, hook_sealed AS "hookSealed", docket_now() AS now
    FROM connector WHERE hook_id = ANY (${[...new Set(hookIds)]}::text[]) AND enabled AND removed_at IS NULL`);
  return hookIds.map((hookId) => all.find((one) => one.hookId === hookId) ?? null);
});

/** Whose webhooks come to this address; null: nobody's. Trackers send by hundreds when hundreds of issues are changed: those are looked up together. */
export const connectorAt = (hookId: string): Promise<Addressed | null> => addresses.ask(hookId);
