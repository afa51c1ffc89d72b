import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { number } from "@/lib/domain/finding/input";
import { choices } from "@/lib/domain/notice/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";

const input = z.object({ environment: number, choices });

/** What a person wants to be told of here, and how: `{environment, choices}`; what is not named stays. It narrows messages, never the work. */
export function chooseNotices(actor: Actor, raw: unknown): Promise<Result<{ changed: number }>> {
  return commit(actor, { act: "notice.read", input, work }, raw);
}

async function work(_tx: Tx, asked: z.output<typeof input>, { actor }: Context): Promise<Result<Change<{ changed: number }>>> {
  const person = actor.personId;
  if (person === null) return refuse("forbidden", "Only a person has messages.");

  return ok({
    trail: [{ action: "notices.choices_changed", record: { type: "person", number: person }, after: { choices: asked.choices } }],
    write: async (tx) => ({
      changed: await tx.$executeRaw(sql`
        INSERT INTO notice_choice (environment_id, person_id, event, in_app, mail)
        SELECT ${asked.environment}, ${person}, c.event, c."inApp", c.mail FROM jsonb_to_recordset(${JSON.stringify(asked.choices)}::jsonb) AS c(event text, "inApp" boolean, mail boolean)
        ON CONFLICT (environment_id, person_id, event) DO UPDATE SET in_app = excluded.in_app, mail = excluded.mail`),
    }),
  });
}
