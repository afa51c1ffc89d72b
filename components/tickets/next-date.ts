import type { TicketRow } from "@/lib/domain/views/tickets";

/**
 * The day that matters next: follow-up or retest of what is closed, else when it is due. A day on which somebody had to do something is over once it has
 * passed; from the day of a retest on the next scan decides, whenever that comes.
 */
export function nextDate({ state, dueOn, followUpOn, retestAt }: Pick<TicketRow, "state" | "dueOn" | "followUpOn" | "retestAt">, now: number): { word: string; at: string; isOver: boolean } | null {
  const next = state === "open" ? (dueOn ? { word: "due", at: dueOn } : null) : followUpOn ? { word: "follow up", at: followUpOn } : null;
  if (next) return { ...next, isOver: Date.parse(next.at) < now };
  return retestAt ? { word: Date.parse(retestAt) < now ? "next scan since" : "next scan", at: retestAt, isOver: false } : null;
}
