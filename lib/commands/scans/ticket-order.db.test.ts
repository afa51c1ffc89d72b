import { expect, test } from "vitest";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma, sql } from "@/lib/db/client";
import { withRawClient } from "@/lib/db/raw";
import { done } from "@/lib/testing/done";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const at = (hour: number) => new Date(Date.now() + hour * 3_600_000);
const isWaited = async () => (await prisma.$queryRaw<{ n: bigint }[]>(sql`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))[0]?.n !== 0n;

test("an import that proposes one ticket and proves another takes both in one order: while it waits for the first, the second is free for whoever holds that", async () => {
  const environment = await makeEnvironment();
  await changePolicy(environment, { tickets: { deployment_hours: 0 } });
  const ann = await makeMember(environment, "analyst", "Ann");
  const exploited = { is: "exploited", cve: ["CVE-2031-0044"] };
  await imported({ environment, takenAt: at(-1), sees: ["fixed", { is: "exploited", cve: [] }] });
  await prisma.$executeRaw(sql`INSERT INTO kev_entry (cve, name, added_on, ransomware) VALUES ('CVE-2031-0044', 'Gateway', '2031-02-03', false)`);
  const numberOf = async (name: string) => (await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: `Weakness ${name}` } })).number;
  for (const [name, reason] of [["fixed", "patched"], ["exploited", "false_positive"]] as const) {
    const { tickets: [ticket] } = done(await createTickets(ann, { environment, items: [{ number: await numberOf(name) }], grouping: "one", connector: null }));
    done(await closeTickets(ann, { environment, items: [{ number: ticket?.number ?? 0 }], reason, ...(reason === "patched" ? {} : { note: "Not reachable." }) }));
  }

  const running = await withRawClient(async (other) => {
    const take = (number: number, how: string) => other.query(`SELECT FROM ticket WHERE environment_id = $1 AND number = $2 FOR UPDATE ${how}`, [environment, number]);
    await other.query("BEGIN");
    await take(1, "");
    const pending = imported({ environment, takenAt: at(1), sees: [exploited] });
    while (!(await isWaited()));
    expect((await take(2, "NOWAIT")).rowCount, "nobody waits in a circle").toBe(1);
    await other.query("COMMIT");
    return { pending };
  });
  const scan = await running.pending;
  const tickets = await prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" }, select: { remediation: true, proposal: true } });
  expect(scan).toMatchObject({ status: "completed", unseen: 1 });
  expect(tickets).toMatchObject([{ remediation: "verified", proposal: null }, { proposal: expect.stringContaining("known to be exploited now") }]);
});
