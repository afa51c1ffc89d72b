import { ANSWER_SECONDS } from "@/lib/domain/ticket/delivery";
import { env } from "@/lib/env";
import { ask } from "@/lib/outbound";
import type { TrackerFault } from "@/lib/plugins/connectors/contract";
import { openTracker, type Tracker } from "@/lib/plugins/connectors/registry";
import type { AskedTracker } from "@/lib/queries/hooks-waiting";

const MOST_BYTES = 10_000_000;

/** A tracker as a job asks it; null where it is none that answers, its settings are of another form, or its secret cannot be opened. */
export function askedTracker({ id, kind, settings, secret }: AskedTracker): Tracker | null {
  if (secret === null) return null;
  try {
    return openTracker(kind, { settings, secret }, (request) => ask(request, { timeout: ANSWER_SECONDS * 1_000, maxBytes: MOST_BYTES, allowInside: env.DOCKET_TRACKERS_INSIDE === "1" }));
  } catch (error) {
    console.error(`connector ${id}:`, error);
    return null;
  }
}

const LIMITED_SECONDS = 60;
const LONGEST_SECONDS = 86_400;

/** For how many seconds a tracker that did not answer is left alone by all who ask it; null: it did not ask for that. */
export function patienceAsked({ kind, retryAfter }: TrackerFault): number | null {
  const asked = retryAfter ?? (kind === "limited" ? LIMITED_SECONDS : null);
  return asked === null ? null : Math.min(LONGEST_SECONDS, Math.ceil(asked));
}
