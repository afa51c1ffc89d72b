import { startChild } from "@/lib/bench/child.mjs";
import { on } from "@/lib/bench/databases";
import { median, type Figure } from "@/lib/bench/measured";
import { SMALL_QUEUE } from "@/lib/bench/queue-world";
import { desk, type Desk } from "@/lib/bench/spec";
import type { Setting } from "@/lib/bench/world";

const SCRATCH = "bench_run";
const SECONDS = 4;
const ROUNDS = 3;
/** As many as make them meet often. */
const FINDINGS = 400;

/** How the queue is decided in: as it is, without its log, without its counters. */
const WORLDS = {
  whole: [],
  unaudited: [
    "DROP TRIGGER finding_decision_is_logged ON finding",
    // What the log is given is dropped before it costs anything.
    "CREATE FUNCTION bench_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    "CREATE TRIGGER bench_forget BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION bench_forget()",
    "CREATE TRIGGER bench_forget BEFORE INSERT ON audit_body FOR EACH ROW EXECUTE FUNCTION bench_forget()",
  ],
  uncounted: ["DROP TRIGGER finding_count_insert ON finding", "DROP TRIGGER finding_count_update ON finding"],
} as const;

type World = keyof typeof WORLDS;

async function decide(setting: Setting, world: World): Promise<Desk> {
  const url = await setting.databases.copy(SMALL_QUEUE, SCRATCH);
  await on(url, async (client) => {
    for (const statement of WORLDS[world]) await client.query(statement);
  });
  const { code, last } = await startChild(url, { seconds: SECONDS, findings: FINDINGS }, "one-desk.ts").done;
  if (code !== 0) throw new Error(`Deciding ended with code ${code}.`);
  return desk.parse(JSON.parse(last));
}

/** Eight people decide at once on the same findings, with log and counters and without, turn by turn. */
export async function benchDesk(setting: Setting): Promise<Figure[]> {
  const turns: Record<World, Desk[]> = { whole: [], unaudited: [], uncounted: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const world of ["whole", "unaudited", "uncounted"] as const) turns[world].push(await decide(setting, world));
  }
  await setting.databases.drop(SCRATCH);
  const speed = (world: World) => median(turns[world].map(({ done, milliseconds }) => (1_000 * done) / milliseconds));
  const lost = turns.whole.reduce((sum, { done, events, versions }) => sum + Math.abs(done - events) + Math.abs(done - versions), 0);
  const bench = "8 people deciding at once";
  return [
    { bench, what: "a decision costs, with its log, against without", value: speed("unaudited") / speed("whole"), unit: "x", atMost: 1 / 0.7 },
    { bench, what: "a decision costs, with exact counts, against without", value: speed("uncounted") / speed("whole"), unit: "x", atMost: 1 / 0.9 },
    { bench, what: "decisions without their entry, or entries without their decision", value: lost, unit: "rows", atMost: 0 },
    { bench, what: "decisions a second", value: speed("whole"), unit: "rows", atMost: null },
    { bench, what: "refused, since somebody else was first", value: turns.whole.reduce((sum, { refused }) => sum + refused, 0), unit: "rows", atMost: null },
  ];
}
