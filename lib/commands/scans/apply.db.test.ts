import { z } from "zod";
import { expect, test } from "vitest";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { makeEnvironment } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);

async function board(environment: number): Promise<Record<string, string>> {
  const found = await rows(prisma, z.object({ title: z.string(), state: z.string() }), sql`
    SELECT title, scanner_status || '/' || governance_status AS state FROM finding WHERE environment_id = ${environment} ORDER BY number`);
  return Object.fromEntries(found.map(({ title, state }) => [title.replace("Weakness ", ""), state]));
}

test("first sight, then persisting, unseen and re-found: the scanner's axis moves and nothing else", async () => {
  const environment = await makeEnvironment();
  expect(await imported({ environment, takenAt: at(1), sees: ["a", "b", "a"] })).toMatchObject({ observed: 3, new: 2, duplicates_in_report: 1, persisting: 0 });
  expect(await board(environment)).toEqual({ a: "new/open", b: "new/open" });
  expect(await imported({ environment, takenAt: at(2), sees: ["a", "c"] })).toMatchObject({ observed: 2, new: 1, persisting: 1, unseen: 1 });
  expect(await board(environment)).toEqual({ a: "open/open", b: "closed/open", c: "new/open" });
  expect(await imported({ environment, takenAt: at(3), sees: ["a", "b"] })).toMatchObject({ observed: 2, persisting: 1, refound: 1, unseen: 1, regressed: 0 });
  expect(await board(environment)).toEqual({ a: "open/open", b: "open/open", c: "closed/open" });
});
