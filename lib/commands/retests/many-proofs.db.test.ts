import { expect, test } from "vitest";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { CHANGED, liveMessage } from "@/lib/domain/live";
import { done } from "@/lib/testing/done";
import { makeEnvironment, changePolicy, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";
import { requestRetests } from "./request";

const at = (hour: number) => new Date(Date.now() + hour * 3_600_000);
const EACH = 800;
const names = (ticket: number) => Array.from({ length: EACH }, (_, n) => `t${ticket}-${n}`);
const all = [1, 2, 3, 4].flatMap(names);
const check = { rule: { key: "rule", name: "A rule", help: null } };

test("thousands of proofs that one scan settles are decided a lot at a time, each ticket's in one", { timeout: 300_000 }, async () => {
  const environment = await makeEnvironment();
  await changePolicy(environment, { tickets: { deployment_hours: 0 }, import: { mode: "apply", brake_percent: 100, brake_least: 1_000_000 } });
  const ann = await makeMember(environment, "analyst", "Ann");
  await imported({ environment, takenAt: at(-1), sees: all.map((is) => ({ is, ...check })) });
  const stored = await prisma.finding.findMany({ where: { environmentId: environment }, select: { number: true, title: true } });
  const numbersOf = (ticket: number) => stored.filter(({ title }) => title.startsWith(`Weakness t${ticket}-`)).map(({ number }) => ({ number }));
  for (const ticket of [1, 2, 3]) done(await createTickets(ann, { environment, items: numbersOf(ticket), grouping: "one", title: `Ticket ${ticket}` }));
  done(await closeTickets(ann, { environment, items: [{ number: 1 }, { number: 2 }, { number: 3 }], reason: "patched" }));
  done(await requestRetests(ann, { environment, items: numbersOf(4).map(({ number }) => number) }));
  await prisma.outbox.deleteMany({ where: { job: CHANGED } });

  const scan = await imported({ environment, takenAt: at(1), sees: [...names(2), ...names(4).slice(0, 300)].map((is) => ({ is, ...check })) });

  const tickets = await prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" }, select: { number: true, state: true, remediation: true, attempts: true } });
  expect(tickets).toEqual([
    { number: 1, state: "closed", remediation: "verified", attempts: 0 }, { number: 2, state: "open", remediation: "reopened", attempts: 1 }, { number: 3, state: "closed", remediation: "verified", attempts: 0 },
  ]);
  const moves = await prisma.auditEvent.groupBy({ by: ["action", "recordNumber"], where: { environmentId: environment, scanId: scan.scan, recordType: "ticket" }, _count: true, orderBy: [{ recordNumber: "asc" }, { action: "asc" }] });
  expect(moves.map(({ action, recordNumber, _count }) => `T-${recordNumber} ${action} ${_count}`)).toEqual(
    ["T-1 ticket.remediation_moved 1", "T-2 ticket.remediation_moved 1", "T-2 ticket.reopened 1", "T-3 ticket.remediation_moved 1"]);
  expect(await prisma.retest.groupBy({ by: ["status"], where: { environmentId: environment }, _count: true, orderBy: { status: "asc" } })).toEqual([{ status: "passed", _count: EACH - 300 }, { status: "failed", _count: 300 }]);
  expect(await prisma.evidence.count({ where: { environmentId: environment } })).toBe(2 * EACH + EACH - 300);
  // What leaves with the import itself and with each lot: two tickets, the third, then the retests.
  const told = (await prisma.outbox.findMany({ where: { job: CHANGED } })).filter(({ payload }) => liveMessage.parse(payload).kinds.findings !== undefined);
  expect(told).toHaveLength(1 + 4);
});

test("a ticket that shares a finding with an earlier one is told of once, though the rest of its findings are a lot further on", { timeout: 300_000 }, async () => {
  const environment = await makeEnvironment();
  await changePolicy(environment, { tickets: { deployment_hours: 0 }, import: { mode: "apply", brake_percent: 100, brake_least: 1_000_000 } });
  const ann = await makeMember(environment, "analyst", "Ann");
  const many = Array.from({ length: 1_100 }, (_, n) => `many-${n}`);
  const late = ["late-1", "late-2"];
  await imported({ environment, takenAt: at(-1), sees: ["shared", ...many, ...late].map((is) => ({ is, ...check })) });
  const stored = await prisma.finding.findMany({ where: { environmentId: environment }, select: { number: true, title: true } });
  const numbersOf = (...begins: string[]) => stored.filter(({ title }) => begins.some((begin) => title.startsWith(`Weakness ${begin}`))).map(({ number }) => ({ number }));
  for (const [number, begins] of [["shared"], ["many-1", "many-2", "many-3", "many-4", "many-5", "many-6", "many-7", "many-8", "many-9", "many-0"], ["shared", "late"]].entries()) {
    done(await createTickets(ann, { environment, items: numbersOf(...begins).slice(0, 1_000), grouping: "one", title: `Ticket ${number + 1}` }));
    done(await closeTickets(ann, { environment, items: [{ number: number + 1 }], reason: "patched" }));
  }
  const scan = await imported({ environment, takenAt: at(1), sees: [] });
  const moves = await prisma.auditEvent.groupBy({ by: ["action", "recordNumber"], where: { environmentId: environment, scanId: scan.scan, recordType: "ticket" }, _count: true, orderBy: [{ recordNumber: "asc" }, { action: "asc" }] });
  expect(moves.map(({ action, recordNumber, _count }) => `T-${recordNumber} ${action} ${_count}`)).toEqual(["T-1 ticket.remediation_moved 1", "T-2 ticket.remediation_moved 1", "T-3 ticket.remediation_moved 1"]);
  expect((await prisma.ticket.findMany({ where: { environmentId: environment } })).map(({ remediation }) => remediation)).toEqual(["verified", "verified", "verified"]);
});
