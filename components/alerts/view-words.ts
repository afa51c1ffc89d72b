import type { QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress } from "@/lib/domain/views/queue-address";
import type { Views } from "./use-views";

/** What everybody has without saving it. */
export const BUILT_IN = [
  { key: "queue", name: "The whole queue", address: "?tab=needs_review" },
  { key: "mine", name: "My queue", address: "?tab=all&q=response:needs_review,investigating+assignee:me" },
  { key: "bookmarked", name: "Bookmarked", address: "?tab=all&q=is:bookmarked" },
  { key: "shared", name: "Shared with me", address: "?tab=all&q=is:shared" },
] as const;

/** The name of what is shown, where it is one of those. */
export function builtInName(filter: QueueFilter): string | null {
  const here = queueAddress(filter);
  return BUILT_IN.find(({ address }) => address === here)?.name ?? null;
}

/** What the dialog of a view is asked for. */
export type ViewAsk = "new" | "change";

/** Does what is shown differ from the open view? */
export function isChanged({ view, isLayoutChanged }: Views, filter: QueueFilter): boolean {
  return view !== null && (isLayoutChanged || queueAddress(filter) !== view.address);
}
