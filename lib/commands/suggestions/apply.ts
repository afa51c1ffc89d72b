import { settleSuggestions, type StoredSuggestion } from "@/lib/db/sql/suggestions";
import type { Tx } from "@/lib/db/client";
import { decideOne, outcomeOfBatch, type Batch } from "@/lib/domain/finding/batch";
import { MAX_NOTE } from "@/lib/domain/finding/input";
import type { Known, Move } from "@/lib/domain/finding/move";
import { STEPS } from "@/lib/domain/finding/suggestion";
import { GOVERNANCE_LABELS, type Governance } from "@/lib/domain/finding/words";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOf, decisionContext } from "@/lib/gate/findings";
import { detailsOf, entryOf, openSuggestionDesk, suggestionTargets, type SuggestionAnswer, type SuggestionDesk, type SuggestionTargets } from "@/lib/gate/suggestions";

/**
 * Follows suggestions as this person's own decision, by the ordinary transition table: `{environment, items: [{suggestion, version?}], note?}`.
 * The statement becomes the note. `keep_open`, and what stands there already, is agreement: it is logged and changes nothing. What may not
 * be followed (illegal, evidence missing, settled, stale) is skipped with its reason; strict refuses. To accept a risk is never applied as such.
 */
export function applySuggestions(actor: Actor, raw: unknown): Promise<Result<SuggestionAnswer>> {
  return commit(actor, { act: "finding.decide", input: suggestionTargets, work, timeout: 120_000 }, raw);
}

async function work(tx: Tx, asked: SuggestionTargets, context: Context): Promise<Result<Change<SuggestionAnswer>>> {
  const taken = await openSuggestionDesk(tx, asked);
  if (!taken.ok) return taken;
  const { desk } = taken.value;

  const { batch, agreed, settled } = followAll(taken.value, asked, context);

  const faulty = settled.length === 0 && batch.skipped.every(({ refusal }) => refusal.code === "invalid");
  const first = asked.strict || faulty ? batch.skipped[0] : undefined;
  if (first) return { ok: false, refusal: first.refusal };

  const told = { ...batch, skipped: batch.skipped.map(explained) };
  const change = changeOf(desk, told, context);
  if (!change.ok) return change;
  const done = change.value;
  const agreement = agreed.map(({ suggestion, finding }) => entryOf(suggestion, finding.id, "suggestion.applied", { note: asked.note ?? null, many: asked.many }));
  const [entry, ...rest] = "unchanged" in done ? agreement : [...done.trail, ...agreement];
  if (!entry) return ok({ unchanged: { ...outcomeOfBatch(told, context.actionId, context.now), settled } });

  return ok({
    trail: [entry, ...rest],
    write: async (writing) => {
      const answer = "unchanged" in done ? done.unchanged : await done.write(writing);
      await settleSuggestions(writing, desk.environment, settled, "applied", context.actor.name);
      return { ...answer, settled };
    },
  });
}

type Agreed = { suggestion: StoredSuggestion; finding: Known };
type Followed = { batch: Batch; agreed: Agreed[]; settled: number[] };

/** In the order of the suggestions: the first one about a finding decides, another one agrees with it or is left alone. */
function followAll({ desk, open }: SuggestionDesk, asked: SuggestionTargets, context: Context): Followed {
  const findings = new Map(desk.known.map((one) => [one.state.number, one]));
  const followed: Followed = { batch: { moves: [], skipped: [...desk.skipped], requested: [] }, agreed: [], settled: [] };
  const reached = new Map<number, Governance>();
  for (const suggestion of open) {
    const finding = findings.get(suggestion.finding);
    if (!finding) continue;
    const answer = follow(suggestion, finding, reached.get(suggestion.finding) ?? null, { asked, context, desk });
    if (!answer.ok) {
      followed.batch.skipped.push({ number: suggestion.finding, refusal: answer.refusal });
      continue;
    }
    if (answer.value === "agreed") followed.agreed.push({ suggestion, finding });
    else {
      followed.batch.moves.push(answer.value);
      reached.set(suggestion.finding, answer.value.after.governance);
    }
    followed.settled.push(suggestion.id);
  }
  return followed;
}

type Given = { asked: SuggestionTargets; context: Context; desk: SuggestionDesk["desk"] };

function follow(suggestion: StoredSuggestion, finding: Known, reached: Governance | null, { asked, context, desk }: Given): Result<Move | "agreed"> {
  const step = STEPS[suggestion.suggests];
  const stands = reached ?? finding.state.governance;
  if (step === "never") return refuse("illegal", "A suggestion to accept the risk is never applied as such.", { next: "Use the ordinary action with an expiry, or ignore it." });
  if (step === "agree") {
    if (stands === "open" || stands === "in_progress" || stands === "reopened") return ok("agreed");
    return refuse("illegal", `F-${finding.state.number} is not open but ${GOVERNANCE_LABELS[stands]}.`, { next: "Reopen it first, or ignore the suggestion." });
  }
  if (stands === step.to) return ok("agreed");
  if (reached !== null) return refuse("conflict", `Another suggestion of this list has set F-${finding.state.number} to ${GOVERNANCE_LABELS[reached]}.`);

  const note = [suggestion.reason, asked.note].filter(Boolean).join("\n").slice(0, MAX_NOTE);
  const decision = { to: step.to, note, ...(step.reason ? { reason: step.reason } : {}) };
  const verdict = decideOne(finding, decision, decisionContext(context, desk.policy), { note, evidence: [], acceptanceIds: [] });
  if (!verdict.ok) return verdict;
  if (!("move" in verdict.value)) return refuse("illegal", "This waits for an approver and cannot be suggested.");
  const { move } = verdict.value;
  return ok({ ...move, steps: [{ action: "suggestion.applied", after: finding.state, details: detailsOf(suggestion, asked.many), reason: suggestion.reason }, ...move.steps] });
}

/** One of many is skipped in a line: the fault itself says more than that there is one. */
function explained(skip: Batch["skipped"][number]): Batch["skipped"][number] {
  const faults = (skip.refusal.errors ?? []).map(({ message }) => message).join(" ");
  return faults === "" ? skip : { ...skip, refusal: { ...skip.refusal, message: faults } };
}
