import { fieldsOf, withFreshRows } from "@/lib/actions/fresh-rows";
import { approveAcceptance } from "@/lib/commands/acceptances/approve";
import { refuseAcceptance } from "@/lib/commands/acceptances/refuse";
import { amend } from "@/lib/commands/findings/amend";
import { assign } from "@/lib/commands/findings/assign";
import { keepDecision } from "@/lib/commands/findings/keep-decision";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { route } from "@/lib/commands/findings/route";
import { setState } from "@/lib/commands/findings/set-state";
import { tag } from "@/lib/commands/findings/tag";
import { transition } from "@/lib/commands/findings/transition";
import type { Result } from "@/lib/domain/refusal";
import type { BulkOutcome } from "@/lib/domain/views/actions";

type Actor = Parameters<typeof withFreshRows>[0];
type Done = Promise<Result<BulkOutcome>>;

/** What a screen decides on findings, whichever door it comes by: the command, then the rows that it moved. */

export async function decide(actor: Actor, raw: unknown): Done {
  const asked = fieldsOf(raw);
  const given = { ...asked, evidence: asked.evidence ? [asked.evidence] : null };
  return withFreshRows(actor, asked, asked.response ? await respond(actor, given) : await transition(actor, given));
}

export async function amendAll(actor: Actor, raw: unknown): Done {
  const asked = fieldsOf(raw);
  return withFreshRows(actor, asked, await amend(actor, { ...asked, evidence: asked.evidence ? [asked.evidence] : null }));
}

export const keepAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await keepDecision(actor, raw));
export const assignAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await assign(actor, raw));
export const tagAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await tag(actor, raw));
export const setStateOfAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await setState(actor, raw));
export const routeAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await route(actor, raw));
export const revertAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await revert(actor, raw));
export const approveAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await approveAcceptance(actor, raw));
export const refuseAll = async (actor: Actor, raw: unknown): Done => withFreshRows(actor, fieldsOf(raw), await refuseAcceptance(actor, raw));
