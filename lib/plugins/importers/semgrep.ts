import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { isFields, stringAt, valueAt } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { Tally } from "./reading/tally";
import { readFinding } from "./semgrep/platform";
import { readResult } from "./semgrep/result";

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "object") return { verdict: "no", why: "a Semgrep report is a JSON object" };
  if (keys.has("findings") && /"(?:match_based_id|syntactic_id|first_seen_scan_id|line_of_code_url)"\s*:/.test(head)) return { verdict: "yes", why: "findings of the Semgrep platform" };
  const results = keys.has("results") && !keys.has("metrics") && !keys.has("generated_at") && !keys.has("check_type");
  if (results && /"check_id"\s*:/.test(head) && /"(?:extra|start)"\s*:/.test(head)) return { verdict: "yes", why: "results with `check_id` and `extra`" };
  if (keys.has("errors") && keys.has("paths") && (keys.has("results") || keys.has("version")) && /"scanned"\s*:/.test(head)) return { verdict: "yes", why: "`paths` that were scanned beside `errors`" };
  return { verdict: "no", why: "neither results with `check_id` nor findings of the Semgrep platform" };
}

/**
 * Semgrep's JSON: what the command line writes (all versions, supply chain and secrets included) and what the platform's
 * API lists as findings. A page of the API is not all there is and says nothing of the rest, so it covers no check.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const elements = elementsOf(["results[]", "errors[]", "findings[]", "metrics", "version"], limits);
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (cut.path === "errors[]") tell(cut.value, tally);
      if (cut.path === "results[]") yield* tally.made(readResult(cut.value, limits), placeOf(cut));
      if (cut.path === "findings[]") yield* tally.made(readFinding(cut.value, limits), placeOf(cut));
    }
  }
  const { seen } = elements;
  if (seen.has("metrics") || (!seen.has("findings") && !(seen.has("results") && (seen.has("errors") || seen.has("version") || seen.has("results[]"))))) {
    throw new ReportFault("The report is no Semgrep report: it has neither `results` nor `findings` of Semgrep");
  }
  yield tally.part("semgrep", { rules: seen.has("findings") ? [] : null });
}

/** Files that could not be parsed, or that ran out of time or memory, were not looked at. A file with one line that no rule understands was. */
function tell(error: unknown, tally: Tally): void {
  if (!isFields(error)) return;
  const type = valueAt(error, "type");
  const name = typeof type === "string" ? type : Array.isArray(type) && typeof type[0] === "string" ? type[0] : "";
  if (/^(?:fixpoint ?)?timeout|out ?of ?memory|stack ?overflow|syntax ?error|lexical ?error/i.test(name)) tally.unread(stringAt(error, "path"));
  else if (stringAt(error, "level") === "error" || /fatal/i.test(name)) tally.unread(null);
}

export const semgrep: Importer = { format: "semgrep", label: "Semgrep JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
