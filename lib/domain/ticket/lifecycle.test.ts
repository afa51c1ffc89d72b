import fc from "fast-check";
import { expect, test } from "vitest";
import { CLOSE_REASONS, type CloseReason } from "@/lib/domain/finding/words";
import { badgeOf, closeTicket, reopenTicket, ticketReasonRule, type TicketStanding } from "@/lib/domain/ticket/lifecycle";

const NOW = new Date("2027-01-01T00:00:00Z");
const NEW: TicketStanding = { state: "open", reopenCount: 0, closeReason: null, notes: null, reopenReason: null, followUpOn: null, proposal: null, closedAt: null };

type Step = { kind: "close"; reason: CloseReason; notes: string | null; followUpOn: Date | null } | { kind: "reopen"; reason: string };

const said = fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: null });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant<"close">("close"), reason: fc.constantFrom(...CLOSE_REASONS), notes: said, followUpOn: fc.option(fc.date({ min: new Date("2026-12-01"), max: new Date("2027-02-01"), noInvalidDate: true }), { nil: null }) }),
  fc.record({ kind: fc.constant<"reopen">("reopen"), reason: fc.string({ maxLength: 10 }) }),
);

/** What a person would expect, told without the table: null is a refusal. */
function expected(now: TicketStanding, asked: Step): "open" | "closed" | null {
  if (asked.kind === "reopen") return now.state === "closed" && asked.reason.trim() !== "" ? "open" : null;
  if (now.state === "closed" || (asked.reason === "risk_accepted" && asked.notes === null)) return null;
  if (asked.followUpOn !== null && (asked.reason !== "vendor_notified" || asked.followUpOn <= NOW)) return null;
  return "closed";
}

test("whatever is tried: open and closed by turns, a reason for each step, as many reopenings as counted, and a refusal changes nothing", () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    let standing = NEW;
    let reopened = 0;
    for (const asked of steps) {
      const answer = asked.kind === "close" ? closeTicket(standing, asked, NOW) : reopenTicket(standing, asked.reason);
      const wanted = expected(standing, asked);
      expect(answer.ok ? answer.value.state : null).toBe(wanted);
      if (!answer.ok) continue;
      if (asked.kind === "reopen") reopened += 1;
      standing = answer.value;
      expect(standing.reopenCount).toBe(reopened);
      expect(standing.closeReason === null).toBe(standing.state === "open");
      expect(standing.closedAt === null).toBe(standing.state === "open");
      expect(badgeOf(standing)).toBe(standing.state === "closed" ? "closed" : reopened > 0 ? "reopened" : "open");
    }
  }), { numRuns: 300 });
});

test("only a shipped fix begins to be verified, and only an accepted risk leaves an acceptance to be completed", () => {
  expect(CLOSE_REASONS.filter((reason) => ticketReasonRule(reason).shipped)).toEqual(["patched"]);
  expect(CLOSE_REASONS.filter((reason) => ticketReasonRule(reason).then !== null)).toEqual(["risk_accepted"]);
});

test("a refusal names the legal step", () => {
  expect(reopenTicket(NEW, "Because.")).toMatchObject({ ok: false, refusal: { code: "illegal", allowed: ["close"] } });
  const closed = closeTicket(NEW, { reason: "patched" }, NOW);
  expect(closed.ok && closeTicket(closed.value, { reason: "patched" }, NOW)).toMatchObject({ ok: false, refusal: { code: "illegal", allowed: ["reopen"] } });
});
