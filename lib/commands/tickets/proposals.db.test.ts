import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { expireAcceptances } from "@/lib/commands/acceptances/expire-acceptances";
import { changeAssets } from "@/lib/commands/assets/change";
import { importAssets } from "@/lib/commands/assets/import";
import { revertAssets } from "@/lib/commands/assets/revert";
import { enrichFindings } from "@/lib/commands/feeds/enrich";
import { respond } from "@/lib/commands/findings/respond";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma, sql } from "@/lib/db/client";
import { systemActor } from "@/lib/gate/actor";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFinding, makeMember, makeScope } from "@/lib/testing/make";
import { moveClock } from "@/lib/testing/clock";
import { proposeOverdue } from "./propose-overdue";

// What asks for another look at a closed ticket proposes it, once for each occasion; a person decides.
const DAY = 86_400_000;
const system = systemActor(randomUUID());

async function ground(reason: string, more: Record<string, unknown> = {}, cve: string[] = []) {
  const environment = await makeEnvironment();
  const scope = await makeScope(environment);
  const finding = await makeFinding(scope, { cve });
  const ann = await makeMember(environment, "manager", "Ann");
  const { tickets: [ticket] } = done(await createTickets(ann, { environment, items: [{ number: finding.number }], grouping: "one", connector: null }));
  const number = ticket?.number ?? 0;
  const close = () => closeTickets(ann, { environment, items: [{ number }], reason, ...more });
  const proposal = async () => (await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment, number } })).proposal;
  const proposals = () => prisma.auditEvent.count({ where: { environmentId: environment, action: "ticket.reopening_proposed", actorType: "system" } });
  return { environment, scope, finding, ann, number, close, proposal, proposals };
}

test("a finding of a closed ticket that becomes known to be exploited proposes to open it; an open ticket is left to those who work on it", async () => {
  const { environment, finding, close, proposal, proposals } = await ground("false_positive", {}, ["CVE-2031-0007"]);
  await prisma.$executeRaw(sql`INSERT INTO kev_entry (cve, name, added_on, ransomware) VALUES ('CVE-2031-0007', 'Gateway', '2031-02-03', false) ON CONFLICT DO NOTHING`);
  const open = await makeFinding(await makeScope(environment), { cve: ["CVE-2031-0007"] });
  done(await createTickets(await makeMember(environment), { environment, items: [{ number: open.number }], grouping: "one", connector: null }));
  done(await close());
  done(await enrichFindings(system, { environment }));
  expect(await proposal()).toBe(`F-${finding.number} is known to be exploited now: CVE-2031-0007 entered the catalogue.`);
  expect(await proposals()).toBe(1);
});

test("a vendor that has not answered in time proposes it once for each date: also when asked again every hour", async () => {
  const { environment, close, proposal, proposals } = await ground("vendor_notified", { followUpOn: new Date(Date.now() + DAY).toISOString() });
  done(await close());
  expect(done(await proposeOverdue(system, { environment }))).toEqual({ proposed: 0, more: false });
  await moveClock(2 * DAY);
  expect(done(await proposeOverdue(system, { environment }))).toEqual({ proposed: 1, more: false });
  expect(await proposal()).toMatch(/The vendor's answer on F-1 was due on \d{4}-\d\d-\d\d\./);
  expect(done(await proposeOverdue(system, { environment }))).toEqual({ proposed: 0, more: false });
  expect(await proposals()).toBe(1);
  await moveClock(-2 * DAY);
});

test("an asset that more people can reach proposes it, one that fewer can does not", async () => {
  const { environment, scope, ann, close, proposal } = await ground("mitigated");
  const expose = async (exposure: string) => done(await changeAssets(ann, { environment, items: [{ id: scope.asset }], change: { exposure } }));
  await expose("internal");
  done(await close());
  await expose("isolated");
  expect(await proposal()).toBeNull();
  await expose("internet");
  expect(await proposal()).toContain("is more exposed: isolated before, internet now.");
});

test("also a sheet that opens an asset proposes it, and so does taking back what had shut it; each once", async () => {
  const { environment, scope, ann, close, proposal, proposals } = await ground("mitigated");
  const { name } = await prisma.asset.findUniqueOrThrow({ where: { id: scope.asset } });
  async function* sheet(exposure: string) {
    yield new TextEncoder().encode(`name,exposure\n${name},${exposure}\n`);
  }
  done(await importAssets(ann, { environment }, sheet("partner")));
  done(await close());
  const { actionId } = done(await changeAssets(ann, { environment, items: [{ id: scope.asset }], change: { exposure: "isolated" } }));
  expect(await proposals()).toBe(0);
  done(await revertAssets(ann, { environment, actionId }));
  expect(await proposal()).toContain("is more exposed: isolated before, partner now.");
  done(await importAssets(ann, { environment }, sheet("internet")));
  expect(await proposal()).toContain("is more exposed: partner before, internet now.");
  done(await importAssets(ann, { environment }, sheet("internet")));
  expect(await proposals()).toBe(2);
});

test("an acceptance that ends proposes the ticket that was closed with it, whether it was revoked or ran out; another reason does not", async () => {
  for (const [reason, ends, says] of [["risk_accepted", "revoked", "was revoked"], ["risk_accepted", "expired", "expired"], ["mitigated", "revoked", null]] as const) {
    const { environment, finding, ann, close, proposal } = await ground(reason, { justification: "The gateway shields it." });
    done(await close());
    done(await respond(ann, { environment, items: [{ number: finding.number }], response: "accepted_risk", expiresAt: new Date(Date.now() + 3 * DAY).toISOString(), note: "for now" }));
    if (ends === "revoked") done(await respond(ann, { environment, items: [{ number: finding.number }], response: "needs_review" }));
    else {
      await moveClock(4 * DAY);
      done(await expireAcceptances(system, { environment }));
      await moveClock(-4 * DAY);
    }
    expect(await proposal()).toBe(says === null ? null : `The acceptance of F-${finding.number} ${says}.`);
  }
});
