import { expect, test } from "vitest";
import { bulkText } from "@/lib/domain/bulk/sheet";
import type { BulkItemRecord } from "@/lib/domain/records/bulk";

const item = (number: number, more: Partial<BulkItemRecord> = {}): BulkItemRecord => ({ number, title: `Weakness ${number}`, asset: "web-0", severity: "high", version: 3, outcome: "changed", code: "changes", why: null, next: null, ...more });

async function* batches() {
  yield [item(1), item(2, { title: "=HYPERLINK(\"http://evil.test\")" })];
  yield [item(3, { outcome: "skipped", code: "moved", why: "Bob changed it, today", next: "Look at them as they are now, then decide again." })];
}
async function read(format: "csv" | "jsonl"): Promise<string[]> {
  let text = "";
  for await (const piece of bulkText(format, batches())) text += piece;
  return text.trimEnd().split("\n");
}

test("the result as a table: one heading, a line for each finding of every batch, what was left alone with why, and nothing that a spreadsheet would carry out", async () => {
  const lines = await read("csv");
  expect(lines[0]).toBe("number,title,asset,severity,version,outcome,code,why,next");
  expect(lines).toHaveLength(4);
  expect(lines[1]).toBe("1,Weakness 1,web-0,high,3,changed,changes,,");
  expect(lines[2]).not.toMatch(/^2,"?=/);
  expect(lines[3]).toBe('3,Weakness 3,web-0,high,3,skipped,moved,"Bob changed it, today","Look at them as they are now, then decide again."');
});

test("the result as JSON Lines holds every finding as it is", async () => {
  expect((await read("jsonl")).map((line): unknown => JSON.parse(line))).toMatchObject([{ number: 1 }, { number: 2, title: '=HYPERLINK("http://evil.test")' }, { number: 3, code: "moved", why: "Bob changed it, today" }]);
});
