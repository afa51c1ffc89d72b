import { z } from "zod";
import { insertHooks } from "@/lib/db/sql/hooks";
import { Gathering } from "@/lib/domain/gathering";
import { grouped } from "@/lib/domain/grouped";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const id = z.number().int().positive().max(2_147_483_647);
/** A webhook as it came: its text, and the headers that say what it is. */
export const storedHook = z.object({ headers: z.record(z.string().max(100), z.string().max(1_000)), text: z.string().max(1_100_000) });
const input = z.object({ environment: id, connector: id, hooks: z.array(z.object({ key: z.string().min(1).max(300), body: storedHook })).min(1).max(500) });

/** Keeps what a tracker delivered, `{environment, connector, hooks: [{key, body}]}`, and has it read. Gives the keys that are new: for those that came before nothing is done. */
export function storeHooks(actor: Actor, raw: unknown): Promise<Result<{ fresh: string[] }>> {
  return commit(actor, {
    act: "delivery.steer", input,
    work: async (_tx, { environment, connector, hooks }) => ok({
      books: async (within) => ({ fresh: await insertHooks(within, environment, connector, hooks) }),
      jobs: [{ name: "read-hooks", payload: { connector } }],
    }),
  }, raw);
}

type Stored = Result<{ isNew: boolean }>;
type Asked = { actor: Actor; raw: { environment: number; connector: number; key: string; body: z.input<typeof storedHook> } };

/** Keeps one; those that come at once are kept in one transaction. It is kept for good once this answers. `isNew` false: it came before. */
export const storeHook = (actor: Actor, raw: Asked["raw"]): Promise<Stored> => storing.ask({ actor, raw }, raw.body.text.length);

/** Characters that are kept in one step. */
const MOST_TEXT = 8_000_000;

const storing = new Gathering<Asked, Stored>({ calls: 500, size: MOST_TEXT }, async (all) => {
  const kept = new Map<Asked, Stored>();
  for (const some of grouped(all, ({ raw }) => raw.connector).values()) for (const [asked, stored] of await storeSome(some)) kept.set(asked, stored);
  return all.flatMap((asked) => kept.get(asked) ?? []);
});

/** Of one connector. Where one of them cannot be kept each is tried by itself. */
async function storeSome(some: readonly Asked[]): Promise<(readonly [Asked, Stored])[]> {
  const [first] = some;
  if (!first) return [];
  const { actor, raw: { environment, connector } } = first;
  const result = await storeHooks(actor, { environment, connector, hooks: some.map(({ raw: { key, body } }) => ({ key, body })) });
  if (!result.ok && some.length > 1) return (await Promise.all(some.map((one) => storeSome([one])))).flat();
  const fresh = new Set(result.ok ? result.value.fresh : []);
  return some.map((asked) => [asked, result.ok ? ok({ isNew: fresh.delete(asked.raw.key) }) : result] as const);
}
