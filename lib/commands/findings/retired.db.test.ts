import { beforeEach, expect, test } from "vitest";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { moveClock } from "@/lib/testing/clock";
import { makeAsset, makeEnvironment, makeFinding, makeMember, makeScope } from "@/lib/testing/make";

const DAY = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const GONE = { response: "closed", reason: "decommissioned" } as const;

let environment: number;
let mia: Actor;

beforeEach(async () => {
  environment = await makeEnvironment();
  mia = await makeMember(environment, "manager", "Mia");
});

async function findingOn(day: string | null): Promise<number> {
  const asset = await makeAsset(environment, day === null ? {} : { decommissionOn: new Date(day) });
  return (await makeFinding(await makeScope(environment, { asset }))).number;
}

test("an asset that is still to go proves nothing: its findings are closed as decommissioned from that day on", async () => {
  const day = dayIn(3);
  const number = await findingOn(day);
  const closing = { environment, items: [{ number }], ...GONE, strict: true };
  expect(await respond(mia, closing)).toMatchObject({ ok: false, refusal: { code: "invalid", message: expect.stringContaining(`goes on ${day}, and that day has not come`) } });
  expect(await prisma.finding.findFirst({ where: { environmentId: environment } })).toMatchObject({ governanceStatus: "open", version: 0 });
  await moveClock(3 * DAY);
  expect(await respond(mia, closing)).toMatchObject({ ok: true, value: { changed: [number] } });
});

test("a preview of many tells those that are gone from those that are still to go, each with its day", async () => {
  for (const day of [dayIn(-9), dayIn(-2), dayIn(0), dayIn(5), dayIn(5), dayIn(7), null]) await findingOn(day);
  const shown = await prepareBulk(mia, { environment, filter: { tab: "all" }, action: GONE });
  if (!shown.ok) throw new Error(shown.refusal.message);
  const kinds = await prisma.bulkKind.findMany({ where: { bulkId: shown.value.id } });
  const told = kinds.map(({ category, n, why }) => `${n} ${category}: ${/\d{4}-\d\d-\d\d|no decommission date/.exec(why ?? "")?.[0] ?? "-"}`).sort();
  expect(told).toEqual([`1 detail: ${dayIn(7)}`, "1 detail: no decommission date", `2 detail: ${dayIn(5)}`, "3 changes: -"].sort());
});
