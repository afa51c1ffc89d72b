import type pg from "pg";
import type { QueueTimes } from "@/lib/bench/spec";
import { prisma, sql, type Sql } from "@/lib/db/client";

const ROUNDS = 15;
const PATIENCE = 2_500;

export type Work = () => Promise<unknown>;

/** Two works in turn, in milliseconds: the lower quartile of each, as what others do to the machine at the same time makes single turns slow, and never quick. */
export async function beside(application: Work, reference: Work): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  const began = performance.now();
  for (let round = 0; round < ROUNDS + 2 && (round < 5 || performance.now() - began < PATIENCE); round++) {
    for (const [at, work] of [application, reference].entries()) {
      const start = performance.now();
      await work();
      if (round > 1) times[at]?.push(performance.now() - start);
    }
  }
  const quartile = (values: number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 4)] ?? Number.NaN;
  return [quartile(times[0]), quartile(times[1])];
}

/** A statement as the driver takes it: the columns of a row bring values of their own. */
export const plain = ({ text, values }: Sql): pg.QueryConfig => ({ text, values: [...values] });

type Row = { name: string; application: number; reference: number };

/** A case of the application beside the same asked by hand over a connection of its own. */
export async function besideSql(client: pg.Client, { name }: { name: string }, work: Work, reference: pg.QueryConfig): Promise<Row> {
  const [application, other] = await beside(work, () => client.query(reference));
  return { name, application, reference: other };
}

/** The times of a list at their beginning: the counts of its tabs beside a statement that does nothing. */
export async function timesOfList(counts: Work): Promise<QueueTimes> {
  const [application, reference] = await beside(counts, () => prisma.$queryRaw(sql`SELECT 1`));
  return { counts: [{ name: "counts of all tabs", application, reference }], filtered: [], pages: [], deep: [], words: [], wordCounts: [] };
}
