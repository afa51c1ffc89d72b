import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { connectorInput } from "@/lib/domain/connector/input";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { ROTATION_HOURS, rotated } from "@/lib/gate/hook-secrets";
import { heldConnector } from "./steps/hold";

/** Makes a new secret for a connector's webhooks, `{environment, connector}`, and gives it this once; the one before is taken for a day still. */
export function rotateHookSecret(actor: Actor, raw: unknown): Promise<Result<{ secret: string }>> {
  return commit(actor, {
    act: "connector.manage", input: connectorInput,
    work: async (tx, { environment, connector: id }, { now }) => {
      const connector = await heldConnector(tx, environment, id);
      if (!connector) return refuse("missing", `There is no connector ${id} here.`);
      if (connector.kind === "email") return refuse("invalid", "Letters bring no webhooks.", { errors: [{ path: "connector", message: "must be a tracker" }] });
      const { secret, sealed } = rotated(id, connector.hookSealed, now);
      return ok({
        trail: [{ action: "connector.hook_secret_changed", record: { type: "connector", number: id }, after: { name: connector.name, hours: connector.hookSealed ? ROTATION_HOURS : 0 } }],
        write: async (within) => {
          await within.connector.update({ where: { id }, data: { hookSealed: sealed } });
          return { secret };
        },
      });
    },
  }, raw);
}
