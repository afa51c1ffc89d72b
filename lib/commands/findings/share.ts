import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { idsOf, writeShares } from "@/lib/db/sql/finding-shares";
import { membersNamed } from "@/lib/db/sql/members";
import { email, note, number } from "@/lib/domain/finding/input";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";

const MOST_PEOPLE = 20;

const input = z.object({
  environment: z.number().int().positive(),
  items: z.array(z.object({ number })).min(1).max(MAX_SELECTION, `Share at most ${MAX_SELECTION.toLocaleString("en")} findings at once, or a view of them.`),
  people: z.array(z.union([number, email])).min(1, "Choose somebody.").max(MOST_PEOPLE),
  note: note.nullish(),
});
type Asked = z.output<typeof input>;
type Shared = { shared: number; people: number };

/** Points people of the environment to findings: `{environment, items, people, note?}`, people by id or e-mail. They find them under `is:shared`, with who and why. */
export function shareFindings(actor: Actor, raw: unknown): Promise<Result<Shared>> {
  return commit(actor, { act: "finding.share", input, work }, raw);
}

async function work(tx: Tx, { environment, items, people: asked, note: why }: Asked, { actor, now }: Context): Promise<Result<Change<Shared>>> {
  const numbers = [...new Set(items.map((item) => item.number))];
  const findings = await idsOf(tx, environment, numbers);
  const gone = numbers.find((each) => !findings.some((finding) => finding.number === each));
  if (gone !== undefined) return refuse("missing", `There is no finding F-${gone} here.`);

  const people = await membersNamed(tx, environment, { ids: asked.filter((who) => typeof who === "number"), emails: asked.filter((who) => typeof who === "string") });
  const strangers = asked.filter((who) => !people.some((person) => person.id === who || person.email === who));
  if (strangers.length > 0) return refuseInput([{ path: "people", message: `${strangers[0]} is no member here.` }]);

  const names = people.map(({ name }) => name);
  const entryOf = ({ id, number: of }: (typeof findings)[number]): TrailEntry => ({
    action: "finding.shared", record: { type: "finding", number: of }, finding: { id, version: null, fields: [] }, after: { shared_with: names, people: people.map(({ id: person }) => person) }, note: why || null,
  });
  const [first, ...rest] = findings.map(entryOf);
  if (!first) return ok({ unchanged: { shared: 0, people: 0 } });
  return ok({
    trail: [first, ...rest],
    write: async (within) => {
      await writeShares(within, environment, { findings: findings.map(({ id }) => id), people: people.map(({ id }) => id), by: actor.name, note: why || null, at: now });
      return { shared: findings.length, people: people.length };
    },
  });
}
