import type { z } from "zod";
import { askAgain, prisma, type Db } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import type { Act } from "@/lib/domain/access/can";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parse, permit } from "@/lib/gate/permit";

export type Question<S extends z.ZodType, Out> = {
  act: Act;
  input: S;
  load: (db: Db, input: z.output<S>, context: { actor: Actor; now: Date }) => Promise<Result<Out>>;
};

/** The one road of every read: permit, parse, load. What it loads is bound to the environment in the input. */
export async function read<S extends z.ZodType, Out>(actor: Actor, question: Question<S, Out>, raw: unknown): Promise<Result<Out>> {
  const permitted = permit(actor, question.act, raw);
  if (!permitted.ok) return permitted;
  const input = parse(question.input, raw);
  if (!input.ok) return input;
  return askAgain(async () => question.load(prisma, input.value, { actor, now: await databaseNow(prisma) }));
}
