import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { lockFixes } from "@/lib/db/sql/scan-proof";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { moveRemediationInput } from "@/lib/domain/remediation/input";
import { allowedMoves, type Mover } from "@/lib/domain/remediation/machine";
import { REMEDIATION_LABELS, type Remediation } from "@/lib/domain/ticket/words";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { movable, moveFixes } from "@/lib/gate/remediation";

/** The findings whose fix moved, and where it is now. */
export type RemediationMoved = { ticket: number; to: Remediation; findings: readonly number[] };

/**
 * Says how far the fix of a ticket is, `{environment, ticket, findings?, to, note?, autoRetest?}`: of the findings named, or of all that may go there.
 * Ready starts the deployment window. A closed ticket's fix can only get ready: to work on it, it is opened again first. Refuses `illegal` where none may move.
 */
export function moveRemediation(actor: Actor, raw: unknown): Promise<Result<RemediationMoved>> {
  return commit(actor, { act: "ticket.write", input: moveRemediationInput, work }, raw);
}

const MOVES_AS = { user: "person", token: "person", automation: "person", connector: "connector", system: "system" } as const satisfies Record<Actor["type"], Mover>;

async function work(tx: Tx, asked: z.output<typeof moveRemediationInput>, { actor, now }: Context): Promise<Result<Change<RemediationMoved>>> {
  const { environment, to, note, autoRetest } = asked;
  const ticket = await tx.ticket.findUnique({ where: { environmentId_number: { environmentId: environment, number: asked.ticket } }, select: { id: true } });
  if (!ticket) return refuse("missing", `There is no ticket T-${asked.ticket} here.`);
  const { tickets: policy } = await policyOf(tx, environment);
  const fixes = (await lockFixes(tx, environment, { tickets: [ticket.id] })).filter(({ finding }) => !asked.findings || asked.findings.includes(finding));
  const by = MOVES_AS[actor.type];

  const missing = asked.findings?.find((number) => !fixes.some(({ finding }) => finding === number));
  if (missing !== undefined) return refuse("missing", `F-${missing} is not in T-${asked.ticket}.`);
  const [first] = fixes;
  if (first?.state === "closed" && to !== "resolved") return refuse("illegal", `T-${asked.ticket} is closed.`, { next: "Reopen it to work on it again.", allowed: ["resolved"] });
  const how = { to, by, now, policy, autoRetest, reason: null, note: note ?? null };
  const moving = movable(fixes, how).map(({ fix }) => fix.finding);
  if (moving.length === 0) {
    const from = first?.remediation ?? "open";
    if (first && fixes.every(({ remediation }) => remediation === to)) return refuse("conflict", `Already there: ${REMEDIATION_LABELS[to]}.`);
    return refuse("illegal", `A fix that is ${REMEDIATION_LABELS[from].toLowerCase()} cannot become ${REMEDIATION_LABELS[to].toLowerCase()} this way.`, { allowed: allowedMoves(from, by) });
  }

  const following = await moveFixes(tx, environment, fixes, how);
  const [head, ...rest] = following.trail;
  const outcome: RemediationMoved = { ticket: asked.ticket, to, findings: moving };
  if (!head) return ok({ unchanged: outcome });
  return ok({
    trail: [head, ...rest], jobs: following.jobs,
    write: async (writing) => {
      await following.write(writing);
      return outcome;
    },
  });
}
