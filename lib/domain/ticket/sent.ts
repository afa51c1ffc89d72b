import { z } from "zod";
import { SEVERITIES } from "@/lib/domain/finding/words";
import type { DeliveryKind } from "./delivery";
import { PRIORITIES } from "./words";

/** What a tracker was last told of a ticket, field by field; `assignee` by e-mail, null: nobody; `text`: the mark of its description. What is left out it was never told. */
export const sentWords = z.object({
  title: z.string().max(300), priority: z.enum(PRIORITIES), severity: z.enum(SEVERITIES), labels: z.array(z.string().max(500)).max(100), assignee: z.string().max(320).nullable(),
  text: z.string().max(64),
}).partial();
export type SentWords = z.output<typeof sentWords>;

/** The same as it is stored; nothing, where nothing was sent to the issue that the ticket is now. */
export const sentOf = (stored: unknown): SentWords => sentWords.safeParse(stored).data ?? {};

/** Which changes of a ticket carry each field; `findings` changed may have changed the worst severity. */
const CARRIED_BY = {
  title: ["title"], priority: ["priority"], severity: ["severity", "findings"], labels: ["labels"], assignee: ["assignee"],
} as const satisfies Record<Exclude<keyof SentWords, "text">, readonly string[]>;

/** Did one of these change? `fields` left out: anything may have. */
export const isAmong = (fields: readonly string[] | undefined, names: readonly string[]): boolean => fields === undefined || names.some((name) => fields.includes(name));

/**
 * What a delivery told its tracker, of all that the ticket said then: a new ticket all but its assignee, who is named in its text alone; a change what
 * changed, but for what the tracker would not take over (`left`); a remark nothing.
 */
export function toldBy(kind: DeliveryKind, said: SentWords, { fields, left }: { fields?: readonly string[] | undefined; left: readonly string[] }): SentWords {
  const { title, priority, severity, labels, assignee } = said;
  if (kind === "create") return { title, priority, severity, labels };
  if (kind !== "update") return {};
  const isTold = (field: keyof typeof CARRIED_BY) => !left.includes(field) && isAmong(fields, CARRIED_BY[field]);
  return {
    ...(isTold("title") ? { title } : {}), ...(isTold("priority") ? { priority } : {}), ...(isTold("severity") ? { severity } : {}),
    ...(isTold("labels") ? { labels } : {}), ...(isTold("assignee") ? { assignee } : {}),
  };
}
