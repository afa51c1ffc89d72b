import { z } from "zod";

/** The channel on which the relay says what has changed. */
export const LIVE_CHANNEL = "docket_live";
/** The outbox's word for a message that no job follows. */
export const CHANGED = "changed";

/** More findings than this are told as "many": a message stays far below the 8,000 bytes that a notification may have. */
export const MOST_NUMBERS = 200;
const MOST_RECORDS = 50;

const id = z.number().int().positive();

/** What a change touched, by kind: findings by their numbers, bulk actions and scans by their ids, who belongs here, who looks at what. */
export const liveKinds = z.object({
  findings: z.union([z.array(id).max(MOST_NUMBERS), z.literal("many")]).optional(),
  bulks: z.array(id).max(MOST_RECORDS).optional(),
  scans: z.array(id).max(MOST_RECORDS).optional(),
  tickets: z.array(id).max(MOST_RECORDS).optional(),
  people: z.literal(true).optional(),
  /** somebody's inbox has something new */
  notices: z.literal(true).optional(),
  presence: z.literal(true).optional(),
});
export type LiveKinds = z.output<typeof liveKinds>;

/** What one notification carries. */
export const liveMessage = z.object({ environment: id, kinds: liveKinds });
export type LiveMessage = z.output<typeof liveMessage>;

type Touching = { action: string; record: { type: string; number: number | null }; finding?: unknown; bulk?: number | null; scan?: number | null };

/** The newest records of a kind stand for the rest. */
function recordsOf(entries: readonly Touching[], type: "bulk" | "scan" | "ticket"): number[] {
  const ids = entries.flatMap((entry) => (type === "ticket" ? null : entry[type]) ?? (entry.record.type === type ? (entry.record.number ?? []) : []));
  return [...new Set(ids)].slice(-MOST_RECORDS);
}

/** What the entries of one act touched, bounded however many they are; null when nobody's screen shows it. */
export function touchedBy(entries: readonly Touching[]): LiveKinds | null {
  const numbers = new Set(entries.flatMap(({ finding, record: { number } }) => (finding && number !== null ? [number] : [])));
  // Of a completed scan nobody lists the findings.
  const isMany = numbers.size > MOST_NUMBERS || entries.some(({ action }) => action === "scan.completed");
  const [bulks, scans, tickets] = [recordsOf(entries, "bulk"), recordsOf(entries, "scan"), recordsOf(entries, "ticket")];
  const kinds: LiveKinds = {
    ...(isMany ? { findings: "many" } : numbers.size > 0 ? { findings: [...numbers] } : {}),
    ...(bulks.length > 0 ? { bulks } : {}),
    ...(scans.length > 0 ? { scans } : {}),
    ...(tickets.length > 0 ? { tickets } : {}),
    ...(entries.some((entry) => entry.record.type === "person") ? { people: true } : {}),
  };
  return Object.keys(kinds).length > 0 ? kinds : null;
}

function newest(one: readonly number[] = [], other: readonly number[] = []): number[] {
  return [...new Set([...one, ...other])].slice(-MOST_RECORDS);
}

function findingsOf(one: LiveKinds["findings"], other: LiveKinds["findings"]): LiveKinds["findings"] {
  if (one === "many" || other === "many") return "many";
  const numbers = new Set([...(one ?? []), ...(other ?? [])]);
  return numbers.size > MOST_NUMBERS ? "many" : [...numbers];
}

/** Two changes as one. */
export function joinKinds(one: LiveKinds, other: LiveKinds): LiveKinds {
  return {
    ...(one.findings || other.findings ? { findings: findingsOf(one.findings, other.findings) } : {}),
    ...(one.bulks || other.bulks ? { bulks: newest(one.bulks, other.bulks) } : {}),
    ...(one.scans || other.scans ? { scans: newest(one.scans, other.scans) } : {}),
    ...(one.tickets || other.tickets ? { tickets: newest(one.tickets, other.tickets) } : {}),
    ...(one.people || other.people ? { people: true } : {}),
    ...(one.notices || other.notices ? { notices: true } : {}),
    ...(one.presence || other.presence ? { presence: true } : {}),
  };
}

/** Many messages as one for each environment. */
export function joinMessages(messages: readonly LiveMessage[]): LiveMessage[] {
  const joined = new Map<number, LiveKinds>();
  for (const { environment, kinds } of messages) joined.set(environment, joinKinds(joined.get(environment) ?? {}, kinds));
  return [...joined].map(([environment, kinds]) => ({ environment, kinds }));
}
