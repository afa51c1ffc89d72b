import { randomUUID } from "node:crypto";
import { Gathering } from "@/lib/domain/gathering";
import { grouped } from "@/lib/domain/grouped";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import { connectorActor, type Actor } from "@/lib/gate/actor";
import { connectorAt } from "@/lib/gate/hook-address";
import { hookSecrets } from "@/lib/gate/hook-secrets";
import type { Delivered } from "@/lib/plugins/connectors/contract";
import { hookOf } from "@/lib/plugins/connectors/registry";
import { consume, type Allowance } from "./limits";
import { boundedBody } from "./upload";

/** Bytes of one webhook. */
export const MAX_HOOK_BYTES = 1_048_576;
/** What was sent longer ago, or is of a future so far away, is not taken, where the signature says when. */
const STALE_MS = 5 * 60_000;
const MAX_KEY = 300;

/** A webhook whose sender is known, as the command that keeps it takes it. */
export type Authentic = { actor: Actor; raw: { environment: number; connector: number; key: string; body: { headers: Record<string, string>; text: string } } };

const UNKNOWN = refuse("missing", "There is no such address.");
const FORGED = refuse("unauthenticated", "The signature does not fit.", { next: "Give the tracker the secret of this connector's webhooks." });
const UNDATED = refuse("invalid", "Nothing says when this was so.", { next: "Say `at`, or sign a timestamp." });

/** Headers that say what a delivery is; nothing that proves or secures it is kept. */
const TOLD = /^x-(github|atlassian|docket)-/;

/**
 * Who sent this webhook, by its signature alone: its address says which connector, its bytes are signed with one of that connector's secrets. There is no
 * session and no token here. Unknown, removed, switched off and without a secret are the same: there is no such address.
 */
export async function authentic(request: Request, hookId: string): Promise<Result<Authentic>> {
  if (!/^[\w-]{16,64}$/.test(hookId)) return UNKNOWN;
  const connector = await connectorAt(hookId);
  if (!connector) return UNKNOWN;
  const { environment, now } = connector;
  const hook = hookOf(connector.kind);
  const secrets = hookSecrets(connector.id, connector.hookSealed, now);
  if (!hook || secrets.length === 0) return UNKNOWN;

  const body = await boundedBody(request, MAX_HOOK_BYTES);
  if (!body.ok) return body;
  const delivery: Delivered = { headers: Object.fromEntries(request.headers), body: Buffer.from(body.value) };
  const fits = secrets.map((secret) => hook.isSigned(delivery, secret)); // each is tried: how long it takes does not say which
  if (!fits.includes(true)) return FORGED;
  const sentAt = hook.sentAt?.(delivery) ?? null;
  if (sentAt !== null && Math.abs(now.getTime() - sentAt.getTime()) > STALE_MS) return refuse("unauthenticated", "This was sent too long ago.", { next: "Set the sender's clock, and send it anew." });
  const counted = await counting.ask(connector.id);
  if (!counted.ok) return refuse("limited", "Too many at once.", { retryAfter: counted.seconds });

  const key = hook.keyOf(delivery);
  const text = textOf(delivery.body);
  if (!text.ok) return text;
  if (hook.isUndated?.(JSON.parse(text.value), delivery.headers)) return UNDATED;
  if (key.length > MAX_KEY || key === "") return refuse("invalid", "The name of this delivery is too long.");
  const headers = Object.fromEntries(Object.entries(delivery.headers).filter(([name, value]) => TOLD.test(name) && !name.includes("signature") && value.length <= 1_000).slice(0, 30));
  const actor = connectorActor(connector, randomUUID());
  return ok({ actor, raw: { environment, connector: connector.id, key, body: { headers, text: text.value } } });
}

/** How many came, by connector: those that come at once are counted in one step. */
const counting = new Gathering<number, Allowance>({ calls: 1_000, size: 1 }, async (connectors) => {
  const counted = new Map<number, Allowance>();
  for (const [id, all] of grouped(connectors, (each) => each)) counted.set(id, await consume("hooks", String(id), all.length));
  return connectors.flatMap((id) => counted.get(id) ?? []);
});

/** The text of a body that is JSON; kept as text, so that nothing of it is lost or made up before it is read. */
function textOf(body: Buffer): Result<string> | Refused {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    JSON.parse(text);
    return ok(text);
  } catch {
    return refuse("invalid", "A webhook is JSON.", { next: "Set its content type to application/json." });
  }
}
