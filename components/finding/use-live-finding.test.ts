import { expect, test, vi } from "vitest";
import { rowOf } from "@/components/alerts/queue-sample";
import { ask } from "@/components/shell/ask";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { isOther } from "./use-live-finding";

vi.mock("@/components/shell/ask", () => ({ ask: vi.fn() }));

const known: FindingRow = { ...rowOf(7), version: 3, scannerStatus: "open", lastSeenOn: "2026-11-20T08:00:00.000Z" };
const asWritten = (row: Partial<FindingRow>) => { vi.mocked(ask).mockResolvedValueOnce({ rows: [{ ...known, ...row }], arrived: [] }); };

test.each([
  ["nobody touched it", {}, false],
  ["somebody decided", { version: 4 }, true],
  ["a scan no longer sees it", { scannerStatus: "closed" }, true],
  ["a scan saw it again", { lastSeenOn: "2026-11-21T08:00:00.000Z" }, true],
] as const)("a finding stands otherwise where %s", async (_what, row, expected) => {
  asWritten(row);
  expect(await isOther(1, known)).toBe(expected);
});

test("where no answer comes it is not taken for unchanged", async () => {
  vi.mocked(ask).mockResolvedValueOnce(null);
  expect(await isOther(1, known)).toBeNull();
});
