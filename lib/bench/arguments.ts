import { parseArgs } from "node:util";

export const BENCHES = ["first", "import", "rescan", "web", "crash", "queue", "bulk", "crash-bulk", "conflicts", "desk", "visit", "mail", "tickets", "ticket-list", "hooks"] as const;
export type Bench = (typeof BENCHES)[number];

export type Wanted = { benches: readonly Bench[]; base: number; sizes: readonly number[]; kills: number; seed: number; browser: string; out: string; sample: string | null; count: number };

/** `10k`, `1m`, `250000` as a number. */
export function sizeOf(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? [];
  const size = Number(digits) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1);
  if (digits === "" || size < 1) throw new Error(`"${text}" is no size: say 10k or 1m.`);
  return size;
}

function benchNamed(name: string): Bench {
  const found = BENCHES.find((one) => one === name);
  if (!found) throw new Error(`There is no bench ${name}: choose of ${BENCHES.join(", ")}.`);
  return found;
}

const OPTIONS = {
  size: { type: "string" }, base: { type: "string" }, full: { type: "boolean", default: false }, crash: { type: "boolean", default: false }, web: { type: "boolean", default: false }, list: { type: "boolean", default: false },
  kills: { type: "string", default: "100" }, seed: { type: "string" }, out: { type: "string", default: ".docket/bench.json" }, report: { type: "string" }, count: { type: "string", default: "10k" }, browser: { type: "string", default: "" },
} as const;

/** Is the queue of people all that is measured? It is loaded small and then grown, so that its usual size is a million. */
export const alone = (benches: readonly Bench[]): boolean => benches.length > 0 && benches.every((bench) => ["queue", "desk", "visit", "ticket-list"].includes(bench));

/**
 * Reads the words after `npm run bench --`. Without any: first load, import and rescan at a size that ends in minutes. `--full`: the sizes that
 * the lines are drawn for. `--web`: what readers wait for while a report is imported. `--crash`: the kills. `queue`: the queue at `--base` findings (1m, or 5m) beside SQL; `desk`: eight people deciding in it; `visit`: a browser with 100,000 of its rows loaded. `conflicts`: clients that decide
 * at once on the same findings. `mail`: letters and kills (`--kills 20`). `tickets`: 10,000 to a tracker that fails (`--kills 50`); `tickets --list`: the list of 300,000 beside a queue of `--base`. `--report FILE`: grows that Nessus report instead of our sample.
 */
export function readArguments(words: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  const named = [...positionals.map((name) => benchNamed(values.list && name === "tickets" ? "ticket-list" : name)), ...(values.web ? (["web"] as const) : []), ...(values.crash ? (["crash"] as const) : [])];
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
  };
}
