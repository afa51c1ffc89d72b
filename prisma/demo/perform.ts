import { assign } from "../../lib/commands/findings/assign";
import { calibrate } from "../../lib/commands/findings/calibrate";
import { respond } from "../../lib/commands/findings/respond";
import { revert } from "../../lib/commands/findings/revert";
import { tag } from "../../lib/commands/findings/tag";
import { transition } from "../../lib/commands/findings/transition";
import { prisma } from "../../lib/db/client";
import type { BatchOutcome } from "../../lib/domain/finding/batch";
import type { Result } from "../../lib/domain/refusal";
import type { Actor } from "../../lib/gate/actor";
import type { Demo } from "../seed";
import type { Act, Deed, Pick } from "./story";

const DAY = 86_400_000;

type Call = { environment: number; items: { number: number }[] };
let lastAction: string | null = null;

/** Lets one of the demo's people do one thing, through the same commands as everybody. Throws when it is refused. */
export async function perform(demo: Demo, act: Act): Promise<void> {
  const environment = demo.environments[act.pick.place];
  const actor = demo.people[`${act.who}@demo.test`];
  if (!actor) throw new Error(`There is no ${act.who} in the demo.`);
  const items = await pick(environment, act.pick);
  if (items.length === 0) return;

  const today = new Date(demo.now.getTime() - act.daysAgo * DAY);
  const done = await deed(actor, { environment, items }, act.deed, today);
  if (!done.ok) throw new Error(`The demo's ${act.deed.kind} was refused: ${done.refusal.message}`);
  lastAction = done.value.actionId;
}

/** The findings that are meant, by number. */
export async function pick(environment: number, wanted: Pick): Promise<{ number: number }[]> {
  return prisma.finding.findMany({
    where: {
      environmentId: environment,
      ...(wanted.rule ? { rule: { key: wanted.rule } } : {}),
      ...(wanted.asset ? { asset: { name: { startsWith: wanted.asset } } } : {}),
      ...(wanted.severity ? { calibrated: wanted.severity } : {}),
      ...(wanted.response ? { response: wanted.response } : {}),
      ...(wanted.regressed ? { governanceStatus: "reopened" } : {}),
      ...(wanted.detected === undefined ? {} : { scannerStatus: wanted.detected ? { not: "closed" } : "closed" }),
    },
    orderBy: { number: "asc" },
    take: wanted.take,
    select: { number: true },
  });
}

function deed(actor: Actor, call: Call, what: Deed, today: Date): Promise<Result<BatchOutcome>> {
  const later = (days: number | undefined) => (days === undefined ? undefined : new Date(today.getTime() + days * DAY).toISOString());
  switch (what.kind) {
    case "respond":
      return respond(actor, { ...call, response: what.response, reason: what.reason, note: what.note, expiresAt: later(what.days), followUpOn: later(what.reviewIn) });
    case "vendor":
      return transition(actor, { ...call, to: "in_progress", reason: "vendor_notified", note: what.note, followUpOn: later(what.followUpIn) });
    case "duplicate":
      return respond(actor, { ...call, items: call.items.slice(1), response: "closed", reason: "duplicate", duplicateOf: call.items[0]?.number, note: what.note });
    case "assign":
      return assign(actor, { ...call, assignee: what.to });
    case "tag":
      return tag(actor, { ...call, add: what.add });
    case "calibrate":
      return calibrate(actor, { ...call, calibrated: what.to, reason: what.reason });
    case "undo":
      return revert(actor, { environment: call.environment, actionId: lastAction });
  }
}
