import { z } from "zod";
import { mergeCandidates } from "@/lib/db/sql/merge-candidates";
import { ticketsByNumber } from "@/lib/db/sql/ticket-lock";
import { number } from "@/lib/domain/finding/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { MergeOffer } from "@/lib/domain/views/tickets";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const input = z.object({ environment: z.number().int().positive(), ticket: number, search: z.string().trim().max(300) });

/** Open tickets that a ticket may be merged with, `{environment, ticket, search}`: at most eight, those that share most of its findings first, then the last changed. */
export function mergeOffers(actor: Actor, raw: unknown): Promise<Result<readonly MergeOffer[]>> {
  return read(actor, {
    act: "ticket.write",
    input,
    load: async (db, { environment, ticket, search }) => {
      const [held] = await ticketsByNumber(db, environment, [ticket]);
      if (!held) return refuse("missing", `There is no ticket T-${ticket} here.`);
      const findings = held.links.filter(({ unlinkedAt }) => unlinkedAt === null).map(({ id }) => id);
      return ok(await mergeCandidates(db, environment, { id: held.id, findings }, search));
    },
  }, raw);
}
