import { beforeEach, expect, test } from "vitest";
import { respond } from "@/lib/commands/findings/respond";
import { settleRetest } from "@/lib/commands/retests/settle";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { linkFindings } from "@/lib/commands/tickets/link";
import { mergeTickets } from "@/lib/commands/tickets/merge";
import { unlinkFindings } from "@/lib/commands/tickets/unlink";
import { prisma } from "@/lib/db/client";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

// Attempts that failed are counted against a limit: no way of moving a finding between tickets makes them good.

let environment: number;
let ann: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  environment = await makeEnvironment();
  ann = await makeMember(environment, "analyst");
  await makeFindings(await makeScope(environment), 2);
});

const make = (numbers: readonly number[], more = {}) => createTickets(ann, { environment, items: numbers.map((number) => ({ number })), grouping: "one", override: "For the test.", ...more });
const fail = (ticket: number, attempts: number) => prisma.ticketFinding.updateMany({ where: { environmentId: environment, ticket: { number: ticket }, finding: { number: 1 } }, data: { attempts } });
const attempts = async (ticket: number) => (await prisma.ticket.findUniqueOrThrow({ where: { environmentId_number: { environmentId: environment, number: ticket } } })).attempts;

test.each([[1, 2], [2, 1]])("merged, the most of both stand, whichever remediation is the worse (into T-%i)", async (into, from) => {
  await make([1]);
  await make([1], { insist: true });
  await fail(from, 2);
  expect(await mergeTickets(ann, { environment, into, from: [from] })).toMatchObject({ ok: true });
  expect(await attempts(into)).toBe(2);
});

test("parted and linked again, to the same ticket, another or a new one, they are still counted", async () => {
  await make([1, 2]);
  await fail(1, 2);
  const part = () => unlinkFindings(ann, { environment, ticket: 1, findings: [1] });
  expect(await part()).toMatchObject({ ok: true });
  expect(await linkFindings(ann, { environment, ticket: 1, findings: [1] })).toMatchObject({ ok: true });
  expect(await attempts(1)).toBe(2);
  expect(await part()).toMatchObject({ ok: true });
  await make([1]);
  expect(await attempts(2)).toBe(2);
});

test.each([[[1, 2], true], [[1], false]] as const)("the ticket of %j is closed (parted before: %s), and in the next one they are counted; once a fix was verified, they begin anew", async (numbers, isParted) => {
  await make(numbers);
  await fail(1, 2);
  if (isParted) done(await unlinkFindings(ann, { environment, ticket: 1, findings: [1] }));
  done(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" }));
  await make([1]);
  expect(await attempts(2)).toBe(2);

  await prisma.ticketFinding.updateMany({ where: { environmentId: environment, ticket: { number: 2 } }, data: { remediation: "verified" } });
  done(await closeTickets(ann, { environment, items: [{ number: 2 }], reason: "patched" }));
  await make([1]);
  expect(await attempts(3)).toBe(0);
});

test("what was closed as fixed stays on its ticket until it is proved: taken off, no failed retest would open it again", async () => {
  await make([1, 2]);
  done(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" }));
  expect(await unlinkFindings(ann, { environment, ticket: 1, findings: [1] })).toMatchObject({ ok: false, refusal: { code: "illegal", message: "T-1 is closed.", next: "Reopen it first." } });
  expect(await settleRetest(ann, { environment, finding: 1, passed: false, note: "It still answers." })).toMatchObject({ ok: true });
  expect(await prisma.ticket.findFirst({ where: { environmentId: environment, number: 1 }, select: { state: true } })).toEqual({ state: "open" });
});

test("a regression is another story than the one whose attempts failed", async () => {
  const at = (hour: number) => new Date(Date.now() + hour * 3_600_000);
  await imported({ environment, takenAt: at(-1), sees: ["a"] });
  const { number, id } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness a" } });
  await make([number, 1]);
  await prisma.ticketFinding.updateMany({ where: { findingId: id }, data: { attempts: 2 } });
  done(await unlinkFindings(ann, { environment, ticket: 1, findings: [number] }));
  done(await respond(ann, { environment, items: [{ number }], response: "closed", reason: "patched", evidence: [{ kind: "retest", reference: "PT-7" }] }));
  await imported({ environment, takenAt: at(1), sees: [] });
  await imported({ environment, takenAt: at(2), sees: ["a"] });
  expect(await prisma.finding.findUnique({ where: { id }, select: { governanceStatus: true } })).toEqual({ governanceStatus: "reopened" });
  await make([number]);
  expect(await attempts(2)).toBe(0);
});
