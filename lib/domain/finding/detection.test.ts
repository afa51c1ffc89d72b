import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { observe, scannerStatus, type Detection, type Look } from "@/lib/domain/finding/detection";
import { days } from "@/lib/testing/finding-state";

const full = (day: number, sees: boolean): Look => ({ takenAt: days(day), outcome: "completed", covers: true, sees });
const partial = (day: number, sees: boolean, covers: boolean): Look => ({ ...full(day, sees), covers });

/** Walks looks in the order in which they are imported; the scope remembers its newest covering scan even while nothing is known. */
function imported(looks: readonly Look[]): Detection | null {
  let finding: Detection | null = null;
  let lastScanned: Date | null = null;
  for (const look of looks) {
    finding = observe(finding, look, lastScanned).finding;
    if (look.outcome === "completed" && look.covers && (lastScanned === null || look.takenAt > lastScanned)) lastScanned = look.takenAt;
  }
  return finding;
}

function status(looks: readonly Look[]) {
  const finding = imported(looks);
  return finding === null ? "unknown" : scannerStatus(finding);
}

describe("scanner status, the first condition that holds", () => {
  const at = (addedOn: number, lastSeenOn: number | null, lastScanned: number | null) =>
    scannerStatus({
      addedOn: days(addedOn),
      lastSeenOn: lastSeenOn === null ? null : days(lastSeenOn),
      lastScanned: lastScanned === null ? null : days(lastScanned),
    });

  it.each([
    [1, 1, 1, "new"],
    [2, 2, 1, "new"],
    [2, null, 1, "new"],
    [1, 1, null, "open"],
    [1, null, null, "open"],
    [1, 2, 2, "open"],
    [1, 3, 2, "open"],
    [1, 1, 2, "closed"],
    [1, null, 2, "closed"],
  ] as const)("added %s, seen %s, scanned %s: %s", (addedOn, lastSeenOn, lastScanned, expected) => {
    expect(at(addedOn, lastSeenOn, lastScanned)).toBe(expected);
  });
});

describe("scans, one after the other", () => {
  it("goes from new to open to closed, and heals by itself when it is seen again, never to new", () => {
    const looks = [full(1, true), full(2, true), full(3, false), full(4, true)];
    expect(looks.map((_look, place) => status(looks.slice(0, place + 1)))).toEqual(["new", "open", "closed", "open"]);
  });

  it("tells a re-find from a sighting, and a disappearance from nothing new", () => {
    const known = imported([full(1, true), full(2, false)]);
    expect(observe(known, full(3, true)).change).toBe("refound");
    expect(observe(known, full(3, false)).change).toBe("none");
    expect(observe(imported([full(1, true)]), full(2, false)).change).toBe("unseen");
    expect(observe(imported([full(1, true)]), full(2, true)).change).toBe("persisting");
  });

  it.each(["failed", "cancelled"] as const)("learns nothing from a %s scan", (outcome) => {
    const known = imported([full(1, true)]);
    expect(observe(known, { ...full(2, false), outcome })).toEqual({ finding: known, change: "none" });
    expect(observe(null, { ...full(2, true), outcome }).finding).toBeNull();
  });

  it("does not close what a partial scan did not look at, and closes what it named", () => {
    expect(status([full(1, true), partial(2, false, false)])).toBe("new");
    expect(status([full(1, true), partial(2, false, true)])).toBe("closed");
    expect(status([full(1, true), full(2, false), partial(3, true, false)])).toBe("open");
  });

  it("is open, not new, where nothing that covers it was ever taken", () => {
    expect(status([partial(1, true, false)])).toBe("open");
  });

  it("lets an older scan that comes in late fill history and change no status", () => {
    const gone = imported([full(1, true), full(5, false)]);
    expect(observe(gone, full(3, true))).toMatchObject({ change: "history", finding: { lastSeenOn: days(3), lastScanned: days(5) } });
    expect(status([full(1, true), full(5, false), full(3, true)])).toBe("closed");
    expect(status([full(5, true), full(3, false)])).toBe("new");
    expect(status([full(5, true), full(3, true)])).toBe("new");
  });

  it("takes in what only an older scan ever saw as not detected", () => {
    expect(status([full(5, false), full(3, true)])).toBe("closed");
  });
});

const look = fc.record({
  takenAt: fc.integer({ min: 0, max: 30 }).map((day) => days(day)),
  outcome: fc.constantFrom("completed", "completed", "completed", "failed", "cancelled"),
  covers: fc.boolean(),
  sees: fc.boolean(),
}) satisfies fc.Arbitrary<Look>;

/** One scope holds one scan at a time: no two looks were taken at the same moment. */
const looks = fc.uniqueArray(look, { maxLength: 12, selector: (each) => each.takenAt.getTime() });

describe("any order of any scans", () => {
  it("ends detected exactly when the newest look that counts saw it, however the imports were shuffled", () => {
    fc.assert(
      fc.property(looks, (shuffled) => {
        const counted = shuffled.filter((one) => one.outcome === "completed").toSorted((a, b) => a.takenAt.getTime() - b.takenAt.getTime());
        const seen = counted.findLast((one) => one.sees)?.takenAt ?? null;
        const scanned = counted.findLast((one) => one.covers)?.takenAt ?? null;

        const finding = imported(shuffled);
        if (seen === null) expect(finding).toBeNull();
        else expect(finding).toMatchObject({ lastSeenOn: seen, lastScanned: scanned });
        expect(status(shuffled) === "closed").toBe(seen !== null && scanned !== null && seen < scanned);
      }),
    );
  });

  it("never moves a status by a scan older than the newest covering one, and never back to new", () => {
    fc.assert(
      fc.property(looks, look, (each, next) => {
        const before = imported(each);
        if (before === null) return;
        const { finding: after, change } = observe(before, next);
        expect(after?.addedOn).toEqual(before.addedOn);
        if (after === null) return;
        if (change === "history") expect(scannerStatus(after)).toBe(scannerStatus(before));
        // Only the very first scan that covers a finding can still find it new.
        if (scannerStatus(before) !== "new" && before.lastScanned !== null) expect(scannerStatus(after)).not.toBe("new");
      }),
    );
  });
});
