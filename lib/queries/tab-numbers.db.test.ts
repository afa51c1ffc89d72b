import { expect, test } from "vitest";
import type { Asked } from "@/lib/domain/filter/read";
import { RESPONSES, TABS, type Tab } from "@/lib/domain/finding/words";
import { SCAN_CHANGES } from "@/lib/domain/views/alerts";
import { tabTarget } from "@/lib/domain/views/queue-address";
import { readQueue } from "@/lib/domain/views/read-queue";
import type { Actor } from "@/lib/gate/actor";
import { tabsOfFilter } from "@/lib/queries/modules";
import { loadRows } from "@/lib/queries/queue";
import { makeCrowd } from "@/lib/testing/crowd";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const HOUR = 3_600_000;

/** Opens every tab from lists that were opened so; gives the tabs that held something. */
async function opened(actor: Actor, environment: number, lists: readonly Asked[]): Promise<Tab[]> {
  const held = new Set<Tab>();
  for (const asked of lists) {
    const filter = readQueue({ tab: "all", ...asked });
    const numbers = done(await tabsOfFilter(actor, { environment, filter }));
    for (const tab of TABS) {
      const { rows } = done(await loadRows(actor, { environment, filter: tabTarget(filter, tab), cursor: null, limit: 500 }));
      expect(rows.length, `${JSON.stringify(asked)} in ${tab}`).toBe(numbers[tab]);
      if (rows.length > 0) held.add(tab);
    }
  }
  return TABS.filter((tab) => held.has(tab));
}

test("each tab of a list that a card or a chip opened holds as many findings as it says", async () => {
  const environment = await makeEnvironment();
  const { people: [ann] } = await makeCrowd({ environment, size: 120, seed: 7, empty: 0.1 });
  const cards = [...RESPONSES.map((response) => ({ response })), { is: "unassigned" }];
  const chips = ["re_review", "live", "waiting", "expiring", "requested"].map((is) => ({ is }));
  expect(await opened(ann!, environment, [...cards, ...chips])).toEqual([...TABS]);
});

test("so does each tab of a list that a number of a scan opened", async () => {
  const environment = await makeEnvironment();
  let scan = 0;
  for (const [hours, sees] of [[3, ["A", "B", "C"]], [2, ["A", "B"]], [1, ["B", "C", "D"]]] as const) ({ scan } = await imported({ environment, takenAt: new Date(Date.now() - hours * HOUR), sees }));
  expect(await opened(await makeMember(environment), environment, SCAN_CHANGES.map((change) => ({ scan: String(scan), change })))).toEqual(["needs_review", "closed", "all"]);
});
