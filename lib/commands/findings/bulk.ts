import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { reserveBulk } from "@/lib/db/sql/bulk";
import { reserveAcceptances } from "@/lib/db/sql/finding-write";
import { refusalOf } from "@/lib/domain/finding/batch";
import { actAll, type BulkRecord } from "@/lib/domain/finding/bulk-action";
import { decisionFields, decisionOf, email, note, number, tagName } from "@/lib/domain/finding/input";
import { MAX_TAGS } from "@/lib/domain/finding/ownership";
import { target, targets } from "@/lib/domain/finding/targets";
import { RESPONSES, SEVERITIES } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import { bulkChange } from "@/lib/gate/bulks";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { decisionContext, openDesk, originalRefusal } from "@/lib/gate/findings";
import { memberOf } from "@/lib/gate/members";
import { proofsOf } from "@/lib/gate/proofs";

/** As many findings as one transaction takes in good time; they are written a thousand at a time. */
export const MAX_BULK = 10_000;

const names = z.array(tagName).max(MAX_TAGS).default([]);
const action = z
  .object({
    response: z.enum(RESPONSES).nullish(),
    ...decisionFields,
    severity: z.enum(SEVERITIES).nullish(),
    assignee: z.union([number, email]).nullable().optional(),
    tags: z.object({ add: names, remove: names }).nullish(),
  })
  .refine(({ response, severity, assignee, tags }) => response || severity || assignee !== undefined || tags, {
    message: "Say what to do: response, severity, assignee or tags.",
  });

const input = z.object({ environment: targets.environment, items: z.array(target).min(1).max(MAX_BULK), action, note: note.nullish() });

/**
 * Several acts on many findings as one action that can be undone: severity, assignee, tags, response, in that order.
 * The findings are held at the version they have; those that cannot take part are skipped with the reason.
 */
export function bulk(actor: Actor, raw: unknown): Promise<Result<BulkRecord>> {
  return commit(actor, { act: "finding.bulk", input: input.transform(withNote), work, timeout: 180_000 }, raw);
}

/** The note may stand beside the action as well as in it. */
function withNote(asked: z.output<typeof input>) {
  return { ...asked, action: { ...asked.action, note: asked.action.note ?? asked.note ?? null } };
}

async function work(tx: Tx, asked: z.output<typeof input>, context: Context): Promise<Result<Change<BulkRecord>>> {
  const { environment, action: wanted } = asked;
  const desk = await openDesk(tx, environment, asked.items, wanted.duplicateOf);
  const proofs = await proofsOf(tx, environment, wanted.evidence ?? [], context.actor);
  if (!proofs.ok) return proofs;
  const assignee = await memberOf(tx, environment, wanted.assignee, "action.assignee");
  if (!assignee.ok) return assignee;
  const acceptanceIds = await reserveAcceptances(tx, wanted.response === "accepted_risk" ? desk.known.length : 0);

  const acts = {
    severity: wanted.severity ? { severity: wanted.severity, reason: wanted.note ?? "" } : undefined,
    assignee: assignee.value,
    tags: wanted.tags ?? undefined,
    decision: wanted.response ? decisionOf({ response: wanted.response }, wanted) : undefined,
  };
  const said = { note: wanted.note ?? null, evidence: wanted.response ? proofs.value : [], acceptanceIds };
  const acted = actAll(desk.known, acts, decisionContext(context, desk.policy), said);
  const batch = { ...acted, skipped: [...desk.skipped, ...acted.skipped] };

  const refused = refusalOf(batch, false) ?? (await originalRefusal(tx, environment, wanted.duplicateOf));
  if (refused) return refused;

  return bulkChange(desk, batch, context, { id: await reserveBulk(tx), undoOf: null, action: wanted });
}
