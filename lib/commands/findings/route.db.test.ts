import { expect, test } from "vitest";
import { route } from "@/lib/commands/findings/route";
import { assign } from "@/lib/commands/findings/assign";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { bulk } from "@/lib/commands/findings/bulk";
import { getBulk } from "@/lib/queries/bulk";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma } from "@/lib/db/client";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

const said = { reason: "Agreed in the weekly round." };

async function world(count: number) {
  const environment = await makeEnvironment();
  const [ann, eve] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "viewer", "Eve")];
  const findings = await makeFindings(await makeScope(environment), count);
  const items = (...at: number[]) => at.map((each) => ({ number: findings[each]?.number ?? 0 }));
  const stored = (at: number) => prisma.finding.findUniqueOrThrow({ where: { id: findings[at]?.id ?? 0 } });
  const entries = (at: number) => prisma.auditEvent.findMany({ where: { findingId: findings[at]?.id ?? 0 }, orderBy: { sequence: "asc" }, include: { body: true } });
  return { environment, ann, eve, findings, items, stored, entries };
}

test("a finding that nobody triaged is paused, then triaged, calibrated and owned, and goes into the sprint; each step is in its log, and the last is taken back", async () => {
  const { environment, ann, items, stored, entries } = await world(1);
  const early = await route(ann, { environment, items: items(0), decision: "sprint_batch", strict: true, ...said });
  expect(early).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "route", message: expect.stringContaining("triaged") }] } });
  done(await route(ann, { environment, items: items(0), decision: "paused", ...said }));
  done(await respond(ann, { environment, items: items(0), response: "investigating" }));
  done(await calibrate(ann, { environment, items: items(0), calibrated: "high", reason: "It faces the internet." }));
  done(await assign(ann, { environment, items: items(0), assignee: ann.personId }));
  expect(done(await route(ann, { environment, items: items(0), decision: "sprint_batch", ...said }))).toMatchObject({ changed: [1], skipped: [] });

  expect(await stored(0)).toMatchObject({ route: "sprint_batch", governanceStatus: "in_progress" });
  const log = await entries(0);
  expect(log.filter(({ action }) => action === "finding.routed").map(({ fields, body }) => ({ fields, reason: body?.reason, after: body?.after }))).toEqual([
    { fields: ["route"], reason: said.reason, after: { route: "paused" } }, { fields: ["route"], reason: said.reason, after: { route: "sprint_batch" } },
  ]);
  done(await revert(ann, { environment, items: items(0), event: String(log.at(-1)?.sequence) }));
  expect(await stored(0)).toMatchObject({ route: "paused", governanceStatus: "in_progress", assigneeId: ann.personId });
});

test("a ticket made by hand is a route as well; whoever only looks routes nothing", async () => {
  const { environment, ann, eve, items, stored } = await world(2);
  done(await createTickets(ann, { environment, items: items(0), grouping: "each", destination: "internal" }));
  expect([(await stored(0)).route, (await stored(1)).route]).toEqual(["ticket", null]);
  expect(await route(eve, { environment, items: items(1), decision: "record_only", ...said })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
});

test("a route beside a decision loses nothing of it: the acceptance is there, the proof is attached", async () => {
  const { environment, ann, items, findings, stored } = await world(2);
  const bob = await makeMember(environment, "manager", "Bob");
  const on = (at: number, action: object) => bulk(bob, { environment, items: items(at), action });
  done(await on(0, { response: "accepted_risk", reason: "risk_accepted", expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(), route: "record_only", note: "The segment is closed off." }));
  done(await on(1, { response: "closed", reason: "patched", evidence: [{ kind: "attestation", approver: ann.id }], route: "record_only", note: "Updated on all hosts." }));
  expect([await stored(0), await stored(1)]).toMatchObject([{ route: "record_only", governanceStatus: "accepted_risk" }, { route: "record_only", governanceStatus: "resolved", verification: "attested" }]);
  expect(await prisma.acceptance.count({ where: { findingId: findings[0]?.id ?? 0 } })).toBe(1);
  expect(await prisma.evidence.count({ where: { findingId: findings[1]?.id ?? 0 } })).toBe(1);
});

test("whoever is given findings by an action does not attest to them in it; a preview parts those that the approver has", async () => {
  const { environment, ann, items } = await world(3);
  const bob = await makeMember(environment, "manager", "Bob");
  const attested = { response: "closed", reason: "patched", evidence: [{ kind: "attestation", approver: ann.id }], note: "Updated." };
  expect(await bulk(bob, { environment, items: items(0), action: { ...attested, assignee: ann.personId } })).toMatchObject({ ok: false, refusal: { errors: [{ path: "action.assignee" }] } });
  done(await assign(bob, { environment, items: items(0), assignee: ann.personId }));
  const { id } = done(await prepareBulk(bob, { environment, filter: { tab: "all" }, action: attested }));
  expect(done(await getBulk(bob, { environment, bulk: id })).groups.map(({ code, n }) => [code, n]).sort()).toEqual([["changes", 2], ["detail", 1]]);
});
