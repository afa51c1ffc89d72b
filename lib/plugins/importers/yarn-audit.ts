import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { readAdvisory } from "./reading/npm-advisory";
import { fieldsAt, isFields, stringAt, valueAt } from "./reading/fields";
import { readJsonLines } from "./reading/json-lines";
import { Tally } from "./reading/tally";

/** The kinds of lines that Yarn writes beside advisories and the summary: none of them is a finding. */
const FAILURES = new Set(["error"]);

function recognises(head: string): Recognition {
  const isLine = /^\ufeff?\s*\{[^\n]{0,200}"type"\s*:\s*"/.test(head);
  if (isLine && /"type"\s*:\s*"audit(?:Advisory|Summary)"\s*,\s*"data"\s*:\s*\{/.test(head)) return { verdict: "yes", why: "lines of the type `auditAdvisory` or `auditSummary`" };
  return { verdict: "no", why: "no lines of the type `auditAdvisory`" };
}

/**
 * yarn audit --json of Yarn 1: a line for each way on which a vulnerable package comes in, so that one advisory about one package stands
 * there many times and is folded. The last line is the summary: without it the report is cut short. Later versions of Yarn write as npm 6 does.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  let [isWhole, failed] = [false, false];
  for await (const lines of readJsonLines(source, limits)) {
    for (const { value, line } of lines) {
      const type = stringAt(value, "type");
      if (type === null) throw new ReportFault("This is no report of yarn audit: a line has no type", { line });
      if (isWhole) throw new ReportFault("The report goes on after its summary", { line });
      failed ||= FAILURES.has(type);
      isWhole = type === "auditSummary";
      if (type !== "auditAdvisory") continue;
      const advisory = fieldsAt(fieldsAt(value, "data"), "advisory");
      yield* tally.made(isFields(valueAt(value, "data")) ? readAdvisory(advisory, limits) : "an auditAdvisory needs its data", `line ${String(line)}`);
    }
  }
  if (!isWhole) throw new ReportFault("The report is cut short: its auditSummary is missing");
  yield tally.part("yarn-audit", { failed });
}

export const yarnAudit: Importer = { format: "yarn-audit", label: "yarn audit JSON Lines", media: ["json"], about: "repository", passes: 1, recognises, parse };
