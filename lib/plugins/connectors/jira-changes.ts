import { z } from "zod";
import { readAnswer } from "./answers";
import { TrackerFault, type Asking, type Connector, type There, type TrackerAnswer } from "./contract";

// What changed in Jira since it was asked last. Its query language knows minutes alone, in the time zone of whoever asks.

/** So long after a minute is over all that changed in it stands in the search: then it is not read again. */
const SETTLED_MS = 300_000;
const MINUTE_MS = 60_000;
/** Issues of a numbered page that are read again with the next one. */
const OVERLAP = 20;

/** `page`: one page of a search, with when it was read by the tracker's clock; `zone`: who asks. */
type Asked<S extends { project: string }> = {
  page: (place: Asking<S>, jql: string, from: string | null) => Promise<{ found: There[]; next: string | null; at: Date | null }>;
  zone: (place: Asking<S>) => Promise<TrackerAnswer>;
};

/** Gives what changed since the cursor: an instant, and within a minute that has more than one page the next of them. */
export function changesOf<S extends { project: string }>({ page, zone }: Asked<S>): NonNullable<Connector<S>["changes"]> {
  const zones = new WeakMap<Asking<S>, string>(); // asked once in a turn, which is one place
  const zoneOf = async (place: Asking<S>) => {
    const known = zones.get(place) ?? readAnswer(await zone(place), z.object({ timeZone: z.string() }), "Asking for the user", false).timeZone;
    zones.set(place, known);
    return known;
  };
  return async (place, since) => {
    const timeZone = await zoneOf(place);
    const [instant, token = null] = since?.split("|") ?? [null];
    const minute = (when: string | null | undefined) => (when ? minuteIn(timeZone, new Date(when)) : null);
    const from = instant ? ` AND updated >= "${minute(instant)}"` : "";
    const jql = `project = "${place.settings.project}" AND labels = "docket"${from} ORDER BY updated ASC`;
    const { found, next, at } = await page(place, jql, overlapped(token)).catch((error: unknown) => {
      if (token !== null && error instanceof TrackerFault && error.kind === "invalid") return page(place, jql, null); // it knows that page no more: the minute is read from its begin
      throw error;
    });
    const last = found.at(-1)?.updatedAt?.toISOString() ?? instant ?? new Date(0).toISOString();
    // of a minute in which more changed than a page holds the next page is asked for, or the same would be for ever
    const isOneMinute = next !== null && minute(last) === minute(instant);
    if (isOneMinute) return { found, cursor: `${instant}|${next}`, more: true };
    return { found, cursor: next === null ? settled(last, found.length > 0 ? at : null) : last, more: next !== null };
  };
}

/** From where it goes on: a minute that was read whole after all of it had settled is over, and the next one begins. */
function settled(last: string, readAt: Date | null): string {
  const end = Math.floor(Date.parse(last) / MINUTE_MS + 1) * MINUTE_MS;
  return readAt !== null && readAt.getTime() >= end + SETTLED_MS ? new Date(end).toISOString() : last;
}

/** A page that is numbered begins somewhat sooner than the last one ended: what was changed meanwhile has left its place, and those behind it moved up. */
function overlapped(token: string | null): string | null {
  return token !== null && /^\d+$/.test(token) ? String(Math.max(0, Number(token) - OVERLAP)) : token;
}

/** An instant as the query language reads it: to the minute, where the asking user lives. */
function minuteIn(timeZone: string, at: Date): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const parts = new Map<string, string>(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}/${parts.get("month")}/${parts.get("day")} ${parts.get("hour")}:${parts.get("minute")}`;
}
