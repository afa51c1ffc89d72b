import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockFor, clockOnDetection, pauseClock, repaceClock, resumeClock, startClock, stopClock, type Clock, type Pace } from "@/lib/domain/sla/clock";
import { acknowledgeState, nextDue, resolveState, slaState, type Timed } from "@/lib/domain/sla/state";
import { DEFAULT_SLA, slaWindow } from "@/lib/domain/sla/table";
import { GOVERNANCE_STATUSES, SEVERITIES, type Severity } from "@/lib/domain/finding/words";
import { days, hours } from "@/lib/testing/finding-state";

const pace = (severity: Severity, kev = false): Pace => ({ severity, kev, table: DEFAULT_SLA });
const high = startClock(hours(0), pace("high"));
const timed = (over: Partial<Timed> = {}): Timed => ({ ...high, governance: "open", firstResponseAt: null, ...over });

describe("the default windows", () => {
  it.each([
    ["critical", 24, 72],
    ["high", 48, 7 * 24],
    ["medium", 5 * 24, 30 * 24],
    ["low", 10 * 24, 90 * 24],
  ] as const)("%s: acknowledged in %s hours, resolved in %s", (severity, acknowledge, resolve) => {
    expect(startClock(hours(0), pace(severity))).toMatchObject({ acknowledgeBy: hours(acknowledge), resolveBy: hours(resolve) });
  });

  it("give information no clock, and a known exploited one 14 days at most, whatever its band", () => {
    expect(startClock(hours(0), pace("info"))).toMatchObject({ acknowledgeBy: null, resolveBy: null });
    for (const severity of ["info", "low", "medium"] as const) expect(startClock(hours(0), pace(severity, true)).resolveBy).toEqual(days(14));
    expect(startClock(hours(0), pace("critical", true)).resolveBy).toEqual(hours(72));
  });
});

describe("pausing", () => {
  it("keeps what is left, however often", () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }));
    fc.assert(
      fc.property(fc.constantFrom("critical", "high", "medium", "low"), fc.array(stretch, { maxLength: 8 }), (severity, stretches) => {
        let clock: Clock = startClock(hours(0), pace(severity));
        let now = hours(0);
        let ran = 0;
        for (const [runs, stands] of stretches) {
          now = hours(runs, now);
          ran += runs;
          clock = pauseClock(clock, now);
          expect(clock.resolveBy).toBeNull();
          now = hours(stands, now);
          clock = resumeClock(clock, now, pace(severity));
        }
        const window = slaWindow(severity, false, DEFAULT_SLA).resolve ?? 0;
        expect((clock.resolveBy?.getTime() ?? 0) - now.getTime()).toBe(window - ran * 3_600_000);
      }),
    );
  });

  it("twice is pausing once", () => {
    const paused = pauseClock(high, hours(5));
    expect(pauseClock(paused, hours(50))).toEqual(paused);
    expect(resumeClock(high, hours(9), pace("high"))).toBe(high);
  });

  it("forgives no breach: what was late is as late afterwards", () => {
    const resumed = resumeClock(pauseClock(high, days(8)), days(20), pace("high"));
    expect(resumed.resolveBy).toEqual(days(19));
  });
});

describe("the clock that a status asks for", () => {
  it.each(GOVERNANCE_STATUSES)("%s, detected and not", (governance) => {
    const detected = clockFor(governance, "open", high, hours(10), pace("high"));
    const gone = clockFor(governance, "closed", high, hours(10), pace("high"));
    if (governance === "accepted_risk") expect([detected, gone]).toEqual([pauseClock(high, hours(10)), pauseClock(high, hours(10))]);
    else if (governance === "resolved" || governance === "false_positive") expect([detected, gone]).toEqual([stopClock(high, hours(10), pace("high")), stopClock(high, hours(10), pace("high"))]);
    else expect([detected, gone]).toEqual([high, pauseClock(high, hours(10))]);
  });

  it("starts anew at a re-find, and stands until the acceptance ends where the risk is accepted", () => {
    const paused = clockOnDetection("unseen", "open", high, hours(10), pace("high"));
    expect(resolveState(timed(paused), days(100))).toBe("paused");
    expect(clockOnDetection("refound", "open", paused, days(100), pace("high"))).toEqual(startClock(days(100), pace("high")));
    expect(clockOnDetection("refound", "accepted_risk", paused, days(100), pace("high"))).toMatchObject({ slaPausedAt: days(100), resolveBy: null });
  });

  it("leaves a dispositioned finding's clock alone, whatever the scanner says", () => {
    const stopped = stopClock(high, hours(10), pace("high"));
    for (const change of ["unseen", "refound"] as const) expect(clockOnDetection(change, "resolved", stopped, days(9), pace("high"))).toBe(stopped);
  });
});

describe("another severity", () => {
  it("moves the dates, not the start; a paused clock stays without a date, an answered one keeps its own", () => {
    expect(repaceClock(high, pace("critical"), null)).toMatchObject({ slaStartedAt: hours(0), acknowledgeBy: hours(24), resolveBy: hours(72) });
    expect(repaceClock(high, pace("critical"), hours(1)).acknowledgeBy).toEqual(hours(48));
    expect(repaceClock(pauseClock(high, hours(5)), pace("critical"), null).resolveBy).toBeNull();
  });
});

describe("the state that a row shows", () => {
  it.each([
    ["running", 0],
    ["running", 35],
    ["warning", 36],
    ["warning", 48],
    ["breached", 48.1],
  ] as const)("of a high one that nobody answered is %s after %s hours", (state, after) => {
    expect(slaState(timed(), hours(after))).toBe(state);
  });

  it("looks at the resolve clock once somebody has answered, even late", () => {
    expect(slaState(timed({ firstResponseAt: hours(60) }), hours(61))).toBe("running");
    expect(acknowledgeState(timed({ firstResponseAt: hours(60) }), hours(61))).toBe("breached");
    expect(acknowledgeState(timed({ firstResponseAt: hours(48) }), hours(61))).toBe("met");
    expect(slaState(timed({ firstResponseAt: hours(1) }), days(7.1))).toBe("breached");
  });

  it("of a closed one says whether it was in time, for good", () => {
    const inTime = { ...stopClock(high, days(7), pace("high")), governance: "resolved" } as const;
    const late = { ...stopClock(high, days(7.1), pace("high")), governance: "resolved" } as const;
    expect(slaState(timed(inTime), days(900))).toBe("met");
    expect(slaState(timed(late), days(900))).toBe("breached");
  });

  it("of an accepted one is paused, of information none", () => {
    expect(slaState(timed({ ...pauseClock(high, hours(3)), governance: "accepted_risk" }), days(99))).toBe("paused");
    expect(slaState(timed(startClock(hours(0), pace("info"))), days(99))).toBe("none");
  });

  it("names the clock that runs out first, and none while nothing runs", () => {
    expect(nextDue(timed())).toEqual({ clock: "acknowledge", due: hours(48) });
    expect(nextDue(timed({ firstResponseAt: hours(1) }))).toEqual({ clock: "resolve", due: days(7) });
    expect(nextDue(timed(pauseClock(high, hours(1))))).toBeNull();
  });

  it("every band with a resolve window starts as running", () => {
    const shown = SEVERITIES.map((severity) => slaState(timed(startClock(hours(0), pace(severity))), hours(0)));
    expect(shown).toEqual(["running", "running", "running", "running", "none"]);
  });
});
