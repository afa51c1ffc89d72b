import { expect, test } from "vitest";
import { joinMessages, liveMessage, touchedBy } from "@/lib/domain/live";

const moved = (number: number) => ({ action: "finding.transitioned", record: { type: "finding", number }, finding: {} });

test("ten thousand findings of one bulk action are one short message; a few are named", () => {
  const bulk = { action: "bulk.completed", record: { type: "bulk", number: 7 }, bulk: 7 };
  const many = Array.from({ length: 10_000 }, (_, at) => ({ ...moved(at + 1), bulk: 7 }));
  expect(touchedBy([bulk, ...many])).toEqual({ findings: "many", bulks: [7] });
  expect(touchedBy([moved(3), moved(3), moved(4)])).toEqual({ findings: [3, 4] });
});

test("a completed scan touches findings that its trail does not name; what no screen shows is no message", () => {
  expect(touchedBy([{ action: "scan.completed", record: { type: "scan", number: 2 }, scan: 2 }])).toEqual({ findings: "many", scans: [2] });
  expect(touchedBy([{ action: "scan.requested", record: { type: "scan", number: 2 } }])).toEqual({ scans: [2] });
  expect(touchedBy([{ action: "membership.changed", record: { type: "person", number: 4 } }])).toEqual({ people: true });
  expect(touchedBy([{ action: "asset.changed", record: { type: "asset", number: 1 } }])).toBeNull();
});

test("what gathers is one message for each environment, and never longer than a notification may be", () => {
  const batch = Array.from({ length: 500 }, (_, at) => ({ environment: 2, kinds: { findings: [2_000_000_000 + (at % 200)], bulks: [2_000_000_000 + at], scans: [2_000_000_000 + at] } }));
  const [first, second] = joinMessages([{ environment: 1, kinds: { presence: true } }, ...batch]);
  expect(first).toEqual({ environment: 1, kinds: { presence: true } });
  expect(liveMessage.safeParse(second).success).toBe(true);
  expect(second?.kinds.findings).toHaveLength(200);
  expect(JSON.stringify(second).length).toBeLessThan(8_000);
  expect(joinMessages([...batch, { environment: 2, kinds: { findings: [1] } }])[0]?.kinds.findings).toBe("many");
});
