import { z } from "zod";
import { detailOf } from "@/lib/db/sql/finding-texts";
import { findingsByNumber } from "@/lib/db/sql/queue-page";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const input = z.object({ environment: z.number().int().positive(), number: z.number().int().positive().max(2_147_483_647) });

/** What the scanner saw of one finding, whole and as it was sent: `{environment, number}`. Hostile text. */
export function observation(actor: Actor, raw: unknown): Promise<Result<string>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, number }) => {
      const [finding] = await findingsByNumber(db, environment, [number]);
      const text = finding ? (await detailOf(db, environment, finding.id)).observation : null;
      if (!finding) return refuse("missing", `There is no finding F-${number} here.`);
      return ok(text ?? "");
    },
  }, raw);
}
