import { randomBytes } from "node:crypto";
import { sql, type Tx } from "@/lib/db/client";
import { nextId } from "@/lib/db/next-id";
import { isMaking } from "@/lib/db/sql/ticket-there";
import type { SaveConnector } from "@/lib/domain/connector/input";
import { saveConnectorInput } from "@/lib/domain/connector/input";
import { addressOf, CONNECTOR_SETTINGS, connectorRule, homeOf } from "@/lib/domain/connector/kinds";
import { ok, refuse, refuseInput, type Fault, type Refused, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { seal } from "@/lib/gate/seal";
import { heldConnector, nameTaken, standingThere, type HeldConnector } from "./steps/hold";

const MOST = 100;

export type Saved = { id: number; version: number };
type Settings = Record<string, unknown>;

/**
 * Sets up a tracker or changes it, `{environment, id?, kind, name, settings, secret?, lagSeconds?, enabled?, version?}`. The secret is written and never
 * read back; another address asks for it anew, so that nobody can have it sent elsewhere. Saving ends a pause: what waits is tried at once.
 */
export function saveConnector(actor: Actor, raw: unknown): Promise<Result<Saved>> {
  return commit(actor, { act: "connector.manage", input: saveConnectorInput, work }, raw);
}

async function work(tx: Tx, asked: SaveConnector, context: Context): Promise<Result<Change<Saved>>> {
  const read = CONNECTOR_SETTINGS[asked.kind].safeParse(asked.settings);
  if (!read.success) return refuseInput(read.error.issues.slice(0, 50).map(({ path, message }): Fault => ({ path: ["settings", ...path].join("."), message })));
  const settings: Settings = read.data;
  const before = asked.id === undefined ? null : await heldConnector(tx, asked.environment, asked.id);
  if (asked.id !== undefined && !before) return refuse("missing", `There is no connector ${asked.id} here.`);
  if (before && asked.version !== undefined && asked.version !== before.version) return refuse("stale", `${before.name} was changed since: its version is ${before.version}.`, { next: "Load it again." });
  if (before && before.kind !== asked.kind) return refuse("conflict", `${before.name} is of another kind: ${connectorRule(before.kind).label}.`, { next: "Add a connector, and remove this one." });
  const stranding = before && (await strandingOf(tx, asked, settings, before));
  if (stranding) return stranding;
  const lacking = lackingSecret(asked, settings, before);
  if (lacking) return refuseInput([lacking]);
  if (await nameTaken(tx, asked.environment, asked.name, asked.id ?? null)) return refuse("conflict", `There is a connector ${asked.name} here already.`, { next: "Take another name." });
  if (!before && (await tx.connector.count({ where: { environmentId: asked.environment, removedAt: null } })) >= MOST) return refuse("conflict", `There are ${MOST} connectors here: that is as many as there may be.`);
  return ok(await changeOf(tx, asked, settings, before, context));
}

/** Is it another server than before? */
const isMoved = ({ kind }: SaveConnector, settings: Settings, before: HeldConnector | null): boolean => before !== null && addressOf(kind, before.settings) !== addressOf(kind, settings);

/** Would tickets that stand in one place, or may, be looked for in another? What is in doubt may stand there though its ticket is closed here: it is looked for all the same. */
async function strandingOf(tx: Tx, { kind }: SaveConnector, settings: Settings, before: HeldConnector): Promise<Refused | null> {
  const [home, other] = [homeOf(kind, before.settings), homeOf(kind, settings)];
  if (home === other) return null;
  const count = await standingThere(tx, before.id);
  if (count > 0) return refuse("conflict", `${count === 1 ? "1 open ticket stands" : `${count.toLocaleString("en")} open tickets stand`} in ${home}: in ${other} none would be found, and all would count as gone.`, { next: `Add a connector for ${other}, or close these first.` });
  if (!(await isMaking(tx, before.id))) return null;
  return refuse("conflict", `A ticket may just have been made in ${home}: in ${other} it would not be found, and be made again.`, { next: `Wait until it is known whether it stands in ${home}, link it by hand or call it off; or add a connector for ${other}.` });
}

/** A secret is there, is given, or is not needed; one that was given for an address stays with it. */
function lackingSecret(asked: SaveConnector, settings: Settings, before: HeldConnector | null): Fault | null {
  const { secret: rule, label } = connectorRule(asked.kind);
  if (!rule) return asked.secret === undefined ? null : { path: "secret", message: `${label} has no secret.` };
  if (asked.secret !== undefined) return null;
  if (before?.hasSecret && isMoved(asked, settings, before)) return { path: "secret", message: `The address is another one: give the ${rule.label.toLowerCase()} anew.` };
  return before?.hasSecret || ("optional" in rule && rule.optional) ? null : { path: "secret", message: `The ${rule.label.toLowerCase()} is missing.` };
}

async function changeOf(tx: Tx, asked: SaveConnector, settings: Settings, before: HeldConnector | null, { now }: Context): Promise<Change<Saved>> {
  const id = before?.id ?? (await nextId(tx, "connector"));
  const version = (before?.version ?? 0) + 1;
  const data = {
    name: asked.name, settings: JSON.parse(JSON.stringify(settings)), version, lagSeconds: asked.lagSeconds ?? before?.lagSeconds ?? 60, enabled: asked.enabled ?? before?.enabled ?? true,
    ...(asked.secret === undefined ? {} : { sealed: seal(asked.secret, { record: "connector", id, purpose: "secret" as const }), secretAt: now }),
  };
  const told = { kind: asked.kind, name: data.name, settings, lag_seconds: data.lagSeconds, enabled: data.enabled, version };
  const was = before && { kind: before.kind, name: before.name, settings: before.settings, lag_seconds: before.lagSeconds, enabled: before.enabled, version: before.version };
  const record = { type: "connector", number: id };
  const trail: [TrailEntry, ...TrailEntry[]] = [{ action: before ? "connector.changed" : "connector.created", record, before: was, after: told }];
  if (before && asked.secret !== undefined) trail.push({ action: "connector.secret_changed", record, after: { name: data.name } });
  return {
    trail,
    write: async (within) => {
      if (isMoved(asked, settings, before)) await within.$executeRaw(sql`UPDATE ticket SET external_id = NULL WHERE environment_id = ${asked.environment} AND connector_id = ${id}`); // keys may mean the same elsewhere, numbers of rows never do
      if (before) await within.connector.update({ where: { id }, data: { ...data, failures: 0, openUntil: null, resumeAt: null } });
      else await within.connector.create({ data: { ...data, id, environmentId: asked.environment, kind: asked.kind, hookId: randomBytes(18).toString("base64url"), createdAt: now } });
      return { id, version };
    },
    jobs: [{ name: "deliver-tickets", payload: { connector: id } }],
  };
}
