import { copyOut, copyTime } from "@/lib/bench/copy";
import { on, timed } from "@/lib/bench/databases";
import { median, type Figure } from "@/lib/bench/measured";
import { prepareReference, runReference } from "@/lib/bench/reference";
import type { Answer } from "@/lib/bench/spec";
import { reportOf, runOn, WORLD, type Setting } from "@/lib/bench/world";

const MIB = 1024 * 1024;
const SCRATCH = "bench_run";
const REPORT_DAY = 30;

/** A report of so many results into the used queue: against plain SQL that writes the same, and against COPY of what the report shows. */
export async function benchImport(setting: Setting, size: number, runs: number): Promise<Figure[]> {
  const report = reportOf(setting, size, 1, REPORT_DAY);
  const parsed = await runOn(setting.databases.url(WORLD), { ...report, mode: "parse" });
  const answers: Answer[] = [];
  const copies: number[] = [];
  const references: number[] = [];
  for (let run = 0; run < runs; run++) {
    const url = await setting.databases.copy(WORLD, SCRATCH);
    const imported = await runOn(url, { ...report, mode: "import" });
    answers.push(imported);
    copies.push(await on(url, (client) => copyTime(client, `f.scope_id IN (SELECT scope_id FROM scan_scope WHERE scan_id = ${imported.scan}) AND f.scanner_status <> 'closed'`, setting.folder)));
    references.push(await referenceTime(setting, report));
  }
  await setting.databases.drop(SCRATCH);

  const whole = median(answers.map(({ milliseconds }) => milliseconds));
  const [copied, reference] = [median(copies), median(references)];
  const bench = `import of ${parsed.results} into ${setting.base}`;
  return [
    { bench, what: "staged and applied, against the reference", value: (whole - parsed.milliseconds) / reference, unit: "x", atMost: 1.5 },
    { bench, what: "staged and applied, against COPY of its rows", value: (whole - parsed.milliseconds) / copied, unit: "x", atMost: 20 },
    { bench, what: "with parsing, against COPY of its rows", value: whole / copied, unit: "x", atMost: null },
    { bench, what: "the reference against COPY", value: reference / copied, unit: "x", atMost: null },
    { bench, what: "the process grew by", value: Math.max(...answers.map(({ grown }) => grown)) / MIB, unit: "MB", atMost: 512 },
    { bench, what: "the import took", value: whole / 1_000, unit: "s", atMost: null },
  ];
}

/** The same report, staged by the application beforehand so that both write the same rows. */
async function referenceTime(setting: Setting, report: ReturnType<typeof reportOf>): Promise<number> {
  const url = await setting.databases.copy(WORLD, SCRATCH);
  const { scan } = await runOn(url, { ...report, mode: "stage" });
  const file = `${setting.folder}/staged.copy`;
  return on(url, async (client) => {
    await copyOut(client, `SELECT * FROM scan_stage WHERE scan_id = ${scan}`, file);
    await client.query("TRUNCATE scan_stage");
    await prepareReference(client);
    await client.query("CHECKPOINT");
    return timed(() => runReference(client, { file, takenAt: report.takenAt, scan }));
  });
}
