import { z } from "zod";
import { addressOf, CONNECTOR_KINDS, CONNECTOR_SETTINGS, connectorRule, type ConnectorKind } from "@/lib/domain/connector/kinds";
import { connectorInput, draftConnectorInput } from "@/lib/domain/connector/input";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { unseal } from "@/lib/gate/seal";

/** A connector with its secret open, for who speaks to it; it never leaves the server. */
export type OpenConnector = { id: number; environment: number; kind: ConnectorKind; name: string; settings: unknown; secret: string };

/** Opens a connector, `{environment, connector}`, for whoever manages it. Refuses where its secret cannot be opened: the key of this installation is another. */
export function openConnector(actor: Actor, raw: unknown): Promise<Result<OpenConnector>> {
  return read(actor, {
    act: "connector.manage", input: connectorInput,
    load: async (db, { environment, connector: id }) => {
      const found = await db.connector.findFirst({ where: { environmentId: environment, id, removedAt: null } });
      const kind = CONNECTOR_KINDS.find((each) => each === found?.kind);
      if (!found || !kind) return refuse("missing", `There is no connector ${id} here.`);
      const secret = found.sealed ? unseal(found.sealed, { record: "connector", id, purpose: "secret" }) : "";
      if (secret === null) return refuse("conflict", "Its secret cannot be opened.", { next: "Give it anew." });
      return ok({ id, environment, kind, name: found.name, settings: found.settings, secret });
    },
  }, raw);
}

/**
 * What a form says of a connector before it is saved, `{environment, id?, kind, settings, secret?}`. The secret that is kept stands in for one that is
 * not given, at its own address alone: nobody has it sent elsewhere.
 */
export async function openDraft(actor: Actor, raw: unknown): Promise<Result<Omit<OpenConnector, "id" | "name">>> {
  const asked = await read(actor, { act: "connector.manage", input: draftConnectorInput, load: (_db, input) => Promise.resolve(ok(input)) }, raw);
  if (!asked.ok) return asked;
  const { environment, id, kind, secret } = asked.value;
  const settings = CONNECTOR_SETTINGS[kind].safeParse(asked.value.settings);
  if (!settings.success) return refuseInput(settings.error.issues.slice(0, 50).map(({ path, message }) => ({ path: ["settings", ...path].join("."), message })));
  if (secret !== undefined) return ok({ environment, kind, settings: settings.data, secret });

  const rule = connectorRule(kind).secret;
  const kept = id === undefined ? null : await openConnector(actor, { environment, connector: id });
  if (kept && !kept.ok) return kept;
  const isItsOwn = kept !== null && kept.value.kind === kind && addressOf(kind, settings.data) === addressOf(kind, z.record(z.string(), z.unknown()).parse(kept.value.settings));
  if (kept && kept.value.secret !== "" && !isItsOwn) return refuseInput([{ path: "secret", message: "The address is another one: give the secret anew." }]);
  if (!kept?.value.secret && rule && !rule.optional) return refuseInput([{ path: "secret", message: `The ${rule.label.toLowerCase()} is missing.` }]);
  return ok({ environment, kind, settings: settings.data, secret: kept?.value.secret ?? "" });
}
