import type pg from "pg";
import type { Sql } from "@/lib/db/client";

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
