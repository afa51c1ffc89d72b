import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { dice } from "@/lib/bench/dice";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { isStorable, unstorableIn } from "@/lib/domain/storable";
import { effort } from "@/lib/testing/effort";
import { mutatedCsv, mutatedJson, mutatedXml, type Dice } from "@/lib/testing/mutate";
import { type Importer, type Observed, ReportFault, type Yield } from "./contract";
import { LIMITS } from "./limits";
import { headText, recognise } from "./recognise";
import { samples, sourceOf } from "./samples/reading-samples";

/** So many reports are changed and read; a variable asks for more. */
const RUNS = Number(process.env["DOCKET_FUZZ_RUNS"] ?? 1_500);
/** The same seed gives the same changes, as long as the samples are the same. */
const SEED = Number(process.env["DOCKET_FUZZ_SEED"] ?? Date.now() % 1_000_000_000);
const HANG = 2_000;
/** Reports of real tools, kept beside the repository and not in it. */
const DATA = resolve(import.meta.dirname, "../../../../shared/data");
/** Larger real ones are as good, and slow everything down. */
const LARGEST = 300_000;

type Seed = { name: string; text: string; importer: Importer };

function realReports(): Seed[] {
  if (!existsSync(DATA)) return [];
  const files = readdirSync(DATA, { recursive: true, encoding: "utf8" }).map((name) => ({ name, file: join(DATA, name) }));
  return files.filter(({ file }) => statSync(file).isFile() && statSync(file).size <= LARGEST).flatMap(({ name, file }) => {
    const bytes = readFileSync(file);
    const found = recognise(headText(bytes));
    return found.kind === "found" ? [{ name, text: bytes.toString("utf8"), importer: found.importer }] : [];
  });
}

const ours: Seed[] = samples().map(({ name, bytes, importer }) => ({ name, text: bytes.toString("utf8"), importer }));
const real = realReports();

function mutated(text: string, roll: Dice): string {
  const changes = 1 + Math.floor(roll() * 4);
  const first = text.trimStart().replace(/^\ufeff/, "")[0];
  if (first === "<") return mutatedXml(text, changes, roll);
  return first === "{" || first === "[" ? mutatedJson(text, changes, roll) : mutatedCsv(text, changes, roll);
}

const bounded = (text: string | null | undefined, most: number): boolean => text === null || text === undefined || text.length <= most;
const isPlausible = (at: Date | null): boolean => at === null || (at.getUTCFullYear() >= 1990 && at.getUTCFullYear() <= 2200);

/** What is wrong with a result as something to be stored; empty: nothing. */
function wrongIn(result: Observed): string[] {
  const { rule, cvss } = result;
  const rules: Record<string, boolean> = {
    "rule.key": rule.key !== "" && bounded(rule.key, LIMITS.nameChars), "rule.name": bounded(rule.name, LIMITS.titleChars), "rule.help": bounded(rule.help, LIMITS.textChars), "rule.tags": rule.tags.length <= LIMITS.listItems,
    title: result.title !== "" && bounded(result.title, LIMITS.titleChars), location: bounded(result.location, LIMITS.locationChars), asset: result.asset !== "" && bounded(result.asset, LIMITS.nameChars),
    description: bounded(result.description, LIMITS.textChars), remediation: bounded(result.remediation, LIMITS.textChars), observation: bounded(result.observation, LIMITS.observationChars),
    names: [result.category, result.component, result.package, result.severityWord, result.legacyCode].every((one) => bounded(one, LIMITS.nameChars)),
    fingerprint: /^[0-9a-f]{64}$/.test(result.fingerprint), context: result.context === null || /^[0-9a-f]{64}$/.test(result.context), severity: SEVERITIES.includes(result.severity),
    cwe: result.cwe.length <= LIMITS.listItems && result.cwe.every((one) => Number.isInteger(one) && one > 0 && one < 2 ** 31), cve: result.cve.length <= LIMITS.listItems && result.cve.every((one) => /^CVE-\d{4}-\d{1,19}$/.test(one)), ghsa: result.ghsa.length <= LIMITS.listItems,
    references: result.references.length <= LIMITS.listItems && result.references.every((one) => /^https?:\/\//i.test(one) && one.length <= LIMITS.locationChars),
    port: result.port === null || (Number.isInteger(result.port) && result.port > 0 && result.port < 65_536), firstSeen: isPlausible(result.firstSeen),
    cvss: cvss === null || (bounded(cvss.vector, 300) && bounded(cvss.version, 20) && (cvss.score === null || (cvss.score >= 0 && cvss.score <= 10))),
  };
  return Object.keys(rules).filter((name) => rules[name] !== true);
}

function wrong(one: Yield): string[] {
  const unstorable = unstorableIn(one);
  if (unstorable) return [`${one.kind} ${unstorable.path}: ${unstorable.message}`];
  if (one.kind === "result") return wrongIn(one.result);
  if (one.kind === "rejected") return bounded(one.where, 500) && bounded(one.why, 500) ? [] : ["rejected is too long"];
  if (one.kind === "statement") return one.statement.vulnerabilities.length > 0 && bounded(one.statement.note, LIMITS.textChars) && isPlausible(one.statement.saidAt) ? [] : ["statement"];
  const { part } = one;
  return part.detector !== "" && bounded(part.detector, LIMITS.nameChars) && isPlausible(part.takenAt) && part.scannedAssets.every(({ name }) => name !== "" && bounded(name, LIMITS.nameChars)) ? [] : ["part"];
}

/** What a changed report did that it must not: empty, or why. */
async function harm({ importer }: Seed, text: string, roll: Dice, outcomes: { taken: number; refused: number }): Promise<string[]> {
  const spent = effort();
  const harms: string[] = [];
  let last: Yield["kind"] | null = null;
  try {
    for await (const one of importer.parse(sourceOf(text, 1 + Math.floor(roll() * 60_000)), LIMITS)) {
      if (harms.length < 5) harms.push(...wrong(one));
      last = one.kind;
    }
    if (last !== "part") harms.push("it ends without a part");
    outcomes.taken++;
  } catch (error) {
    if (!(error instanceof ReportFault)) return [...harms, `threw ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 5).join(" | ") : String(error)}`];
    outcomes.refused++;
    if (!isStorable(error.sentence)) harms.push(`the fault cannot be stored: ${JSON.stringify(error.sentence.slice(0, 200))}`);
    if (error.message.length > 2_000 || (error.path ?? "").length > 500) harms.push(`the fault is ${error.message.length} + ${(error.path ?? "").length} long: ${error.sentence.slice(0, 100)}`);
  }
  const took = spent();
  return took > HANG ? [...harms, `took ${took.toFixed(0)} ms`] : harms;
}

it("no report whose structure was changed breaks its importer, hangs it, or gets anything through that cannot be stored", { timeout: 30_000 + RUNS * 100 }, async () => {
  console.info(`fuzz: seed ${SEED}, ${RUNS} runs over ${ours.length} samples and ${real.length === 0 ? `no real reports (none at ${DATA})` : `${real.length} real reports`}`);
  const found = new Map<string, string>();
  const outcomes = { taken: 0, refused: 0 };
  for (let run = 0; run < RUNS; run++) {
    const roll = dice(SEED + run);
    const from = real.length > 0 && run % 4 === 0 ? real : ours;
    const seed = from[Math.floor(roll() * from.length)];
    if (!seed) throw new Error("There is no sample.");
    for (const one of await harm(seed, mutated(seed.text, roll), roll, outcomes)) found.set(`${seed.importer.format}: ${one}`, `${seed.name}, run ${run}`);
  }
  expect(Object.fromEntries(found), `seed ${SEED}`).toEqual({});
  // Changes that all were refused, or none, would have tried nothing.
  for (const count of Object.values(outcomes)) expect(count / RUNS).toBeGreaterThan(0.1);
  console.info(`fuzz: ${outcomes.taken} taken, ${outcomes.refused} refused`);
});
