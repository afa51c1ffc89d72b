import { endOfDay } from "@/components/alerts/dialog-parts";
import type { Priority } from "@/lib/domain/ticket/words";
import type { Seen } from "@/lib/domain/views/actions";
import type { CreateTicketsInput } from "@/lib/domain/views/ticket-actions";

type Grouping = CreateTicketsInput["grouping"];

/** How findings become tickets, each way in words. */
export const GROUPINGS: readonly { grouping: Grouping; label: string }[] = [
  { grouping: "one", label: "One for all" }, { grouping: "each", label: "One each" }, { grouping: "rule", label: "By rule" }, { grouping: "component", label: "By component" },
];

/** What a person fills in; "" leaves it to what follows from the findings. */
export type CreateDraft = {
  grouping: Grouping; connector: number | null; title: string; assignee: string; team: string; cc: string; priority: Priority | ""; labels: string; dueOn: string; insist: boolean; override: string;
};

/** A draft to begin with: one finding is one ticket, many are one as well until somebody says otherwise. */
export function createDraft(): CreateDraft {
  return { grouping: "one", connector: null, title: "", assignee: "", team: "", cc: "", priority: "", labels: "", dueOn: "", insist: false, override: "" };
}

/** The words of a list that is typed, each once. */
export function wordsIn(text: string, between: RegExp): string[] {
  return [...new Set(text.split(between).map((each) => each.trim().toLowerCase()).filter(Boolean))];
}

/** What cannot be sent, by field. */
export function faultsOf(draft: CreateDraft): Partial<Record<"cc" | "dueOn", string>> {
  const wrong = wordsIn(draft.cc, /[\s,;]+/).find((each) => !/^[^@\s]+@[^@\s]+$/.test(each));
  return {
    ...(wrong ? { cc: `“${wrong}” is no e-mail address.` } : {}),
    ...(draft.dueOn !== "" && endOfDay(draft.dueOn) === null ? { dueOn: "Choose a day." } : {}),
  };
}

/** The draft as the server takes it. A title of one's own is for one ticket alone. */
export function termsOf(draft: CreateDraft, environment: number, items: readonly Seen[]): CreateTicketsInput {
  const [cc, labels] = [wordsIn(draft.cc, /[\s,;]+/), wordsIn(draft.labels, /[\s,]+/)];
  return {
    environment, items, grouping: items.length === 1 ? "each" : draft.grouping, connector: draft.connector, insist: draft.insist,
    ...(draft.title.trim() && (draft.grouping === "one" || items.length === 1) ? { title: draft.title.trim() } : {}),
    ...(draft.assignee === "" ? {} : { assignee: draft.assignee === "none" ? null : Number(draft.assignee) }),
    ...(draft.team.trim() ? { team: draft.team.trim() } : {}), ...(cc.length > 0 ? { cc } : {}), ...(labels.length > 0 ? { labels } : {}),
    ...(draft.priority ? { priority: draft.priority } : {}), ...(draft.dueOn ? { dueOn: endOfDay(draft.dueOn) ?? undefined } : {}),
    ...(draft.override.trim() ? { override: draft.override.trim() } : {}),
  };
}
