import { readFilter, type Asked } from "@/lib/domain/filter/read";
import type { QueueFilter } from "./alerts";
import { BESIDE } from "./queue-address";

/**
 * Reads a queue's address. Takes search parameters (strings or lists); what it does not know it leaves out,
 * so that an old or mistyped link still opens a queue instead of an error.
 */
export function readQueue(asked: Asked): QueueFilter {
  return readFilter(Object.fromEntries(Object.entries(asked).filter(([name]) => !BESIDE.includes(name))), "needs_review").filter;
}
