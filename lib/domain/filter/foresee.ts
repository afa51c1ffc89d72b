import { isInTab } from "@/lib/domain/finding/governance";
import { responsesTagged } from "@/lib/domain/finding/response-tag";
import type { FindingRow, IsFlag, QueueFilter } from "@/lib/domain/views/alerts";
import { isTerm, type Expression, type Term } from "./expression";
import { termsOf } from "./flat";
import type { FieldName } from "./fields";

/** What a row says of itself; null: the row alone cannot say. */
type Verdict = boolean | null;

/** The same person for "me"; null where nobody in particular asks. */
type Asker = number | null;

const isOpenTo = (row: FindingRow, tab: "needs_review" | "investigating") => isInTab(tab, row.scannerStatus, row.governance);

/** The properties that a decision, an assignment or a tag may move and that a row shows. */
const FLAGS: Partial<Record<IsFlag, (row: FindingRow) => boolean>> = {
  kev: (row) => row.kev,
  new: (row) => row.scannerStatus === "new",
  regressed: (row) => row.governance === "reopened",
  unassigned: (row) => row.assignee === null && (isOpenTo(row, "needs_review") || isOpenTo(row, "investigating")),
  verified: (row) => row.verification === "verified" || row.verification === "attested",
  re_review: (row) => row.reReview !== null,
  live: (row) => row.response === "closed" && row.scannerStatus !== "closed",
  requested: (row) => row.requested !== null,
};

function assigned(values: readonly string[], { assignee }: FindingRow, me: Asker): Verdict {
  if (assignee === null) return values.includes("none");
  const names: readonly string[] = [assignee.email.toLowerCase(), assignee.name.toLowerCase()];
  if ((me === assignee.id && values.includes("me")) || values.some((value) => names.includes(value))) return true;
  return values.some((value) => value.includes("*")) ? null : false;
}

function tagged(values: readonly string[], { tags, response }: FindingRow): Verdict {
  if (responsesTagged(values).includes(response) || tags.some((tag) => values.includes(tag))) return true;
  if (values.includes("*")) return tags.length > 0;
  return tags.length > 0 && values.some((value) => value.includes("*")) ? null : false;
}

/** The fields that a row can answer by itself, as the database answers them. */
const FACTS: Partial<Record<FieldName, (values: readonly string[], row: FindingRow, me: Asker) => Verdict>> = {
  severity: (values, row) => values.includes(row.severity.calibrated),
  scanner: (values, row) => values.includes(row.scannerStatus),
  governance: (values, row) => values.includes(row.governance),
  response: (values, row) => values.includes(row.response),
  reason: (values, row) => row.closeReason !== null && values.includes(row.closeReason),
  verification: (values, row) => values.includes(row.verification),
  assignee: assigned,
  tag: tagged,
  state: (values, row) => (values.includes("none") ? null : row.moduleState !== null && values.includes(row.moduleState)),
  route: (values, row) => values.includes(row.route ?? "none"),
  is: (values, row) => all(values.map((value) => Object.entries(FLAGS).find(([flag]) => flag === value)?.[1](row) ?? null)),
};

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : true;
}

function verdictOn(expression: Expression, row: FindingRow, me: Asker): Verdict {
  if (isTerm(expression)) return FACTS[expression.field]?.(expression.values, row, me) ?? null;
  if ("all" in expression) return all(expression.all.map((each) => verdictOn(each, row, me)));
  if ("not" in expression) return opposite(verdictOn(expression.not, row, me));
  return opposite(all(expression.any.map((each) => opposite(verdictOn(each, row, me)))));
}

const opposite = (verdict: Verdict): Verdict => (verdict === null ? null : !verdict);

/** What a filter asks beyond its tab, as far as a row could answer it. Words of a search are never among it. */
export function asksOf(filter: QueueFilter): readonly Expression[] {
  return [...termsOf(filter).filter(isAnswerable), ...filter.rest];
}

const isAnswerable = ({ field }: Term): boolean => field in FACTS;

/** What a change of a row means for a filter that it stands under, as `asksOf` gives it: it falls out, it comes back in, or nobody can say without asking. */
export function foresee(asked: readonly Expression[], before: FindingRow, after: FindingRow, me: Asker): "out" | "in" | null {
  const isAfter = asked.map((each) => verdictOn(each, after, me));
  if (isAfter.includes(false)) return asked.some((each, at) => isAfter[at] === false && verdictOn(each, before, me) !== false) ? "out" : null;
  return asked.some((each) => verdictOn(each, before, me) === false) ? "in" : null;
}
