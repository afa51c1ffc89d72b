import { beforeAll, describe, expect, test } from "vitest";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets, type TicketsMade } from "@/lib/commands/tickets/create";
import { dismissProposal } from "@/lib/commands/tickets/dismiss-proposal";
import { editTicket } from "@/lib/commands/tickets/edit";
import { linkFindings } from "@/lib/commands/tickets/link";
import { mergeTickets } from "@/lib/commands/tickets/merge";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { splitTicket } from "@/lib/commands/tickets/split";
import { tickCheck } from "@/lib/commands/tickets/tick-check";
import { unlinkFindings } from "@/lib/commands/tickets/unlink";
import { prisma } from "@/lib/db/client";
import type { Result } from "@/lib/domain/refusal";
import { ticketFilter } from "@/lib/domain/ticket/filter";
import { ticketPayload } from "@/lib/domain/ticket/payload";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { findingAudit } from "@/lib/queries/finding-audit";
import { loadFinding } from "@/lib/queries/finding-page";
import { loadRows } from "@/lib/queries/queue";
import { previewTickets } from "@/lib/queries/ticket-preview";
import { loadTicket } from "@/lib/queries/ticket-page";
import { loadTickets } from "@/lib/queries/tickets-page";
import { entriesOf, logLength, trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeFindings, makeMember, makeScope, type MadeScope } from "@/lib/testing/make";

let environment: number;
let scope: MadeScope;
let ann: Awaited<ReturnType<typeof makeMember>>;

beforeAll(async () => {
  environment = await makeEnvironment();
  scope = await makeScope(environment);
  ann = await makeMember(environment, "analyst", "Ann");
});

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}
const refusedAs = (result: Result<unknown>) => (result.ok ? "done" : result.refusal.code);

async function make(numbers: readonly number[], more: Record<string, unknown> = {}): Promise<TicketsMade> {
  return valueOf(await createTickets(ann, { environment, items: numbers.map((number) => ({ number })), ...more }));
}
/** A finding on a ticket of its own. */
async function ticketed(more: Record<string, unknown> = {}) {
  const finding = await makeFinding(scope);
  const [ticket] = (await make([finding.number], more)).tickets;
  return { finding, ticket: ticket?.number ?? 0 };
}
const ticketOf = async (number: number) => valueOf(await loadTicket(ann, { environment, number })).ticket;
const findingOf = async (number: number) => valueOf(await loadFinding(ann, { environment, number }));
const stored = async (number: number) => prisma.ticket.findUniqueOrThrow({ where: { environmentId_number: { environmentId: environment, number } }, include: { checks: true, findings: true } });
const close = (number: number, more: Record<string, unknown> = {}) => closeTickets(ann, { environment, items: [{ number }], reason: "patched", ...more });
const reopen = (number: number, more: Record<string, unknown> = {}) => reopenTickets(ann, { environment, items: [{ number }], reason: "The patch was rolled back.", ...more });

describe("made", () => {
  test("with its full details in the log, in the list at once, and the finding stays where it was but for the first response", async () => {
    const finding = await makeFinding(scope, { title: "Log4Shell", cve: ["CVE-2021-44228"], technical: "critical", cvssScore: 10 });
    const made = await make([finding.number], { assignee: ann.id, priority: "urgent", labels: ["java"], cc: ["lead@example.test"] });
    const number = made.tickets[0]?.number ?? 0;
    const event = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, recordType: "ticket", recordNumber: number }, include: { body: true } });
    expect(event).toMatchObject({ action: "ticket.created", actorName: "Ann", body: { after: { cve: ["CVE-2021-44228"], assignee: "Ann", destination: "internal", priority: "urgent", findings: [finding.number], severity: "critical", version: 1 } } });
    expect(await trailOf(finding.id)).toEqual(["Ann: finding.ticketed v1"]);

    const [found] = valueOf(await loadTickets(ann, { environment, search: `T-${number}` })).rows;
    expect(found).toMatchObject({ number, state: "open", severity: "critical", assignee: "Ann", findings: [finding.number], sync: "none", version: 1 });
    const after = await findingOf(finding.number);
    expect(after).toMatchObject({ governance: "open", tickets: [{ number, state: "open", isLinked: true }] });
    expect(after.sla.acknowledged).toBe(true);
  });

  test("the payload keeps the fields of a security ticket, and its hash", async () => {
    const { ticket } = await ticketed();
    const row = await stored(ticket);
    const payload = ticketPayload.parse(row.payload);
    expect(payload).toMatchObject({ ticket: `T-${ticket}`, permalink: `http://127.0.0.1:3000/e/${environment}/tickets/${ticket}`, checklist: expect.arrayContaining(["Retest passed"]) });
    expect(Buffer.from(row.payloadHash ?? []).length).toBe(32);
    expect(row.marker).toMatch(/^docket[0-9a-f]{20}$/);
  });

  test("one for each rule: the grouping of a selection, and the preview says the same before", async () => {
    const [one, two, other] = [await makeFinding(scope, { rule: "sqli" }), await makeFinding(scope, { rule: "sqli" }), await makeFinding(scope, { rule: "xss" })];
    const asked = { environment, items: [one, two, other].map(({ number }) => ({ number })), grouping: "rule" };
    const before = await logLength();
    const preview = valueOf(await previewTickets(ann, asked));
    expect(await logLength()).toBe(before);
    const made = valueOf(await createTickets(ann, asked));
    expect(made.tickets.map(({ findings }) => findings)).toEqual([[one.number, two.number], [other.number]]);
    expect(preview.groups.map(({ findings }) => findings)).toEqual(made.tickets.map(({ findings }) => findings));
    expect((await ticketOf(made.tickets[0]?.number ?? 0)).title).toBe(preview.groups[0]?.title);
  });

  test("what is informational or decided is left out and says why; a note overrides it and stays as a gap", async () => {
    const [info, fine] = [await makeFinding(scope, { technical: "info" }), await makeFinding(scope)];
    const made = await make([info.number, fine.number]);
    expect(made.left).toEqual([expect.objectContaining({ number: info.number, override: true, why: `F-${info.number} is informational.` })]);
    const overridden = await make([info.number], { override: "The customer asks for it." });
    expect((await ticketOf(overridden.tickets[0]?.number ?? 0)).gaps.join(" ")).toContain("The customer asks for it.");
  });

  test("a finding has one open ticket, also when two people make one at the same moment; who insists gets a second", async () => {
    const finding = await makeFinding(scope);
    const asked = { environment, items: [{ number: finding.number }] };
    const answers = (await Promise.all([1, 2, 3, 4].map(() => createTickets(ann, asked)))).map(valueOf);
    expect(answers.flatMap(({ tickets }) => tickets)).toHaveLength(1);
    expect(answers.flatMap(({ left }) => left)).toHaveLength(3);
    expect((await make([finding.number], { insist: true })).tickets).toHaveLength(1);
    expect((await findingOf(finding.number)).tickets).toHaveLength(2);
  });

  test("a viewer may not, a tracker that is not there is refused, and an act that made a ticket is not taken back", async () => {
    const finding = await makeFinding(scope);
    const asked = { environment, items: [{ number: finding.number }] };
    expect(refusedAs(await createTickets(await makeMember(environment, "viewer"), asked))).toBe("forbidden");
    expect(refusedAs(await createTickets(ann, { ...asked, destination: "jira" }))).toBe("invalid");
    await make([finding.number]);
    const [entry] = await entriesOf(finding.id);
    const undone = valueOf(await revert(ann, { ...asked, event: String(entry?.sequence) }));
    expect(undone).toMatchObject({ changed: [], skipped: [{ code: "conflict" }] });
    expect((await findingOf(finding.number)).timeline.entries[0]?.revocable).toBeNull();
  });
});

describe("closed and reopened", () => {
  test("closing touches no finding: not its status, not its version, not its clocks", async () => {
    const { finding, ticket } = await ticketed();
    const before = await prisma.finding.findUniqueOrThrow({ where: { id: finding.id } });
    valueOf(await close(ticket, { notes: "Firmware 2.1 in the window of Sunday." }));
    expect(await prisma.finding.findUniqueOrThrow({ where: { id: finding.id } })).toEqual(before);
    const closed = await ticketOf(ticket);
    expect(closed).toMatchObject({ state: "closed", closeReason: "patched", notes: "Firmware 2.1 in the window of Sunday.", remediation: "resolved" });
    expect(closed.retestAt).not.toBeNull();
    expect(closed.tasks.map(({ kind }) => kind)).toEqual(["record_disposition"]);
    expect(valueOf(await loadTickets(ann, { environment, tab: "closed", search: `T-${ticket}` })).rows).toHaveLength(1);
    expect(refusedAs(await close(ticket, { strict: true }))).toBe("illegal");
  });

  test("an accepted risk needs its justification and leaves the acceptance to be completed; a vendor leaves the date", async () => {
    const [one, two] = [await ticketed(), await ticketed()];
    expect(refusedAs(await close(one.ticket, { reason: "risk_accepted" }))).toBe("invalid");
    valueOf(await close(one.ticket, { reason: "risk_accepted", notes: "Policy 7; replaced in March." }));
    expect((await ticketOf(one.ticket)).tasks).toEqual([expect.objectContaining({ kind: "complete_acceptance", findings: [one.finding.number] })]);
    valueOf(await close(two.ticket, { reason: "vendor_notified" }));
    expect((await ticketOf(two.ticket)).tasks.map(({ kind }) => kind)).toContain("follow_up");
  });

  test("reopening counts, flags only findings that were acknowledged, and leaves their decision", async () => {
    const [said, unsaid] = [await makeFinding(scope), await makeFinding(scope)];
    const ticket = (await make([said.number, unsaid.number], { grouping: "one" })).tickets[0]?.number ?? 0;
    valueOf(await respond(ann, { environment, items: [{ number: said.number }], response: "closed", reason: "patched" }));
    valueOf(await close(ticket));
    const answer = valueOf(await reopen(ticket));
    expect(answer.findings).toEqual([said.number]);
    expect(await ticketOf(ticket)).toMatchObject({ state: "open", reopenCount: 1, closeReason: null, reopenReason: "The patch was rolled back.", remediation: "reopened" });
    expect(await findingOf(said.number)).toMatchObject({ governance: "resolved", closeReason: "patched", reReview: `T-${ticket} was reopened: The patch was rolled back.` });
    expect((await findingOf(unsaid.number)).reReview).toBeNull();
    expect(valueOf(await loadTickets(ann, { environment, tab: "reopened" })).rows.map(({ number }) => number)).toContain(ticket);
    expect(refusedAs(await reopen(ticket, { strict: true }))).toBe("illegal");
  });

  test("a finding that got another ticket meanwhile stands in the way of the old one", async () => {
    const { finding, ticket } = await ticketed();
    valueOf(await close(ticket));
    const [second] = (await make([finding.number])).tickets;
    expect(refusedAs(await reopen(ticket, { strict: true }))).toBe("conflict");
    valueOf(await reopen(ticket, { strict: true, insist: true }));
    expect((await findingOf(finding.number)).tickets.map(({ number }) => number)).toEqual([second?.number, ticket]);
  });

  test("whoever saw an older ticket is told what moved, and by whom", async () => {
    const { ticket } = await ticketed();
    valueOf(await editTicket(ann, { environment, number: ticket, priority: "low" }));
    const answer = await closeTickets(ann, { environment, items: [{ number: ticket, version: 1 }], reason: "patched", strict: true });
    expect(answer).toMatchObject({ ok: false, refusal: { code: "stale", changes: [{ by: "Ann", action: "ticket.changed", version: 2 }] } });
  });
});

describe("its findings", () => {
  test("split and merged they keep their tickets on both sides, and how far each fix is goes along", async () => {
    const [one, two, three] = [await makeFinding(scope), await makeFinding(scope), await makeFinding(scope)];
    const first = (await make([one.number, two.number, three.number], { grouping: "one", labels: ["edge"] })).tickets[0]?.number ?? 0;
    const second = valueOf(await splitTicket(ann, { environment, ticket: first, findings: [three.number] })).changed.at(-1) ?? 0;
    expect(await ticketOf(second)).toMatchObject({ splitFrom: first, findings: [three.number], labels: ["edge"] });
    expect(await ticketOf(first)).toMatchObject({ findings: [one.number, two.number], unlinked: [{ number: three.number }] });
    expect((await findingOf(three.number)).tickets).toMatchObject([{ number: second, isLinked: true }, { number: first, isLinked: false }]);

    const seen = (await ticketOf(second)).version;
    valueOf(await editTicket(ann, { environment, number: second, labels: ["edge", "core"] }));
    expect(refusedAs(await mergeTickets(ann, { environment, into: first, from: [{ number: second, version: seen }] })), "somebody changed it since").toBe("stale");
    valueOf(await mergeTickets(ann, { environment, into: first, from: [second], note: "One fix for both." }));
    expect(await ticketOf(second)).toMatchObject({ state: "closed", closeReason: "duplicate", mergedInto: first, notes: `Merged into T-${first}. One fix for both.`, findings: [], unlinked: [{ number: three.number }] });
    expect((await ticketOf(first)).findings).toEqual([one.number, two.number, three.number]);
    expect((await findingOf(three.number)).tickets).toMatchObject([{ number: first, isLinked: true }, { number: second, isLinked: false }]);
    expect(refusedAs(await reopen(second, { strict: true }))).toBe("conflict");
  });

  test("linked and parted: the last one stays, one with an open ticket only for who insists", async () => {
    const [mine, other] = [await ticketed(), await ticketed()];
    expect(refusedAs(await linkFindings(ann, { environment, ticket: mine.ticket, findings: [other.finding.number] }))).toBe("conflict");
    valueOf(await linkFindings(ann, { environment, ticket: mine.ticket, findings: [other.finding.number], insist: true, note: "Two teams mend it." }));
    expect((await ticketOf(mine.ticket)).timeline.entries[0]?.note).toBe("Two teams mend it.");
    expect((await ticketOf(mine.ticket)).findingCount).toBe(2);
    valueOf(await unlinkFindings(ann, { environment, ticket: mine.ticket, findings: [other.finding.number], note: "Another cause." }));
    expect(refusedAs(await unlinkFindings(ann, { environment, ticket: mine.ticket, findings: [mine.finding.number] }))).toBe("conflict");
    expect(refusedAs(await linkFindings(ann, { environment, ticket: mine.ticket, findings: [999_999] }))).toBe("missing");
  });

  test("the ticket's severity follows a recalibration by itself, and nobody can set it", async () => {
    const { finding, ticket } = await ticketed();
    valueOf(await calibrate(ann, { environment, items: [{ number: finding.number }], calibrated: "low", reason: "Behind the gateway." }));
    expect((await ticketOf(ticket)).severity).toBe("low");
    valueOf(await editTicket(ann, { environment, number: ticket, severity: "critical", title: "Renamed" }));
    expect(await ticketOf(ticket)).toMatchObject({ severity: "low", title: "Renamed", findings: [finding.number] });
    expect(ticketPayload.parse((await stored(ticket)).payload)).toMatchObject({ title: "Renamed", severity: "low" });
  });

  test("the chain of custody is read off real tickets, and the trail of the finding holds theirs only while it was on them", async () => {
    const { finding, ticket } = await ticketed();
    const steps = async () => (await findingOf(finding.number)).chain.map(({ step, at }) => `${step} ${at === null ? "missing" : "there"}`);
    expect(await steps()).toEqual(["matched there", "ticket_created there", "ticket_closed missing", "disposition missing"]);
    valueOf(await close(ticket));
    valueOf(await respond(ann, { environment, items: [{ number: finding.number }], response: "closed", reason: "patched" }));
    expect(await steps()).toEqual(["matched there", "ticket_created there", "ticket_closed there", "disposition there"]);

    const audit = valueOf(await findingAudit(ann, { environment, number: finding.number, limit: 50, cursor: null })).items;
    const named = audit.flatMap(({ alias, record }) => (alias ? [`${record.type} ${alias}`] : [])).reverse();
    expect(named).toEqual(["ticket TICKET_CREATED", "ticket TICKET_CLOSED", "finding change-status.alert", "finding FINDING_ACKNOWLEDGED"]);
    const { entries } = (await findingOf(finding.number)).timeline;
    expect(entries.map(({ headline }) => headline)).toEqual(["recorded the disposition", `closed T-${ticket}`, expect.stringMatching(`^made T-${ticket} of 1 finding.*, [a-z]+, kept in Docket`)]);

    const beside = await makeFinding(scope);
    valueOf(await reopen(ticket));
    valueOf(await linkFindings(ann, { environment, ticket, findings: [beside.number] }));
    expect(await prisma.finding.findFirst({ where: { environmentId: environment, number: beside.number } }), "put on a ticket, that is its route").toMatchObject({ route: "ticket" });
    valueOf(await unlinkFindings(ann, { environment, ticket, findings: [beside.number] }));
    valueOf(await editTicket(ann, { environment, number: ticket, priority: "low" }));
    const told = (await findingOf(beside.number)).timeline.entries.map(({ headline }) => headline);
    expect(told).toEqual([`parted findings from T-${ticket}`, `linked findings to T-${ticket}`]);
  });

  test("the queue is asked by ticket", async () => {
    const { finding, ticket } = await ticketed();
    const rows = async (filter: object) => valueOf(await loadRows(ann, { environment, filter: { ...wholeTab("all"), ...filter }, cursor: null })).rows.map(({ number }) => number);
    expect(await rows({ rest: [{ field: "ticket", values: [String(ticket)] }] })).toEqual([finding.number]);
    expect(await rows({ is: ["ticketed"] })).toContain(finding.number);
    valueOf(await close(ticket));
    expect(await rows({ is: ["ticketed"] })).not.toContain(finding.number);
    expect(await rows({ rest: [{ field: "ticket", values: [String(ticket)] }] })).toEqual([finding.number]);
  });
});

test("ticks of the checklist name who ticked; a proposal that nobody made is not dismissed", async () => {
  const { ticket } = await ticketed();
  valueOf(await tickCheck(ann, { environment, ticket, position: 1, ticked: true }));
  expect((await ticketOf(ticket)).checks[0]).toMatchObject({ tickedBy: "Ann" });
  valueOf(await tickCheck(ann, { environment, ticket, position: 1, ticked: false }));
  expect((await ticketOf(ticket)).checks[0]).toMatchObject({ tickedBy: null, tickedAt: null });
  expect(refusedAs(await dismissProposal(ann, { environment, ticket, note: "No." }))).toBe("conflict");
});

test("the list turns its pages without a gap or a double in every order", async () => {
  const own = await makeEnvironment();
  const bob = await makeMember(own, "analyst");
  const there = await makeScope(own);
  for (const technical of ["low", "high", "critical"] as const) {
    const findings = await makeFindings(there, 20, { technical });
    valueOf(await createTickets(bob, { environment: own, items: findings.map(({ number }) => ({ number })) }));
  }
  for (const sort of ["severity", "updated", "created"] as const) {
    const seen: number[] = [];
    for (let cursor: string | null = null, pages = 0; pages < 3; pages++) {
      const page: { rows: readonly { number: number }[]; nextCursor: string | null; total: number } = valueOf(await loadTickets(bob, { environment: own, ...ticketFilter.parse({ sort, cursor }) }));
      expect(page.total).toBe(60);
      seen.push(...page.rows.map(({ number }) => number));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect([...seen].sort((one, other) => one - other)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
  }
  expect(refusedAs(await loadTickets(bob, { environment: own, cursor: "nonsense" }))).toBe("invalid");
});
