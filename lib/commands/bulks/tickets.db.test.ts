import { expect, test } from "vitest";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { lookAhead, runChunk, takeBulk } from "@/lib/commands/bulks/run";
import { bulk as bulkAtOnce } from "@/lib/commands/findings/bulk";
import { undoBulk } from "@/lib/commands/findings/undo-bulk";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

// What a decision on one finding means for its ticket, a decision on many means for theirs: at once, and chunk by chunk in the background.
/** Four findings; the first and the last stand in a closed ticket each. */
async function ground(reason: string) {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "manager", "Ann");
  const items = (await makeFindings(await makeScope(environment), 4)).map(({ number }) => ({ number }));
  const { tickets } = done(await createTickets(ann, { environment, items: [items[0], items[3]], grouping: "each", connector: null }));
  done(await closeTickets(ann, { environment, items: tickets.map(({ number }) => ({ number })), reason, justification: "The gateway shields it." }));
  return { environment, ann, items };
}

type Ground = Awaited<ReturnType<typeof ground>>;

const WAYS = {
  "at once": async ({ environment, ann, items }: Ground, action: object) => done(await bulkAtOnce(ann, { environment, items, action })).id,
  "in the background, decided ahead": async ({ environment, ann }: Ground, action: object) => {
    const { id } = done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action, start: true, confirm: 4 }));
    const claimed = await takeBulk(id);
    if (!claimed) throw new Error("It was not there to take.");
    for (let stand = "more"; stand === "more"; ) stand = done(await runChunk(claimed, 3, await lookAhead(claimed, null, 3)));
    return id;
  },
} as const;

const tickets = (environment: number) => prisma.ticket.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" }, select: { state: true, remediation: true, proposal: true } });
const entries = (bulkId: number, action: string) => prisma.auditEvent.findMany({ where: { bulkId, action }, orderBy: { sequence: "asc" }, select: { actorType: true, actionId: true, recordNumber: true } });

test.each(Object.entries(WAYS))("acceptances that are revoked %s propose the tickets that were closed with them, once, and what is taken back proposes nothing", async (_how, act) => {
  const here = await ground("risk_accepted");
  const { environment, ann, items } = here;
  done(await respond(ann, { environment, items, response: "accepted_risk", expiresAt: new Date(Date.now() + 3 * 86_400_000).toISOString(), note: "for now" }));
  const id = await act(here, { response: "needs_review" });
  expect((await tickets(environment)).map(({ proposal }) => proposal)).toEqual([1, 4].map((number) => `The acceptance of F-${number} was revoked.`));
  const proposed = await entries(id, "ticket.reopening_proposed");
  expect(proposed).toMatchObject([{ actorType: "system", recordNumber: 1 }, { actorType: "system", recordNumber: 2 }]);
  const { actionId } = await prisma.bulk.findUniqueOrThrow({ where: { id } });
  expect(new Set(proposed.map((one) => one.actionId)), "in whatever chunk: one action").toEqual(new Set([actionId]));

  expect(done(await undoBulk(ann, { environment, bulk: id }))).toMatchObject({ changed: 4 });
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "ticket.reopening_proposed" } })).toBe(2);
});

test.each(Object.entries(WAYS))("accepted evidence given %s verifies the fixes that are ready; a commit only says that there is one", async (_how, act) => {
  for (const [kind, reaches] of [["commit", "resolved"], ["retest", "verified"]] as const) {
    const here = await ground("patched");
    const id = await act(here, { response: "closed", reason: "patched", evidence: [{ kind, reference: "RT-7" }] });
    expect((await tickets(here.environment)).map(({ state, remediation }) => `${state} ${remediation}`)).toEqual([`closed ${reaches}`, `closed ${reaches}`]);
    expect(await entries(id, "ticket.remediation_moved")).toHaveLength(kind === "retest" ? 2 : 0);
  }
});
