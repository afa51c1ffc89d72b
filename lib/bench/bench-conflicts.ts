import { z } from "zod";
import { startChild } from "@/lib/bench/child.mjs";
import { WRONGS } from "@/lib/bench/conflicts";
import { on, value } from "@/lib/bench/databases";
import type { Figure } from "@/lib/bench/measured";
import { loadBase, LOADED, type Setting } from "@/lib/bench/world";

const SCRATCH = "bench_run";
const PORT = 3_971;
const [CLIENTS, DECISIONS, FINDINGS] = [32, 10_000, 10];

/** What the process of the fight is asked. */
export const askedOfFight = z.object({
  environment: z.number(), port: z.number(), clients: z.number(), decisions: z.number(), seed: z.number(), findings: z.array(z.number()).max(1_000),
});

const fightAnswer = z.object({ taken: z.number(), lost: z.number(), other: z.record(z.string(), z.number()), milliseconds: z.number() });
export type FightAnswer = z.output<typeof fightAnswer>;

/** Clients decide at once on the same few findings, over HTTP. Nothing illegal, no log that does not join, and who loses is told so. */
export async function benchConflicts(setting: Setting, seed: number): Promise<Figure[]> {
  await loadBase({ ...setting, base: 1_000 });
  const url = await setting.databases.copy(LOADED, SCRATCH);
  const asked = { environment: 1, port: PORT, clients: CLIENTS, decisions: DECISIONS, seed, findings: Array.from({ length: FINDINGS }, (_, at) => at + 1) };
  const { code, last } = await startChild(url, asked, "one-fight.ts").done;
  if (code !== 0) throw new Error(`The fight ended with code ${code}.`);
  const { taken, lost, other, milliseconds } = fightAnswer.parse(JSON.parse(last));
  const bench = `${DECISIONS} decisions of ${CLIENTS} clients on ${FINDINGS} findings, over HTTP`;
  const figures: Figure[] = [
    { bench, what: "taken", value: taken, unit: "rows", atMost: null },
    { bench, what: "too late, or no such step: 409", value: lost, unit: "rows", atMost: null },
    { bench, what: "answered otherwise", value: Object.values(other).reduce((sum, n) => sum + n, 0), unit: "rows", atMost: 0 },
    { bench, what: "it took", value: milliseconds / 1_000, unit: "s", atMost: null },
  ];
  await on(url, async (client) => {
    const logged = Number(await value(client, "SELECT count(DISTINCT action_id) FROM audit_event WHERE to_status IS NOT NULL"));
    figures.push({ bench, what: "taken and not logged, or logged and not taken", value: Math.abs(logged - taken), unit: "rows", atMost: 0 });
    for (const [what, { sql, values }] of Object.entries(WRONGS)) figures.push({ bench, what, value: Number(await value(client, sql, values)), unit: "rows", atMost: 0 });
  });
  await setting.databases.drop(SCRATCH);
  return figures;
}
