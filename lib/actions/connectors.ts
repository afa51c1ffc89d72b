"use server";

import { SIGNED_OUT } from "@/lib/actions/fresh-rows";
import { recordTest } from "@/lib/commands/connectors/record-test";
import * as remove from "@/lib/commands/connectors/remove";
import * as rotate from "@/lib/commands/connectors/rotate-hook-secret";
import * as save from "@/lib/commands/connectors/save";
import * as cancel from "@/lib/commands/deliveries/cancel";
import * as link from "@/lib/commands/deliveries/link-by-hand";
import * as retry from "@/lib/commands/deliveries/retry";
import * as anew from "@/lib/commands/deliveries/send-anew";
import { currentActor } from "@/lib/doors/session";
import { lineOf, tryConnector, type Tried } from "@/lib/doors/try-connector";
import { connectorInput } from "@/lib/domain/connector/input";
import type { Result } from "@/lib/domain/refusal";
import type { ConnectorsPage, DeliveriesPage } from "@/lib/domain/views/connectors";
import * as connectors from "@/lib/queries/connectors";
import * as deliveries from "@/lib/queries/deliveries";

/** The screens' doors to connectors and deliveries: who asks, then the command of the same name. */

export async function loadConnectors(raw: unknown): Promise<Result<ConnectorsPage>> {
  const actor = await currentActor();
  return actor ? connectors.loadConnectors(actor, raw) : SIGNED_OUT;
}

export async function saveConnector(raw: unknown): Promise<Result<save.Saved>> {
  const actor = await currentActor();
  return actor ? save.saveConnector(actor, raw) : SIGNED_OUT;
}

/** The network first, outside any transaction; then what came of it is kept. */
export async function testConnector(raw: unknown): Promise<Result<Tried>> {
  const actor = await currentActor();
  if (!actor) return SIGNED_OUT;
  const tried = await tryConnector(actor, raw);
  if (!tried.ok) return tried;
  const kept = await recordTest(actor, { ...connectorInput.parse(raw), ok: tried.value.ok, detail: lineOf(tried.value) });
  return kept.ok ? tried : kept;
}

export async function removeConnector(raw: unknown): Promise<Result<{ cancelled: number }>> {
  const actor = await currentActor();
  return actor ? remove.removeConnector(actor, raw) : SIGNED_OUT;
}

export async function rotateHookSecret(raw: unknown): Promise<Result<{ secret: string }>> {
  const actor = await currentActor();
  return actor ? rotate.rotateHookSecret(actor, raw) : SIGNED_OUT;
}

export async function loadDeliveries(raw: unknown): Promise<Result<DeliveriesPage>> {
  const actor = await currentActor();
  return actor ? deliveries.loadDeliveries(actor, raw) : SIGNED_OUT;
}

export async function retryDelivery(raw: unknown): Promise<Result<retry.Retried>> {
  const actor = await currentActor();
  return actor ? retry.retryDelivery(actor, raw) : SIGNED_OUT;
}

export async function cancelDelivery(raw: unknown): Promise<Result<{ delivery: number }>> {
  const actor = await currentActor();
  return actor ? cancel.cancelDelivery(actor, raw) : SIGNED_OUT;
}

export async function linkByHand(raw: unknown): Promise<Result<{ ticket: number }>> {
  const actor = await currentActor();
  return actor ? link.linkByHand(actor, raw) : SIGNED_OUT;
}

export async function sendAnew(raw: unknown): Promise<Result<{ ticket: number }>> {
  const actor = await currentActor();
  return actor ? anew.sendAnew(actor, raw) : SIGNED_OUT;
}
