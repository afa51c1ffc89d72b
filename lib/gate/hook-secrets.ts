import { randomBytes } from "node:crypto";
import { z } from "zod";
import { needed } from "@/lib/env";
import { seal, unseal } from "@/lib/gate/seal";

/** For how long the secret before a rotation is still taken: until the tracker has the new one. */
export const ROTATION_HOURS = 24;

const kept = z.array(z.object({ secret: z.string(), until: z.iso.datetime().nullable() })).max(2);

function opened(connector: number, sealed: Uint8Array | null): z.output<typeof kept> {
  const text = sealed ? unseal(sealed, { record: "connector", id: connector, purpose: "hook" }) : null;
  return text === null ? [] : kept.parse(JSON.parse(text));
}

/** The secrets with which a connector's webhooks may be signed now: one, or two while it is rotated. None: it takes no webhooks. */
export function hookSecrets(connector: number, sealed: Uint8Array | null, now: Date): string[] {
  return opened(connector, sealed).filter(({ until }) => until === null || new Date(until) > now).map(({ secret }) => secret);
}

/** A new secret, and the envelope that holds it beside the one before, which is taken for a day still. */
export function rotated(connector: number, sealed: Uint8Array | null, now: Date): { secret: string; sealed: Uint8Array<ArrayBuffer> } {
  const secret = randomBytes(32).toString("base64url");
  const [before] = opened(connector, sealed);
  const until = new Date(now.getTime() + ROTATION_HOURS * 3_600_000).toISOString();
  const all = [{ secret, until: null }, ...(before ? [{ secret: before.secret, until }] : [])];
  return { secret, sealed: seal(JSON.stringify(all), { record: "connector", id: connector, purpose: "hook" }) };
}

/** Where a connector's webhooks come to. */
export const webhookAddress = (hookId: string): string => new URL(`/api/webhooks/${hookId}`, needed("AUTH_URL")).href;
