import { expect, test } from "vitest";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { loadFinding } from "@/lib/queries/finding-page";
import { done } from "@/lib/testing/done";
import { changePolicy, makeEnvironment, makeFinding, makeMember, makeScope } from "@/lib/testing/make";
import { settleRetest } from "./settle";

// What proved a fix and is taken back: the finding, the ticket and the log say the same of it afterwards.

async function ready(tickets: Record<string, unknown> = {}): Promise<{ environment: number; ann: Actor; finding: { id: number; number: number }; ticket: number }> {
  const environment = await makeEnvironment();
  await changePolicy(environment, { tickets: { deployment_hours: 0, ...tickets } });
  const ann = await makeMember(environment, "analyst", "Ann");
  const finding = await makeFinding(await makeScope(environment));
  const { tickets: [made] } = done(await createTickets(ann, { environment, items: [{ number: finding.number }], grouping: "one", connector: null }));
  done(await closeTickets(ann, { environment, items: [{ number: made?.number ?? 0 }], reason: "patched" }));
  return { environment, ann, finding, ticket: made?.number ?? 0 };
}

const newestOn = async (finding: number) => (await prisma.auditEvent.findFirstOrThrow({ where: { findingId: finding, version: { not: null } }, orderBy: { sequence: "desc" } })).actionId;
const fixOf = (finding: number) => prisma.ticketFinding.findFirstOrThrow({ where: { findingId: finding }, select: { remediation: true, attempts: true, autoRetest: true, retestAt: true } });

test.each([true, false])("what a retest found (passed: %s) is not taken back, is not offered to be, and the fix stays as it said", async (passed) => {
  const { environment, ann, finding } = await ready();
  done(await settleRetest(ann, { environment, finding: finding.number, passed, note: "tried by hand" }));
  const stood = await fixOf(finding.id);
  const answer = await revert(ann, { environment, items: [{ number: finding.number }], actionId: await newestOn(finding.id), strict: true });
  expect(answer).toMatchObject({ ok: false, refusal: { code: "conflict", message: "The result of a retest is kept, and so is what it says of the fix: it is not taken back here.", next: "Record the result of another retest: it counts from then on." } });
  expect(await fixOf(finding.id)).toEqual(stood);
  expect(done(await loadFinding(ann, { environment, number: finding.number })).timeline.entries.every(({ revocable }) => revocable === null)).toBe(true);
  done(await settleRetest(ann, { environment, finding: finding.number, passed: !passed, note: "it was the wrong host" }));
  expect(await fixOf(finding.id)).toMatchObject({ remediation: passed ? "reopened" : "verified" });
});

const proving = { response: "closed", reason: "patched", evidence: [{ kind: "retest", reference: "PT-7" }] } as const;

test("a decision with a proof is taken back with what it did to the fix: that waits for another proof, as it waited before", async () => {
  const { environment, ann, finding, ticket } = await ready();
  const due = new Date(Date.now() + 9 * 3_600_000); // somebody put it off, and by hand
  await prisma.ticketFinding.updateMany({ where: { findingId: finding.id }, data: { autoRetest: false, retestAt: due } });
  const before = await fixOf(finding.id);
  done(await respond(ann, { environment, items: [{ number: finding.number }], ...proving }));
  expect(await fixOf(finding.id)).toMatchObject({ remediation: "verified", retestAt: null });
  done(await revert(ann, { environment, items: [{ number: finding.number }], actionId: await newestOn(finding.id), strict: true }));
  expect(before).toMatchObject({ remediation: "resolved", attempts: 0, autoRetest: false, retestAt: due });
  expect(await fixOf(finding.id)).toEqual(before);
  const last = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, recordType: "ticket", recordNumber: ticket }, orderBy: { sequence: "desc" }, include: { body: true } });
  expect(last).toMatchObject({ action: "ticket.remediation_moved", actorType: "system", body: { reason: "The proof of the fix was taken back." } });
});

test("what was verified in another ticket long before is no work of this decision, and stays when it is taken back", async () => {
  const { environment, ann, finding, ticket } = await ready({ record_verified: true });
  done(await settleRetest(ann, { environment, finding: finding.number, passed: true, note: "tried by hand" }));
  done(await respond(ann, { environment, items: [{ number: finding.number }], response: "needs_review", note: "Look again." }));
  const { tickets: [second] } = done(await createTickets(ann, { environment, items: [{ number: finding.number }], grouping: "one", connector: null, override: "For the test." }));
  done(await closeTickets(ann, { environment, items: [{ number: second?.number ?? 0 }], reason: "patched" }));
  done(await respond(ann, { environment, items: [{ number: finding.number }], ...proving }));
  const fixes = async () => (await prisma.ticketFinding.findMany({ where: { findingId: finding.id }, select: { remediation: true, ticket: { select: { number: true } } }, orderBy: { ticketId: "asc" } })).map(({ ticket: { number }, remediation }) => `T-${number} ${remediation}`);
  expect(await fixes()).toEqual([`T-${ticket} verified`, `T-${second?.number} verified`]);
  done(await revert(ann, { environment, items: [{ number: finding.number }], actionId: await newestOn(finding.id), strict: true }));
  expect(await fixes()).toEqual([`T-${ticket} verified`, `T-${second?.number} resolved`]);
});
