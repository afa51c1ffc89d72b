import { expect, test } from "vitest";
import { changePolicy } from "@/lib/commands/policies/change";
import { createTickets } from "@/lib/commands/tickets/create";
import { splitTicket } from "@/lib/commands/tickets/split";
import { prisma, sql } from "@/lib/db/client";
import { withRawClient } from "@/lib/db/raw";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const at = (hour: number) => new Date(Date.now() + hour * 3_600_000);
const waiting = async () => Number((await prisma.$queryRaw<{ n: bigint }[]>(sql`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))[0]?.n ?? 0);

/** What it gives, or that it had to wait for a lock until then. */
async function unlessItWaits<T>(act: Promise<T>): Promise<T | "had to wait"> {
  let isDone = false;
  void act.then(() => { isDone = true; }, () => { isDone = true; });
  while (!isDone) if ((await waiting()) > 1) return "had to wait"; // the first is the import
  return act;
}

test("while an import writes what it found, tickets are made and split in the same environment and its policy is changed: nobody waits for its end", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "admin", "Ann");
  await imported({ environment, takenAt: at(-2), sees: ["a", "b", "c"] });
  done(await createTickets(ann, { environment, items: [{ number: 1 }, { number: 2 }], grouping: "one", connector: null }));

  const { acts, pending } = await withRawClient(async (other) => {
    await other.query("BEGIN");
    await other.query("LOCK TABLE scan_change IN SHARE MODE"); // only an import writes there, and it has its numbers by then
    const pending = imported({ environment, takenAt: at(-1), asset: "web-2", sees: ["d", "e"] });
    while ((await waiting()) < 1);
    const acts = [
      await unlessItWaits(createTickets(ann, { environment, items: [{ number: 3 }], grouping: "one", connector: null })),
      await unlessItWaits(splitTicket(ann, { environment, ticket: 1, findings: [2] })),
      await unlessItWaits(changePolicy(ann, { environment, tickets: { deployment_hours: 7 } })),
    ];
    await other.query("COMMIT");
    return { acts, pending };
  });
  expect(await pending).toMatchObject({ status: "completed", new: 2 });
  expect(acts).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
  expect(await prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" }, select: { number: true, splitFrom: true } }))
    .toEqual([{ number: 1, splitFrom: null }, { number: 2, splitFrom: null }, { number: 3, splitFrom: 1 }]);
  expect(await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" }, select: { number: true } })).toEqual([1, 2, 3, 4, 5].map((number) => ({ number })));
}, 120_000);

test("two who make the first tickets of an environment at once get numbers of their own", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  await imported({ environment, takenAt: at(-2), sees: ["a", "b", "c", "d"] });
  await Promise.all([1, 2, 3, 4].map(async (number) => done(await createTickets(ann, { environment, items: [{ number }], grouping: "one", connector: null }))));
  expect((await prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } })).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});
