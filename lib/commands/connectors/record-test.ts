import { z } from "zod";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { heldConnector } from "./steps/hold";

const id = z.number().int().positive().max(2_147_483_647);
const input = z.object({ environment: id, connector: id, ok: z.boolean(), detail: z.string().max(2_000) });

/** Notes that a connector was tried and what came of it, `{environment, connector, ok, detail}`. All well: its pause ends, and what waits is sent. */
export function recordTest(actor: Actor, raw: unknown): Promise<Result<{ ok: boolean }>> {
  return commit(actor, {
    act: "connector.manage", input,
    work: async (tx, asked, { now }) => {
      const connector = await heldConnector(tx, asked.environment, asked.connector);
      if (!connector) return refuse("missing", `There is no connector ${asked.connector} here.`);
      return ok({
        trail: [{ action: "connector.tested", record: { type: "connector", number: connector.id }, after: { name: connector.name, ok: asked.ok }, reason: asked.detail || null }],
        write: async (within) => {
          await within.connector.update({ where: { id: connector.id }, data: asked.ok ? { failures: 0, openUntil: null, resumeAt: null, lastOkAt: now } : { lastError: asked.detail, lastErrorAt: now } });
          return { ok: asked.ok };
        },
        jobs: asked.ok ? [{ name: "deliver-tickets", payload: { connector: connector.id } }] : [],
      });
    },
  }, raw);
}
