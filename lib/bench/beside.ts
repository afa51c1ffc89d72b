import type pg from "pg";
import type { QueueTimes, Turn } from "@/lib/bench/spec";
import { prisma, sql, type Sql } from "@/lib/db/client";

const ROUNDS = 15;
const PATIENCE = 1_500;

export type Work = () => Promise<unknown>;

/** Work whose answer can be compared: the ids of the rows of a page, or a count by itself. */
export type Answering = () => Promise<readonly number[]>;

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

/** In how many places two answers differ, their lengths included. */
export function differing(one: readonly number[], other: readonly number[]): number {
  return Array.from({ length: Math.max(one.length, other.length) }).filter((_, at) => one[at] !== other[at]).length;
}

/** The first column of a statement's answer, of so many rows. */
export async function firstColumn(client: pg.Client, statement: pg.QueryConfig, rows = Number.POSITIVE_INFINITY): Promise<number[]> {
  const { rows: found } = await client.query<Record<string, unknown>>(statement);
  return found.slice(0, rows).map((row) => Number(Object.values(row)[0]));
}

/** A case of the application beside the same asked by hand over a connection of its own, and in how many of the first `rows` rows the two answer otherwise. */
export async function besideSql(client: pg.Client, { name }: { name: string }, work: Answering, reference: pg.QueryConfig, rows?: number): Promise<Turn> {
  const other = differing(await work(), await firstColumn(client, reference, rows));
  const [application, byHand] = await beside(work, () => client.query(reference));
  return { name, application, reference: byHand, other };
}

/** The times of a list at their beginning: the counts of its tabs beside a statement that does nothing; `counted` counts the rows of the same tabs. */
export async function timesOfList(client: pg.Client, counts: Answering, counted: pg.QueryConfig): Promise<QueueTimes> {
  const other = differing(await counts(), await firstColumn(client, counted));
  const [application, reference] = await beside(counts, () => prisma.$queryRaw(sql`SELECT 1`));
  return { counts: [{ name: "counts of all tabs", application, reference, other }], filtered: [], pages: [], deep: [], up: [], jumps: [], words: [], wordCounts: [], skipped: [], empty: [] };
}
