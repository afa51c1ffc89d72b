import { beforeEach, expect, test, vi } from "vitest";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import type * as AuditLog from "@/lib/db/audit-log";
import { prisma, sql } from "@/lib/db/client";
import type * as Rows from "@/lib/db/rows";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

// However many findings a report brings into the catalogue of what is exploited, what is held of them at a time stays as it is.
const held = vi.hoisted(() => ({ most: 0 }));

vi.mock("@/lib/db/audit-log", async (original) => {
  const real = await original<typeof AuditLog>();
  const append: typeof real.append = (tx, by, entries, leaves) => {
    held.most = Math.max(held.most, entries.length);
    return real.append(tx, by, entries, leaves);
  };
  return { ...real, append };
});

vi.mock("@/lib/db/rows", async (original) => {
  const real = await original<typeof Rows>();
  const rows: typeof real.rows = async (db, schema, statement) => {
    const found = await real.rows(db, schema, statement);
    held.most = Math.max(held.most, found.length);
    return found;
  };
  return { ...real, rows };
});

beforeEach(() => {
  held.most = 0;
});

const at = (hour: number) => new Date(Date.now() + hour * 3_600_000);
const MANY = 2_300;
const LOT = 1_000;
const all = (cve: string | null) => Array.from({ length: MANY }, (_, n) => ({ is: `w${String(n).padStart(4, "0")}`, cve: cve === null ? [] : [cve] }));
const counted = (environment: number, action: string) => prisma.auditEvent.count({ where: { environmentId: environment, action } });

test("a report that brings thousands into the catalogue of what is exploited, or takes them out of it, tells them a lot at a time; a ticket with the first and the last of them is proposed once", { timeout: 300_000 }, async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(-2), sees: all(null) });
  await prisma.$executeRaw(sql`INSERT INTO kev_entry (cve, name, added_on, ransomware) VALUES ('CVE-2031-0044', 'Gateway', '2031-02-03', false)`);
  const numbers = (await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" }, select: { number: true } })).map(({ number }) => number);
  const ends = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  const ann = await makeMember(environment, "analyst", "Ann");
  const { tickets: [ticket] } = done(await createTickets(ann, { environment, items: ends.map((number) => ({ number })), grouping: "one", connector: null }));
  done(await closeTickets(ann, { environment, items: [{ number: ticket?.number ?? 0 }], reason: "false_positive", note: "Not reachable." }));

  held.most = 0;
  const entered = await imported({ environment, takenAt: at(-1), sees: all("CVE-2031-0044") });
  expect(entered).toMatchObject({ status: "completed", persisting: MANY });
  expect(held.most).toBe(LOT);
  expect(await counted(environment, "finding.entered_kev")).toBe(MANY);
  expect(await prisma.finding.count({ where: { environmentId: environment, kev: true } })).toBe(MANY);
  expect(await counted(environment, "ticket.reopening_proposed"), "both ends of the list in one entry").toBe(1);
  const proposal = (await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment }, select: { proposal: true } })).proposal ?? "";
  for (const number of ends) expect(proposal).toContain(`F-${String(number)} is known to be exploited now`);

  held.most = 0;
  await imported({ environment, takenAt: at(0), sees: all(null) });
  expect(held.most).toBe(LOT);
  expect(await counted(environment, "finding.left_kev")).toBe(MANY);
  expect(await prisma.finding.count({ where: { environmentId: environment, kev: true } })).toBe(0);
  expect(await counted(environment, "ticket.reopening_proposed"), "to leave the catalogue is no reason").toBe(1);
});
