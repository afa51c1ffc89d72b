import { parseArgs } from "node:util";

export const BENCHES = ["first", "import", "rescan", "web", "crash", "queue", "bulk", "crash-bulk", "conflicts", "desk", "visit", "page", "mail", "tickets", "ticket-list", "hooks"] as const;
export type Bench = (typeof BENCHES)[number];

/** What people do in the queue, by one word. */
export const TRIAGE = ["queue", "desk", "bulk", "visit", "page"] as const satisfies readonly Bench[];

export type Wanted = {
  benches: readonly Bench[]; base: number; sizes: readonly number[]; kills: number; seed: number; browser: string; out: string; sample: string | null; count: number;
  /** How many rows down a deep page lies, and how many findings a bulk action takes. */
  depth: number; many: number;
};

/** `10k`, `1m`, `250000` as a number. */
export function sizeOf(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? [];
  const size = Number(digits) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1);
  if (digits === "" || size < 1) throw new Error(`"${text}" is no size: say 10k or 1m.`);
  return size;
}

function benchNamed(name: string): Bench {
  const found = BENCHES.find((one) => one === name);
  if (!found) throw new Error(`There is no bench ${name}: choose of triage, ${BENCHES.join(", ")}.`);
  return found;
}

const OPTIONS = {
  size: { type: "string" }, base: { type: "string" }, full: { type: "boolean", default: false }, crash: { type: "boolean", default: false }, web: { type: "boolean", default: false }, list: { type: "boolean", default: false },
  kills: { type: "string", default: "100" }, seed: { type: "string" }, out: { type: "string", default: ".docket/bench.json" }, report: { type: "string" }, count: { type: "string", default: "10k" }, browser: { type: "string", default: "" },
  depth: { type: "string", default: "100k" }, many: { type: "string", default: "100k" },
} as const;

/** What is measured in a queue that was loaded small and then grown. */
export const OF_THE_QUEUE: ReadonlySet<string> = new Set(["queue", "desk", "visit", "bulk", "page", "ticket-list"]);

/** Is the queue of people all that is measured? It is loaded small and then grown, so that its usual size is a million. */
export const alone = (benches: readonly Bench[]): boolean => benches.length > 0 && benches.every((bench) => OF_THE_QUEUE.has(bench));

/**
 * Reads the words after `npm run bench --`. Without any: first load, import and rescan at a size that ends in minutes. `--full`: the sizes that
 * the lines are drawn for. `--web`: what readers wait for while a report is imported. `--crash`: the kills. `queue`: the queue at `--base` findings (1m, or 5m) beside SQL, pages
 * `--depth` rows deep; `desk`: eight people deciding in it; `bulk`: `--many` of its findings changed by a filter; `visit`: a browser with 100,000 of its rows loaded; `page`: its rows over HTTP beside a bare application;
 * `triage`: these five. `crash-bulk`: kills amid bulk actions, two thirds of worker and web, a third of PostgreSQL (`--kills 300`). `conflicts`: clients that decide
 * at once on the same findings. `mail`: letters and kills (`--kills 20`). `tickets`: 10,000 to a tracker that fails (`--kills 50`); `tickets --list`: the list of 300,000 beside a queue of `--base`. `--report FILE`: grows that Nessus report instead of our sample.
 */
export function readArguments(words: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  const named = [...positionals.flatMap((name): readonly Bench[] => (name === "triage" ? TRIAGE : [benchNamed(values.list && name === "tickets" ? "ticket-list" : name)])), ...(values.web ? (["web"] as const) : []), ...(values.crash ? (["crash"] as const) : [])];
  const usual: readonly Bench[] = ["first", "import", "rescan"];
  return {
    benches: named.length > 0 ? named : usual,
    base: sizeOf(values.base ?? (values.full || alone(named) ? "1m" : "100k")),
    sizes: (values.size ?? (values.full ? "10k,100k,1m" : "10k")).split(",").map(sizeOf),
    kills: sizeOf(values.kills),
    seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed),
    browser: values.browser,
    count: sizeOf(values.count),
    out: values.out,
    sample: values.report ?? null,
    depth: sizeOf(values.depth),
    many: sizeOf(values.many),
  };
}
