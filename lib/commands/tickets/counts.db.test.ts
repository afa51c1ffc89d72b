import fc from "fast-check";
import { z } from "zod";
import { expect, test } from "vitest";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { editTicket } from "@/lib/commands/tickets/edit";
import { mergeTickets } from "@/lib/commands/tickets/merge";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { splitTicket } from "@/lib/commands/tickets/split";
import { prisma, sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { ticketCounts } from "@/lib/db/sql/ticket-tally";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { ticketFilter } from "@/lib/domain/ticket/filter";
import { PRIORITIES, TICKET_TABS } from "@/lib/domain/ticket/words";
import type { Actor } from "@/lib/gate/actor";
import { loadTickets } from "@/lib/queries/tickets-page";
import { brokenInvariants, connected } from "@/lib/testing/database";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

const url = process.env.DATABASE_URL ?? "";
const PLACES = 4;

type World = { environment: number; ann: Actor & { personId: number }; findings: readonly { id: number; number: number }[] };
type Act = { act: keyof typeof ACTS; at: number; with: number };

const number = (at: number) => 1 + (at % PLACES);

/** What people do, and what a tracker's word and a calibration change; a refusal is an answer like any other. */
const ACTS = {
  create: ({ ann, environment, findings }: World, at: number, other: number) =>
    createTickets(ann, { environment, items: findings.slice(at, at + 1 + (other % 3)).map((finding) => ({ number: finding.number })), grouping: "one", priority: PRIORITIES[other % PRIORITIES.length], assignee: other % 2 ? ann.personId : undefined }),
  close: ({ ann, environment }: World, at: number) => closeTickets(ann, { environment, items: [{ number: number(at) }], reason: "patched" }),
  reopen: ({ ann, environment }: World, at: number) => reopenTickets(ann, { environment, items: [{ number: number(at) }], reason: "The patch was rolled back." }),
  merge: ({ ann, environment }: World, at: number, other: number) => mergeTickets(ann, { environment, into: number(at), from: [number(other)], note: "One fix for both." }),
  split: ({ ann, environment, findings }: World, at: number, other: number) => splitTicket(ann, { environment, ticket: number(at), findings: [findings[other % findings.length]?.number] }),
  give: ({ ann, environment }: World, at: number, other: number) => editTicket(ann, { environment, number: number(at), assignee: other % 2 ? ann.personId : null }),
  calibrate: ({ ann, environment, findings }: World, at: number, other: number) =>
    calibrate(ann, { environment, items: [{ number: findings[at % findings.length]?.number }], calibrated: SEVERITIES[other % SEVERITIES.length], reason: "Seen from here." }),
  tracker: ({ environment }: World, at: number, other: number) =>
    prisma.ticket.updateMany({ where: { environmentId: environment, number: number(at) }, data: [{ sync: "failed" as const }, { externalDone: true }, { drift: ["title"] }, { sync: "none" as const, externalDone: false, drift: [] }][other % 4] ?? {} }),
};
const NAMES: readonly (keyof typeof ACTS)[] = ["create", "close", "reopen", "merge", "split", "give", "calibrate", "tracker"];

/** Eight findings, the first six on two tickets. */
async function world(): Promise<World> {
  const environment = await makeEnvironment();
  const here = { environment, ann: await makeMember(environment), findings: await makeFindings(await makeScope(environment), 8) };
  for (const at of [0, 3]) done(await ACTS.create(here, at, 2));
  return here;
}

/** Each tab counted from the rows themselves. */
const recount = (environment: number) => row(prisma, z.record(z.string(), z.number()), sql`
  SELECT count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'open' AND reopen_count > 0)::int AS reopened,
    count(*) FILTER (WHERE state = 'open' AND external_done)::int AS done_there,
    count(*) FILTER (WHERE proposal IS NOT NULL OR state = 'open' AND (drift <> '{}' OR external_done OR sync IN ('failed', 'in_doubt', 'gone')))::int AS attention,
    count(*) FILTER (WHERE state = 'closed')::int AS closed, count(*)::int AS "all"
  FROM ticket WHERE environment_id = ${environment}`);

/** Each of them once, where nothing refuses it. */
const EVERY: Act[] = [
  { act: "split", at: 0, with: 0 }, { act: "close", at: 0, with: 0 }, { act: "reopen", at: 0, with: 0 }, { act: "create", at: 6, with: 0 }, { act: "merge", at: 0, with: 1 },
  { act: "give", at: 0, with: 1 }, { act: "calibrate", at: 0, with: 0 }, { act: "tracker", at: 0, with: 0 },
];
const act = fc.record({ act: fc.constantFrom(...NAMES), at: fc.nat(7), with: fc.nat(11) });

test("kept counts equal the rows after whatever people, a tracker and a calibration do", { timeout: 120_000 }, async () => {
  const did = new Set<string>();
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 20 }), async (acts: Act[]) => {
    const here = await world();
    for (const { act: name, at, with: other } of acts) {
      const answer = await ACTS[name](here, at, other);
      if (!("ok" in answer) || answer.ok) did.add(name);
      expect(await ticketCounts(prisma, here.environment)).toEqual(await recount(here.environment));
    }
    for (const tab of TICKET_TABS) {
      const filter = ticketFilter.parse({ tab, severity: ["critical", "info"], assignee: "none" });
      const page = done(await loadTickets(here.ann, { environment: here.environment, ...filter }));
      expect({ tab, total: page.total }).toEqual({ tab, total: page.rows.length });
    }
  }), { numRuns: 8, endOnFailure: true, examples: [[EVERY]] });
  expect([...did].sort()).toEqual([...NAMES].sort());
  expect(await brokenInvariants(url)).toEqual([]);
});

test("a count that departs from the rows is found by the invariants", async () => {
  const { environment } = await world();
  const ask = (text: string) => connected(url, (client) => client.query(text, [environment]));
  await ask("UPDATE ticket_count SET n = n + 1 WHERE environment_id = $1 AND n > 0");
  await ask("UPDATE ticket_tally SET n = n - 1 WHERE environment_id = $1 AND n > 0");
  expect(await brokenInvariants(url)).toEqual([expect.stringContaining("invariant_ticket_counts"), expect.stringContaining("invariant_ticket_tallies")]);
  await ask("UPDATE ticket_count SET n = n - 1 WHERE environment_id = $1 AND n > 0");
  await ask("UPDATE ticket_tally SET n = n + 1 WHERE environment_id = $1 AND n > 0");
});
