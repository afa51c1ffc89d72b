import { findings } from "@/components/alerts/outcome-toast";
import { RESPONSE_LABELS, RESPONSES, ROUTE_LABELS, ROUTES, SEVERITIES, SEVERITY_LABELS } from "@/lib/domain/finding/words";
import { stateNamed } from "@/lib/domain/module/table";
import type { BulkRecord } from "@/lib/domain/records/bulk";
import { isUnderWay, type BulkStatus } from "@/lib/domain/bulk/words";
import type { BulkStarted } from "@/lib/domain/views/bulk";

export const STATUS_WORDS = {
  previewed: "Shown", queued: "Waits for its turn", running: "Running", paused: "Paused", completed: "Done", cancelled: "Cancelled", failed: "Broke off",
} as const satisfies Record<BulkStatus, string>;

export { isUnderWay };

/** As many tags are named. */
const NAMED = 3;

function listed(value: unknown): string {
  const all = Array.isArray(value) ? value.map(String) : [];
  const named = all.length > NAMED ? [...all.slice(0, NAMED), `${all.length - NAMED} more`] : all;
  return [named.slice(0, -1).join(", "), ...named.slice(-1)].filter(Boolean).join(" and ");
}

/** "tag pci and edge", "tag pci, untag old": which ones, since a tray and a list of them tells several apart. */
function tagsOf(tags: unknown): string | null {
  if (tags === undefined || tags === null) return null;
  const [add, remove] = [listed(field(tags, "add")), listed(field(tags, "remove"))];
  return [add && `tag ${add}`, remove && `untag ${remove}`].filter(Boolean).join(", ") || "tags";
}

/** As the title that it is. */
const titled = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1);

function field(action: unknown, name: string): unknown {
  return typeof action === "object" && action !== null ? new Map(Object.entries(action)).get(name) : undefined;
}

/** What a bulk action does, in a few words, out of its stored action. */
export function deedOf({ action, undo_of: undoOf }: Pick<BulkRecord, "action" | "undo_of">): string {
  if (undoOf !== null) return `Take back bulk action ${undoOf}`;
  const response = RESPONSES.find((each) => each === field(action, "response"));
  const severity = SEVERITIES.find((each) => each === field(action, "severity"));
  const route = ROUTES.find((each) => each === field(action, "route"));
  const [assignee, tags, state] = [field(action, "assignee"), field(action, "tags"), field(action, "state")];
  const parts = [
    response ? RESPONSE_LABELS[response] : null,
    field(action, "keep") === true ? "Keep the decision" : null,
    assignee === undefined ? null : assignee === null ? "unassign" : "assign",
    tagsOf(tags),
    typeof state === "string" ? (stateNamed(state)?.state.label ?? "state") : state === null ? "state taken back" : null,
    route ? `route: ${ROUTE_LABELS[route].toLowerCase()}` : null,
    severity ? `severity ${SEVERITY_LABELS[severity].toLowerCase()}` : null,
    field(action, "carry") ? "Carry over" : null,
  ].filter((part) => part !== null);
  return titled(parts.join(", ")) || "Bulk action";
}

/** What came of taking one back, in words: how many it took back, and how many it left alone because they moved since. */
export function takenBackWords(bulk: number, { id, status, changed = 0, left = 0 }: BulkStarted): { title: string; description?: string } {
  if (isUnderWay({ status })) return { title: `Bulk action ${bulk} is being taken back`, description: "What moved since is left alone, and listed." };
  const title = changed === 0 ? `Nothing of bulk action ${bulk} was taken back` : `Taken back: ${findings(changed)}`;
  return left === 0 ? { title } : { title: `${title}, ${left.toLocaleString("en")} left alone`, description: `They moved since: who did what stands under bulk action ${id}.` };
}
