import { closeDraft, termsOf, type CloseDraft } from "@/components/alerts/close-draft";
import { dayAfter, endOfDay } from "@/components/alerts/dialog-parts";
import type { Command } from "@/components/alerts/commands";
import { tagsIn } from "@/components/alerts/tags-in";
import { RESPONSES, ROUTES, SEVERITIES, type Response, type Route, type Severity } from "@/lib/domain/finding/words";
import { MODULE_STATES, type ModuleState } from "@/lib/domain/module/table";
import type { BulkTerms } from "@/lib/domain/views/bulk";

/** What a person fills in: "" leaves a thing as it is. */
export type BulkDraft = { response: Response | "keep" | ""; close: CloseDraft; until: string; assignee: string; severity: Severity | ""; state: ModuleState | "none" | ""; route: Route | ""; add: string; remove: string; note: string };

const BEGINS = { investigate: "investigating", review: "needs_review", close: "closed", accept: "accepted_risk", keep: "keep" } as const;

/** A draft to begin with, by the command that opened the dialog. */
export function bulkDraft(now: string, me: number, maxDays: number, command: Command | null): BulkDraft {
  const response = command === "investigate" || command === "review" || command === "close" || command === "accept" || command === "keep" ? BEGINS[command] : "";
  return { response, close: closeDraft(now), until: dayAfter(now, Math.min(90, maxDays)), assignee: command === "assignMe" ? String(me) : "", severity: "", state: "", route: "", add: "", remove: "", note: "" };
}

function decided({ response, close, until, note }: BulkDraft, now: string, maxDays: number): BulkTerms {
  if (response === "") return {};
  if (response === "keep") return { keep: true };
  if (response === "closed") {
    const { evidence, ...terms } = termsOf({ ...close, note });
    return { ...terms, ...(evidence ? { evidence: [evidence] } : {}) };
  }
  if (response !== "accepted_risk") return { response };
  const end = endOfDay(until);
  const latest = Date.parse(now) + maxDays * 86_400_000;
  return { response, reason: "risk_accepted", ...(end ? { expiresAt: new Date(Math.min(Date.parse(end), latest)).toISOString() } : {}) };
}

/** The draft as the server takes it; null while it asks for nothing. */
export function bulkTerms(draft: BulkDraft, now: string, maxDays: number): BulkTerms | null {
  const [add, remove] = [tagsIn(draft.add), tagsIn(draft.remove)];
  const terms: BulkTerms = {
    ...decided(draft, now, maxDays),
    ...(draft.assignee === "" ? {} : { assignee: draft.assignee === "none" ? null : Number(draft.assignee) }),
    ...(add.length + remove.length > 0 ? { tags: { add, remove } } : {}),
    ...(draft.state === "" ? {} : { state: draft.state === "none" ? null : draft.state }),
    ...(draft.route === "" ? {} : { route: draft.route }),
    ...(draft.severity === "" ? {} : { severity: draft.severity }),
  };
  if (Object.keys(terms).length === 0) return null;
  const note = draft.note.trim();
  return note === "" ? terms : { ...terms, note };
}

/** Is any part of it nothing without a word of why? */
export function asksWhy({ response, close, severity, route }: BulkDraft): boolean {
  return response === "keep" || response === "accepted_risk" || (response === "closed" && close.reason === "false_positive") || severity !== "" || route !== "";
}

/** What is to be filled in before it can be shown; null: nothing that the form alone can tell. */
export function draftFault(draft: BulkDraft, terms: BulkTerms | null): string | null {
  if (terms === null) return "Choose what is to be done.";
  return asksWhy(draft) && draft.note.trim() === "" ? "Say why in the note: an auditor will read it." : null;
}

export function stateIn(value: string): BulkDraft["state"] {
  return value === "none" ? value : (MODULE_STATES.find((each) => each === value) ?? "");
}

export function routeIn(value: string): Route | "" {
  return ROUTES.find((each) => each === value) ?? "";
}

/** Another response, or that what was decided is kept. */
export function responseIn(value: string): BulkDraft["response"] {
  return value === "keep" ? value : (RESPONSES.find((each) => each === value) ?? "");
}

/** A word that a list of choices gave back. */
export function severityIn(value: string): Severity | "" {
  return SEVERITIES.find((each) => each === value) ?? "";
}
