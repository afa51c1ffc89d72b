import { beforeEach, expect, test, vi } from "vitest";
import { transition } from "@/lib/commands/findings/transition";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import type * as AuditLog from "@/lib/db/audit-log";
import { prisma, sql } from "@/lib/db/client";
import type * as Rows from "@/lib/db/rows";
import { done } from "@/lib/testing/done";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { fingerprintOf, imported } from "@/lib/testing/scans";

// However many decisions follow from one report, what is held of them at a time stays as it is.
const held = vi.hoisted(() => ({ entries: [0], rows: [0] }));

vi.mock("@/lib/db/audit-log", async (original) => {
  const real = await original<typeof AuditLog>();
  const append: typeof real.append = (tx, by, entries, leaves) => {
    held.entries.push(entries.length);
    return real.append(tx, by, entries, leaves);
  };
  return { ...real, append };
});

vi.mock("@/lib/db/rows", async (original) => {
  const real = await original<typeof Rows>();
  const rows: typeof real.rows = async (db, schema, statement) => {
    const found = await real.rows(db, schema, statement);
    held.rows.push(found.length);
    return found;
  };
  return { ...real, rows };
});

const most = () => Math.max(...held.entries, ...held.rows);
const reset = () => Object.assign(held, { entries: [0], rows: [0] });
beforeEach(reset);

const at = (hour: number) => new Date(Date.now() + hour * 3_600_000);
const MANY = 2_300;
const LOT = 1_000;

/** So many weaknesses in files below a folder, each known again by its text wherever it is; with the status code of an older system. */
const inFolder = (folder: string, legacyCode: string | null) => Array.from({ length: MANY }, (_, n) => ({
  is: `${folder} ${n}`, title: `Weakness ${n}`, location: `${folder}/f${n}.ts:1`, rule: { key: "r", name: "R", help: null }, context: fingerprintOf(`text ${n}`), legacyCode: n === 8 ? null : legacyCode,
}));

const logOf = async (environment: number, scan: number) => (await prisma.auditEvent.findMany({ where: { environmentId: environment, scanId: scan, action: { not: "scan.requested" } }, orderBy: { sequence: "asc" }, select: { action: true, recordNumber: true } }));

test("thousands of old codes, moves and contradicted resolutions are decided a lot at a time, and the log tells each once, in their order", { timeout: 300_000 }, async () => {
  const environment = await makeEnvironment();
  await changePolicy(environment, { import: { mode: "apply", brake_percent: 100, brake_least: 1_000_000 } });
  const first = await imported({ environment, takenAt: at(-2), sees: [...inFolder("src", "3"), { is: "public", legacyCode: "2" }, { is: "unknown", legacyCode: "77" }, "twin"] });
  expect(most(), "the first load").toBe(LOT);
  const folded = await logOf(environment, first.scan);
  expect(folded.map(({ action }) => action)).toEqual(["scan.completed", ...Array.from({ length: MANY }, () => "finding.legacy_folded")]);
  expect(folded.slice(1).map(({ recordNumber }) => recordNumber ?? 0).every((number, n, all) => n === 0 || number > (all[n - 1] ?? 0)), "by number").toBe(true);
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "resolved", closeReason: null } })).toBe(MANY - 1);
  expect(await prisma.acceptance.count({ where: { environmentId: environment } })).toBe(1);

  const original = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness 7" } });
  const twin = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness twin" } });
  const kept = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness 8" } });
  const ann = await makeMember(environment, "analyst", "Ann");
  done(await transition(ann, { environment, items: [{ number: twin.number }], to: "resolved", reason: "duplicate", duplicateOf: original.number, strict: true }));
  done(await transition(ann, { environment, items: [{ number: kept.number }], to: "resolved", reason: "mitigated", note: "Behind a proxy.", strict: true }));

  reset();
  const second = await imported({ environment, takenAt: at(1), sees: [...inFolder("lib", "1"), "twin"] });
  expect(second).toMatchObject({ new: 0, persisting: MANY + 1, regressed: MANY - 1, unseen: 2 });
  expect(most(), "all files moved, all resolutions contradicted").toBe(LOT);
  const told = (await logOf(environment, second.scan)).map(({ action, recordNumber }) => `${action} ${recordNumber}`);
  const numbers = (await prisma.finding.findMany({ where: { environmentId: environment, location: { startsWith: "lib/" } }, orderBy: { number: "asc" }, select: { number: true } })).map(({ number }) => number);
  expect(told).toEqual([
    `scan.completed ${second.scan}`, ...numbers.map((number) => `finding.moved ${number}`), ...numbers.filter((number) => number !== kept.number).map((number) => `finding.regressed ${number}`),
    `finding.re_review_flagged ${twin.number}`,
  ]);
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "reopened", version: { gt: 1 } } })).toBe(MANY - 1);
  expect(await prisma.scanChange.count({ where: { scanId: second.scan, kind: "regressed" } })).toBe(MANY - 1);
  expect(await prisma.finding.findFirst({ where: { id: kept.id } }), "what was mitigated stays").toMatchObject({ governanceStatus: "resolved", closeReason: "mitigated" });
});

/** So many weaknesses, all of one vulnerability or of none. */
const plain = (cve: string | null) => Array.from({ length: MANY }, (_, n) => ({ is: `w${String(n).padStart(4, "0")}`, cve: cve === null ? [] : [cve] }));
const counted = (environment: number, action: string) => prisma.auditEvent.count({ where: { environmentId: environment, action } });

test("a report that brings thousands into the catalogue of what is exploited, or takes them out of it, tells them a lot at a time; a ticket with the first and the last of them is proposed once", { timeout: 300_000 }, async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(-2), sees: plain(null) });
  await prisma.$executeRaw(sql`INSERT INTO kev_entry (cve, name, added_on, ransomware) VALUES ('CVE-2031-0044', 'Gateway', '2031-02-03', false)`);
  const numbers = (await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { id: "asc" }, select: { number: true } })).map(({ number }) => number);
  const ends = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  const ann = await makeMember(environment, "analyst", "Ann");
  const { tickets: [ticket] } = done(await createTickets(ann, { environment, items: ends.map((number) => ({ number })), grouping: "one", connector: null }));
  done(await closeTickets(ann, { environment, items: [{ number: ticket?.number ?? 0 }], reason: "false_positive", note: "Not reachable." }));

  reset();
  const entered = await imported({ environment, takenAt: at(-1), sees: plain("CVE-2031-0044") });
  expect(entered).toMatchObject({ status: "completed", persisting: MANY });
  expect(most()).toBe(LOT);
  expect(await counted(environment, "finding.entered_kev")).toBe(MANY);
  expect(await prisma.finding.count({ where: { environmentId: environment, kev: true } })).toBe(MANY);
  expect(await counted(environment, "ticket.reopening_proposed"), "both ends of the list in one entry").toBe(1);
  const proposal = (await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment }, select: { proposal: true } })).proposal ?? "";
  for (const number of ends) expect(proposal).toContain(`F-${String(number)} is known to be exploited now`);

  reset();
  await imported({ environment, takenAt: at(0), sees: plain(null) });
  expect(most()).toBe(LOT);
  expect(await counted(environment, "finding.left_kev")).toBe(MANY);
  expect(await prisma.finding.count({ where: { environmentId: environment, kev: true } })).toBe(0);
  expect(await counted(environment, "ticket.reopening_proposed"), "to leave the catalogue is no reason").toBe(1);
});
