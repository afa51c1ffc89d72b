import type { Refusal } from "@/lib/domain/refusal";

export const BULK_STATUSES = ["previewed", "queued", "running", "paused", "completed", "cancelled", "failed"] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

/** Does it still run, or wait to? */
export const isUnderWay = ({ status }: { status: BulkStatus }): boolean => status === "queued" || status === "running" || status === "paused";

/** Where a bulk action stands, out of a refusal for where it stands; null: it was refused for something else. */
export function standsAt({ code, changes }: Refusal): BulkStatus | null {
  const [first]: readonly unknown[] = code === "conflict" && Array.isArray(changes) ? changes : [];
  const at = typeof first === "object" && first !== null && "status" in first ? first.status : null;
  return BULK_STATUSES.find((status) => status === at) ?? null;
}

/** Above this many findings whoever starts it says the number. */
export const CONFIRM_ABOVE = 1_000;
/** The largest set that is frozen at once. */
export const MOST_FROZEN = 2_000_000;

export const BULK_CATEGORIES = [
  "changes", "approval", "already_there", "expiry", "evidence", "note", "detail", "state", "route", "illegal", "not_permitted", "moved", "missing",
] as const;
export type BulkCategory = (typeof BULK_CATEGORIES)[number];

type CategoryRule = { label: string; todo: string };

/** What a bulk action finds: a heading for people, and what they can do about it. */
export const BULK_CATEGORY_RULES = {
  changes: { label: "Will change", todo: "" },
  approval: { label: "Wait for an approver", todo: "The policy asks for approval: they stay as they are until somebody else approves." },
  already_there: { label: "Already there", todo: "Nothing to do." },
  expiry: { label: "Need an expiry date", todo: "Give an expiry date that the policy allows." },
  evidence: { label: "Need evidence", todo: "Attach evidence that the policy accepts, or close them for another reason." },
  note: { label: "Need a note", todo: "Say why in the note." },
  detail: { label: "Need more", todo: "Complete the action." },
  state: { label: "Of another kind", todo: "This is only said of findings of its own module: choose those." },
  route: { label: "Cannot be routed so", todo: "Leave them on record, or pause them; or first triage, calibrate and assign them." },
  illegal: { label: "No such step", todo: "Decide them apart: the table has no step from where they stand." },
  not_permitted: { label: "Not permitted", todo: "Ask whoever acted, or a manager." },
  moved: { label: "Changed meanwhile", todo: "Look at them as they are now, then decide again." },
  missing: { label: "Not here", todo: "Check their numbers." },
} as const satisfies Record<BulkCategory, CategoryRule>;

const BY_PATH = { expiresAt: "expiry", evidence: "evidence", note: "note", state: "state", route: "route" } as const satisfies Record<string, BulkCategory>;

/** Under which heading a finding that an action leaves alone is listed. */
export function categoryOf(refusal: Refusal): BulkCategory {
  if (refusal.code === "conflict") return "already_there";
  if (refusal.code === "illegal") return "illegal";
  if (refusal.code === "forbidden") return "not_permitted";
  if (refusal.code === "stale") return "moved";
  if (refusal.code === "missing") return "missing";
  const path = refusal.errors?.[0]?.path;
  return path === "expiresAt" || path === "evidence" || path === "note" || path === "state" || path === "route" ? BY_PATH[path] : "detail";
}
