import { ReportFault, type ReportPart, type Source } from "../contract";
import type { Limits } from "../limits";
import { fieldsOf, instant, stringAt, valueAt } from "../reading/fields";
import { cutElements, elementsOf, type Cut } from "../reading/json-elements";
import { line } from "../reading/plain-text";
import { repositoryName } from "../reading/repository";
import { categoryOf } from "./category";
import type { PlaceTables } from "./places";
import { messagesOf, relationshipsOf, RuleTable, weaknessIds } from "./rules";

/** What a run says besides its results; the results may stand before any of it in the file. */
export class RunFacts {
  tool: string | null = null;
  repository: string | null = null;
  takenAt: Date | null = null;
  failed = false;
  /** `automationDetails.id`: which of several analyses of this tool it is. */
  category: string | null = null;
  readonly rules = new RuleTable();
  readonly messages = new Map<string, string>();
  readonly artifacts = new Map<number, string>();
  readonly logical = new Map<number, string>();
  readonly bases = new Map<string, string>();
  readonly taxonomies = new Map<number, { name: string | null; ids: Map<number, string> }>();

  get places(): PlaceTables {
    return { artifacts: this.artifacts, logical: this.logical, bases: this.bases };
  }

  part(): ReportPart {
    const assets = this.repository === null ? [] : [{ name: this.repository, kind: "repository" as const }];
    return { detector: detectorOf(this.tool ?? "", this.category), takenAt: this.takenAt, failed: this.failed, scannedAssets: assets, rules: null };
  }
}

/** `CodeQL command-line toolchain` → `codeql-command-line-toolchain`. */
export const detectorName = (name: string): string =>
  line(name, 100).normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60) || "sarif";

/**
 * `CodeQL` and `/language:java/` → `codeql (language:java)`: two analyses of one tool look at other things, so that none closes what the
 * other one found.
 */
function detectorOf(tool: string, category: string | null): string {
  return category === null ? detectorName(tool) : `${detectorName(tool)} (${category})`;
}

type Taken = { run: RunFacts; value: unknown; at: readonly number[]; limits: Limits };

/** What each wanted path of the first pass does to its run; gives how many characters it keeps. */
const TAKES: Readonly<Record<string, (cut: Taken) => number>> = {
  "runs[].tool.driver.name": ({ run, value }) => keep(value, (name) => (run.tool = name)),
  "runs[].tool.name": ({ run, value }) => keep(value, (name) => (run.tool ??= name)),
  "runs[].automationDetails.id": ({ run, value }) => keep(value, (id) => (run.category = categoryOf(id))),
  "runs[].tool.driver.rules[]": ({ run, value, at, limits }) => takeRule(run, -1, value, at[1] ?? 0, limits),
  "runs[].tool.extensions[].rules[]": ({ run, value, at, limits }) => takeRule(run, at[1] ?? 0, value, at[2] ?? 0, limits),
  "runs[].resources.rules": takeDraftRules,
  "runs[].tool.driver.globalMessageStrings": takeMessages,
  "runs[].tool.extensions[].globalMessageStrings": takeMessages,
  "runs[].artifacts?[]": ({ run, value, at }) =>
    keep(stringAt(valueAt(value, "location"), "uri"), (uri) => run.artifacts.set(at[1] ?? 0, uri)),
  "runs[].logicalLocations?[]": ({ run, value, at }) =>
    keep(stringAt(value, "fullyQualifiedName") ?? stringAt(value, "name"), (name) => run.logical.set(at[1] ?? 0, name)),
  "runs[].taxonomies[].name": ({ run, value, at }) => keep(value, (name) => (taxonomy(run, at[1] ?? 0).name = name)),
  "runs[].taxonomies[].taxa[].id": ({ run, value, at }) =>
    keep(value, (id) => taxonomy(run, at[1] ?? 0).ids.set(at[2] ?? 0, id)),
  "runs[].originalUriBaseIds": takeBases,
  "runs[].versionControlProvenance[]": takeRepository,
  "runs[].invocations[]": takeInvocation,
  "runs[].externalPropertyFileReferences": takeExternal,
};

const WANTED = ["version", ...Object.keys(TAKES)];
const takes = new Map(Object.entries(TAKES).map(([path, take]) => [path.replace("?", ""), take]));

/**
 * First pass over a SARIF file: the facts of every run, results stepped over. Refuses what is no SARIF 2.
 * @returns one entry per run, in the file's order
 */
export async function readRuns(source: Source, limits: Limits): Promise<RunFacts[]> {
  const runs: RunFacts[] = [];
  const elements = elementsOf(WANTED, limits, ["runs[].results[]"]);
  const looked = new Set<number>();
  let version: unknown = null;
  let kept = 0;
  elements.began = (path, at) => {
    if (path === "runs[].results") looked.add(at[0] ?? 0);
  };
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (cut.path === "version") version = cut.value;
      else kept += takes.get(cut.path)?.({ run: runAt(runs, cut, limits), value: cut.value, at: cut.at, limits }) ?? 0;
      if (kept > limits.tableBytes) throw new ReportFault("The tables of the report are larger than allowed", { path: cut.path, line: cut.line });
    }
  }
  refuseOthers(version, elements.seen.get("runs[]") ?? 0, limits);
  const last = elements.seen.get("runs[]") ?? 0;
  for (let index = 0; index < last; index++) {
    const run = runs[index];
    if (!run || run.tool === null) throw new ReportFault("A run names no tool", { path: `runs[${String(index)}].tool.driver.name` });
    // 3.14.23: an empty list says that nothing was found; without one the run looked at nothing, or tells it elsewhere.
    if (!looked.has(index)) run.failed = true;
  }
  return runs;
}

function refuseOthers(version: unknown, runs: number, limits: Limits): void {
  if (typeof version !== "string") throw new ReportFault("The report names no SARIF version", { path: "version" });
  if (!/^2\.\d/.test(version)) throw new ReportFault(`SARIF ${line(version, 20)} is not read: convert it to 2.1.0`, { path: "version" });
  if (runs === 0) throw new ReportFault("The report holds no run", { path: "runs" });
  if (runs > limits.parts) throw new ReportFault(`The report holds more than ${String(limits.parts)} runs`, { path: "runs" });
}

function runAt(runs: RunFacts[], cut: Cut, limits: Limits): RunFacts {
  const index = cut.at[0] ?? 0;
  if (index >= limits.parts) throw new ReportFault(`The report holds more than ${String(limits.parts)} runs`, { path: "runs" });
  while (runs.length <= index) runs.push(new RunFacts());
  return runs[index] ?? new RunFacts();
}

function keep(value: unknown, store: (text: string) => unknown): number {
  if (typeof value !== "string" || value === "") return 0;
  const text = value.slice(0, 2_000);
  store(text);
  return text.length + 50;
}

const takeRule = (run: RunFacts, component: number, raw: unknown, position: number, limits: Limits): number =>
  run.rules.add(component, { raw, position }, weaknessIds(relationshipsOf(raw, limits), run.taxonomies), limits);

/** Drafts of SARIF 2 kept their rules as an object by id. */
function takeDraftRules({ run, value, limits }: Taken): number {
  const rules = Object.entries(fieldsOf(value));
  return rules.reduce((kept, [id, rule], at) => kept + takeRule(run, -1, { id, ...fieldsOf(rule) }, at, limits), 0);
}

function takeMessages({ run, value, limits }: Taken): number {
  let kept = 0;
  for (const [id, text] of messagesOf(value, limits)) {
    if (!run.messages.has(id)) run.messages.set(id, text);
    kept += text.length + 50;
  }
  return kept;
}

function takeBases({ run, value }: Taken): number {
  return Object.entries(fieldsOf(value)).slice(0, 100).reduce((kept, [id, base]) => kept + keep(stringAt(base, "uri"), (uri) => run.bases.set(id, uri)), 0);
}

function takeRepository({ run, value }: Taken): number {
  return keep(stringAt(value, "repositoryUri") ?? stringAt(value, "uri"), (uri) => (run.repository ??= repositoryName(uri)));
}

/** The newest end (else start) of the run's invocations; one that did not succeed makes the run a failed one. */
function takeInvocation({ run, value }: Taken): number {
  if (valueAt(value, "executionSuccessful") === false) run.failed = true;
  const ended = stringAt(value, "endTimeUtc") ?? stringAt(value, "endTime");
  const time = instant(ended ?? stringAt(value, "startTimeUtc") ?? stringAt(value, "startTime"));
  if (time !== null && (run.takenAt === null || time > run.takenAt)) run.takenAt = time;
  return 0;
}

/** Results that lie in other files (3.14.2) are not here: what is here covers nothing. */
function takeExternal({ run, value }: Taken): number {
  if (valueAt(value, "results") !== undefined) run.failed = true;
  return 0;
}

function taxonomy(run: RunFacts, index: number): { name: string | null; ids: Map<number, string> } {
  const known = run.taxonomies.get(index) ?? { name: null, ids: new Map<number, string>() };
  run.taxonomies.set(index, known);
  return known;
}
