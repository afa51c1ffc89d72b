import { CONNECTOR_KINDS, type ConnectorKind } from "@/lib/domain/connector/kinds";
import { connectorInput } from "@/lib/domain/connector/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
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
