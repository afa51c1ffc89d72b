import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { openTargets, statedByScan, suggestionCounts, suggestionList, suggestionsOfFinding, type StoredSuggestion, type SuggestionsWanted } from "@/lib/db/sql/suggestions";
import { pageLimit } from "@/lib/domain/filter/input";
import { SUGGESTION_OUTCOMES, SUGGESTS } from "@/lib/domain/finding/suggestion";
import type { SuggestionAnswerRecord, SuggestionListRecord, SuggestionRecord } from "@/lib/domain/records/suggestion";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { SuggestionKind, SuggestionsView, SuggestionTarget, SuggestionView } from "@/lib/domain/views/suggestion";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import type { SuggestionAnswer } from "@/lib/gate/suggestions";

const number = z.number().int().positive().max(2_147_483_647);
const PAGE = 100;
const MOST_TARGETS = 1_000;

function viewOf({ restsOn, saidAt, at, settledAt, title, asset, severity, scanner, governance, version, finding, ...rest }: StoredSuggestion): SuggestionView {
  return {
    ...rest,
    author: restsOn.author ?? null, note: restsOn.note ?? null, products: restsOn.products, productCount: restsOn.product_count,
    saidAt: saidAt?.toISOString() ?? null, at: at.toISOString(), settledAt: settledAt?.toISOString() ?? null,
    finding: { number: finding, title, asset, severity, scanner, governance, version },
  };
}

/** What is suggested about a finding, for its page: open ones first. */
export async function suggestionsOn(db: Db, environment: number, { id }: { id: number }): Promise<SuggestionView[]> {
  return (await suggestionsOfFinding(db, environment, id)).map(viewOf);
}

/** What a scan's document states and suggests, open ones first by kind: `{environment, scan, after?}`; a hundred at a time, `next` goes into `after`. */
export function suggestionsOfScan(actor: Actor, raw: unknown): Promise<Result<SuggestionsView>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, scan: number, after: z.number().int().min(0).max(2_147_483_647).default(0) }),
    load: async (db, { environment, scan, after }) => {
      const wanted: SuggestionsWanted = { environment, scan, finding: null, outcome: null };
      const [stated, counts, found] = await Promise.all([statedByScan(db, environment, scan), suggestionCounts(db, wanted), suggestionList(db, wanted, after, PAGE + 1)]);
      if (!stated) return refuse("missing", `There is no scan ${scan} here.`);
      const items = found.slice(0, PAGE).map(viewOf);
      return ok({ scan, ...stated, kinds: kindsOf(counts), items, next: found.length > PAGE ? (items.at(-1)?.id ?? null) : null });
    },
  }, raw);
}

function kindsOf(counts: Awaited<ReturnType<typeof suggestionCounts>>): SuggestionKind[] {
  return SUGGESTS.flatMap((suggests) => {
    const ofKind = counts.filter((one) => one.suggests === suggests);
    const n = (outcome: string | null) => ofKind.find((one) => one.outcome === outcome)?.n ?? 0;
    return ofKind.length === 0 ? [] : [{ suggests, open: n(null), applied: n("applied"), ignored: n("ignored"), superseded: n("superseded") }];
  });
}

/** All open suggestions of one kind that a scan made, each as it stands: `{environment, scan, suggests}`; 1,000 at most. */
export function suggestionTargetsOf(actor: Actor, raw: unknown): Promise<Result<{ items: SuggestionTarget[] }>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment: number, scan: number, suggests: z.enum(SUGGESTS) }),
    load: async (db, { environment, scan, suggests }) => ok({ items: await openTargets(db, environment, scan, suggests, MOST_TARGETS) }),
  }, raw);
}

function recordOf({ id, finding, suggests, reason, source, scan, restsOn, saidAt, at, outcome, settledAt, settledBy }: StoredSuggestion): SuggestionRecord {
  const { author, status, justification, note, vulnerability, products, product_count } = restsOn;
  return {
    ...{ id, finding, suggests, reason, source, scan, outcome },
    rests_on: { author: author ?? null, status: status ?? null, justification: justification ?? null, note: note ?? null, vulnerability: vulnerability ?? null, products, product_count },
    said_at: saidAt?.toISOString() ?? null,
    made_at: at.toISOString(),
    settled_at: settledAt?.toISOString() ?? null,
    settled_by: settledBy,
  };
}

const listed = z.object({
  environment: number, finding: number.optional(), scan: number.optional(), outcome: z.enum(["open", ...SUGGESTION_OUTCOMES]).optional(), limit: pageLimit, cursor: z.string().max(20).optional(),
});

/** Suggestions in the order in which they were made: `{environment, finding?, scan?, outcome?, limit, cursor?}`. */
export function listSuggestions(actor: Actor, raw: unknown): Promise<Result<SuggestionListRecord>> {
  return read(actor, {
    act: "finding.read",
    input: listed,
    load: async (db, { environment, finding, scan, outcome, limit, cursor }) => {
      if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
      const wanted = { environment, finding: finding ?? null, scan: scan ?? null, outcome: outcome ?? null };
      const [counts, found] = await Promise.all([suggestionCounts(db, wanted), suggestionList(db, wanted, Number(cursor ?? 0), limit + 1)]);
      const items = found.slice(0, limit).map(recordOf);
      const total = counts.reduce((all, { n }) => all + n, 0);
      return ok({ items, next_cursor: found.length > limit ? String(items.at(-1)?.id) : null, total, counts: counts.map(({ n, ...kind }) => ({ ...kind, count: n })) });
    },
  }, raw);
}

/** What an action on suggestions did, in the words of the REST interface. */
export function answerRecord(done: Result<SuggestionAnswer>): Result<SuggestionAnswerRecord> {
  if (!done.ok) return done;
  const { settled, actionId, changed, skipped, undoUntil } = done.value;
  return ok({ settled: [...settled], action_id: actionId, changed: [...changed], skipped: [...skipped], undo_until: undoUntil });
}
