import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { cancelRetests, standingRetests } from "@/lib/db/sql/retests";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { cancelRetestInput } from "@/lib/domain/remediation/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { openDesk } from "@/lib/gate/findings";

/** Calls off the retest that stands on a finding, `{environment, finding, note}`. Refuses `conflict` where none does. */
export function cancelRetest(actor: Actor, raw: unknown): Promise<Result<{ id: number }>> {
  return commit(actor, { act: "retest.request", input: cancelRetestInput, work }, raw);
}

async function work(tx: Tx, { environment, finding: number, retest, note }: z.output<typeof cancelRetestInput>, { actor, now }: Context): Promise<Result<Change<{ id: number }>>> {
  const { known: [finding] } = await openDesk(tx, environment, [{ number }]);
  if (!finding) return refuse("missing", `There is no finding F-${number} here.`);
  const id = (await standingRetests(tx, [finding.id])).get(finding.id);
  if (id === undefined || (retest && retest !== id)) return refuse("conflict", `No retest of F-${number} stands.`);

  return ok({
    trail: [{ action: "retest.cancelled", record: { type: "finding", number }, finding: { id: finding.id, version: null, fields: [] }, after: { retest: id }, note }],
    write: async (writing) => {
      await cancelRetests(writing, [id], actor.name, note, now);
      return { id };
    },
  });
}
