import fc from "fast-check";
import { expect, test } from "vitest";
import type { TimelineEntry, TimelinePage } from "@/lib/domain/views/finding";
import { withNewest } from "./timeline-pages";

const PAGE = 5;

function entryOf(at: number, revocable = false): TimelineEntry {
  return {
    id: `e${at}`, at: new Date(at * 60_000).toISOString(), actor: { type: "user", name: "Ann", initials: "AN" }, kind: at % 3 === 0 ? "decision" : "other", action: "finding.tagged",
    headline: "", hops: [], changes: [], reason: null, note: null, evidence: null, sequences: [], revocable: revocable ? `act-${at}` : null, bulkId: null,
  };
}
/** Entries 1 to `last`, newest first, so many pages from the top. */
const timeline = (last: number, pages = 1, kind: string | null = null): TimelinePage => {
  const all = Array.from({ length: last }, (_, at) => entryOf(last - at, at === 0)).filter((entry) => kind === null || entry.kind === kind);
  return { entries: all.slice(0, pages * PAGE), nextCursor: all.length > pages * PAGE ? "more" : null };
};
const ids = (page: TimelinePage) => page.entries.map(({ id }) => id);

test("a decision while somebody reads the third page puts one entry on top; what could be taken back before it no longer can", () => {
  const after = withNewest(timeline(20, 3), timeline(21), null);
  expect(ids(after)).toEqual(ids(timeline(21, 4)).slice(0, 16));
  expect(after.entries.filter(({ revocable }) => revocable !== null).map(({ id }) => id)).toEqual(["e21"]);
  expect(after.nextCursor).toBe("more");
});

test("whoever reads decisions alone goes on reading decisions: what else happens does not come between, what is decided does", () => {
  const decisions = timeline(20, 2, "decision");
  expect(ids(withNewest(decisions, timeline(23), "decision"))).toEqual(["e21", ...ids(decisions)]);
  const none = withNewest({ entries: [], nextCursor: null }, timeline(2), "decision");
  expect(none.entries).toEqual([]);
});

test("a page that begins with the entry of an address gets nothing on top; so much news that nothing meets is the newest page alone", () => {
  const linked = { ...timeline(10, 1), startsAt: true, marked: "e10" };
  expect(withNewest(linked, { ...timeline(10, 1), startsAt: true, marked: "e10" }, null)).toEqual(linked);
  expect(withNewest(timeline(5), timeline(30), null)).toEqual(timeline(30));
});

test("however much happens and however far somebody has read: newest first, each entry once, and none in between is missing", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 4 }), fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 }), (last, pages, news) => {
    let page = timeline(last, pages);
    let now = last;
    for (const more of news) { now += more; page = withNewest(page, timeline(now), null); }
    const read = ids(page);
    expect(read).toEqual(ids({ ...page, entries: timeline(now, 99).entries.slice(0, read.length) }));
    if (page.nextCursor === null) expect(read).toHaveLength(now);
  }));
});
