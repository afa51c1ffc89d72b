import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { type Cut, cutElements, elementsOf } from "./reading/json-elements";
import { outline } from "./reading/json-outline";
import { readResult } from "./sarif/result";
import { readRuns, type RunFacts } from "./sarif/run";

function recognises(head: string): Recognition {
  const { root, keys, texts } = outline(head);
  if (root !== "object") return { verdict: "no", why: "a SARIF file is a JSON object" };
  if (!keys.has("runs") && !/sarif/i.test(texts.get("$schema") ?? "")) return { verdict: "no", why: "no `runs` at the top" };
  if (/^2\./.test(texts.get("version") ?? "") || /sarif/i.test(texts.get("$schema") ?? "")) return { verdict: "yes", why: "`runs` and a SARIF version" };
  return { verdict: "maybe", why: "`runs` at the top, but no SARIF version near it" };
}

/**
 * SARIF 2.1.0 (OASIS), drafts of 2.0 as far as they agree. A part per run; two runs of one tool are two parts with
 * the same detector. Results of kind pass, notApplicable, informational and open, and results that the baseline
 * calls absent, are no findings and yield nothing.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const runs = await readRuns(source, limits);
  let current = 0;
  let results = 0;
  for await (const batch of cutElements(source, elementsOf(["runs[].results[]"], limits))) {
    for (const cut of batch) {
      const index = cut.at[0] ?? 0;
      for (; current < index; current++) yield { kind: "part", part: runOf(runs, current).part() };
      if (++results > limits.results) throw new ReportFault(`The report holds more than ${String(limits.results)} results`, { line: cut.line });
      const reading = readResult(cut.value, runOf(runs, index), limits);
      if (reading.kind === "finding") yield { kind: "result", result: reading.result, where: placeOf(cut) };
      else if (reading.kind === "unusable") yield { kind: "rejected", where: placeOf(cut), why: reading.why };
    }
  }
  for (; current < runs.length; current++) yield { kind: "part", part: runOf(runs, current).part() };
}

const placeOf = (cut: Cut): string => `runs[${String(cut.at[0])}].results[${String(cut.at[1])}], line ${String(cut.line)}`;

function runOf(runs: readonly RunFacts[], index: number): RunFacts {
  const run = runs[index];
  if (!run) throw new ReportFault("The report changed while it was read");
  return run;
}

/** Static analysis and more: CodeQL, Semgrep, Snyk, Trivy and some fifty other tools write it. */
export const sarif: Importer = { format: "sarif", label: "SARIF 2.1.0", media: ["json"], about: "repository", passes: 2, recognises, parse };
