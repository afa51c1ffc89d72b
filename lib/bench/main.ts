import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { alone, OF_THE_QUEUE, readArguments, type Wanted } from "@/lib/bench/arguments";
import { benchBulk } from "@/lib/bench/bench-bulk";
import { benchConflicts } from "@/lib/bench/bench-conflicts";
import { benchCrash } from "@/lib/bench/bench-crash";
import { benchCrashBulk } from "@/lib/bench/bench-crash-bulk";
import { benchDesk } from "@/lib/bench/bench-desk";
import { benchFirst } from "@/lib/bench/bench-first";
import { benchHooks } from "@/lib/bench/bench-hooks";
import { benchImport } from "@/lib/bench/bench-import";
import { benchMail } from "@/lib/bench/bench-mail";
import { benchPage } from "@/lib/bench/bench-page";
import { benchQueue } from "@/lib/bench/bench-queue";
import { benchRescan } from "@/lib/bench/bench-rescan";
import { benchTicketList } from "@/lib/bench/bench-ticket-list";
import { benchTickets } from "@/lib/bench/bench-tickets";
import { benchVisit } from "@/lib/bench/bench-visit";
import { benchWeb } from "@/lib/bench/bench-web";
import { Databases } from "@/lib/bench/databases";
import { keep, missed, tableOf, type Figure } from "@/lib/bench/measured";
import { makeQueues } from "@/lib/bench/queue-world";
import { loadBase, makeWorld, type Setting } from "@/lib/bench/world";
import { needed } from "@/lib/env";

/** Up to this size an import is measured three times and the median taken. */
const SMALL = 50_000;

/** What needs no queue of findings. */
const ALONE: ReadonlySet<string> = new Set(["conflicts", "mail", "tickets", "hooks"]);

/** What the application loads of a queue; the rest are copies of it. */
const SMALL_BASE = 100_000;

async function measure(wanted: Wanted, setting: Setting): Promise<Figure[]> {
  const figures: Figure[] = [];
  const add = (more: readonly Figure[]) => {
    console.log(tableOf(more));
    figures.push(...more);
    keep(wanted.out, figures, wanted.seed); // what was measured stays, should the next one break off
  };
  if (wanted.benches.includes("conflicts")) add(await benchConflicts(setting, wanted.seed));
  if (wanted.benches.includes("mail")) add(await benchMail(setting, wanted.kills, wanted.seed));
  if (wanted.benches.includes("tickets")) add(await benchTickets(setting, wanted.kills, wanted.seed));
  if (wanted.benches.includes("hooks")) add(await benchHooks(setting, wanted.count, wanted.seed));
  if (wanted.benches.every((bench) => ALONE.has(bench))) return figures;
  const loaded = await loadBase(setting);
  if (wanted.benches.includes("first")) add(await benchFirst(setting, loaded));
  if (wanted.benches.some((bench) => bench !== "first")) await makeWorld(setting);
  for (const size of wanted.benches.includes("import") ? wanted.sizes : []) add(await benchImport(setting, size, size <= SMALL ? 3 : 1));
  if (wanted.benches.includes("rescan")) add(await benchRescan(setting, Math.min(...wanted.sizes)));
  if (wanted.benches.includes("web")) add(await benchWeb(setting, Math.max(...wanted.sizes)));
  if (wanted.benches.includes("crash-bulk")) add(await benchCrashBulk(setting, wanted.kills, wanted.seed));
  if (wanted.benches.includes("crash")) add(await benchCrash(setting, Math.min(...wanted.sizes), wanted.kills, wanted.seed));
  if (wanted.benches.some((bench) => OF_THE_QUEUE.has(bench))) await makeQueues(setting, wanted.base);
  if (wanted.benches.includes("queue")) add(await benchQueue(setting, wanted.depth));
  if (wanted.benches.includes("desk")) add(await benchDesk(setting));
  if (wanted.benches.includes("bulk")) add(await benchBulk(setting, wanted.many));
  if (wanted.benches.includes("page")) add(await benchPage(setting));
  if (wanted.benches.includes("visit")) add(await benchVisit(setting, wanted.browser));
  if (wanted.benches.includes("ticket-list")) add(await benchTicketList(setting));
  return figures;
}

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "docket-bench-"));
  try {
    console.log(`seed ${wanted.seed}, load ${os.loadavg()[0]?.toFixed(2)} on ${os.cpus().length} cores`);
    const figures = await measure(wanted, { databases: new Databases(needed("DATABASE_URL")), base: alone(wanted.benches) ? Math.min(wanted.base, SMALL_BASE) : wanted.base, sample: wanted.sample, folder });
    const failed = figures.filter(missed);
    console.log(`load ${os.loadavg()[0]?.toFixed(2)}; ${failed.length === 0 ? "every line is kept" : `${failed.length} missed`}; ${wanted.out}`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
