import { expect } from "vitest";
import { saveConnector } from "@/lib/commands/connectors/save";
import { createTickets } from "@/lib/commands/tickets/create";
import { editTicket } from "@/lib/commands/tickets/edit";
import { prisma } from "@/lib/db/client";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { settingsAt, startTracker } from "@/lib/testing/start-tracker";
import type { Issue, TrackerWish, Vendor } from "@/lib/testing/tracker";
import { deliverTickets } from "@/lib/worker/jobs/deliver-tickets";
import { pollTracker } from "@/lib/worker/jobs/poll-trackers";

type Wish = { environment?: number; wish?: Partial<TrackerWish>; settings?: Record<string, unknown>; lagSeconds?: number; ticket?: Record<string, unknown> };

/** A ticket of one finding that stands in a tracker, and what is done to it on either side. `settings` and `ticket`: what the story says of them beside the usual. */
export async function ticketThere(vendor: Vendor, { environment: given, wish = {}, settings = {}, lagSeconds = 0, ticket: more = {} }: Wish = {}) {
  let clock = Date.now();
  const tracker = await startTracker({ vendor, now: () => (clock += 1_000), ...wish });
  const environment = given ?? (await makeEnvironment());
  const admin = await makeMember(environment, "admin");
  const { id: connector } = done(await saveConnector(admin, { environment, kind: vendor, name: "Tracker", settings: { ...settingsAt(tracker.address)[vendor], ...settings }, secret: "s3cret", lagSeconds }));
  await makeFindings(await makeScope(environment), 1);
  done(await createTickets(admin, { environment, items: [{ number: 1 }], connector, override: "For the test.", ...more }));
  const run = () => deliverTickets(connector, undefined, { timeout: 4_000, turn: 60_000 });
  await run();
  const [issue] = tracker.issues;
  if (!issue) throw new Error("Nothing was made.");

  /** Changed here, and sent. */
  const edit = async (change: Record<string, unknown>) => {
    expect(await editTicket(admin, { environment, number: 1, ...change })).toMatchObject({ ok: true, value: { changed: [1] } });
    await run();
  };
  /** Changed over there, a minute later. */
  const change = (to: Partial<Issue>) => Object.assign(issue, { ...to, updatedAt: (clock += 60_000) });
  const poll = async () => {
    await prisma.connector.update({ where: { id: connector }, data: { polledAt: null, openUntil: null, resumeAt: null, failures: 0 } });
    await pollTracker(connector);
  };
  const ticket = () => prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } });
  const last = () => prisma.delivery.findFirstOrThrow({ where: { environmentId: environment }, orderBy: { id: "desc" } });
  return { tracker, environment, admin, connector, issue, run, edit, change, poll, ticket, last };
}
