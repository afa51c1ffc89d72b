import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { isFields, numberAt, stringAt, stringsAt, type Fields } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { leakedSecret } from "./reading/leaked-secret";
import { repositoryName } from "./reading/repository";
import { Tally } from "./reading/tally";

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "array") return { verdict: "no", why: "a Gitleaks report is a JSON list" };
  if (keys.has("RuleID") && keys.has("Secret") && keys.has("File")) return { verdict: "yes", why: "`RuleID` beside `Secret` and `File`" };
  if (keys.has("offender") && keys.has("rule") && keys.has("file")) return { verdict: "yes", why: "`offender` of older Gitleaks versions" };
  return { verdict: "no", why: "neither `RuleID` with `Secret` nor `offender`" };
}

/** Gitleaks' JSON, of version 8 and of those before. Values are covered as they are read. An empty list is a run without a leak. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  let isList = false;
  const elements = elementsOf(["[]"], limits);
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      isList = true;
      const raw = cut.value;
      yield* tally.made(!isFields(raw) ? "a leak must be an object" : stringAt(raw, "RuleID") === null ? readOld(raw, limits) : readLeak(raw, limits), placeOf(cut));
    }
  }
  if (!isList && !elements.seen.has("")) throw new ReportFault("The report is no Gitleaks report: it is no list of leaks");
  yield tally.part("gitleaks");
}

function readLeak(raw: Fields, limits: Limits): Observed | string {
  const key = stringAt(raw, "RuleID");
  const path = stringAt(raw, "File");
  if (key === null || path === null) return "a leak needs a RuleID and a File";
  return leakedSecret(
    {
      recipe: "gitleaks",
      rule: { key, name: stringAt(raw, "Description"), tags: stringsAt(raw, "Tags", limits.listItems) },
      value: stringAt(raw, "Secret"),
      match: stringAt(raw, "Match") ?? stringAt(raw, "Line"),
      path,
      startLine: numberAt(raw, "StartLine"),
      commit: stringAt(raw, "Commit"),
      severity: "high",
      facts: [["Committed", stringAt(raw, "Date")], ["Author", stringAt(raw, "Author")], ["Link to", stringAt(raw, "SymlinkFile")]],
      references: [stringAt(raw, "Link")],
    },
    limits,
  );
}

/** Version 7 and before: `offender` in `line`. */
function readOld(raw: Fields, limits: Limits): Observed | string {
  const key = stringAt(raw, "rule");
  const path = stringAt(raw, "file");
  if (key === null || path === null) return "a leak needs a rule and a file";
  const repository = repositoryName(stringAt(raw, "repoURL") ?? stringAt(raw, "repo") ?? "");
  return leakedSecret(
    {
      recipe: "gitleaks",
      asset: repository,
      assetKind: repository === null ? null : "repository",
      rule: { key, tags: (stringAt(raw, "tags") ?? "").split(",").map((one) => one.trim()) },
      value: stringAt(raw, "offender"),
      match: stringAt(raw, "line"),
      path,
      startLine: numberAt(raw, "lineNumber"),
      commit: stringAt(raw, "commit"),
      severity: "high",
      facts: [["Committed", stringAt(raw, "date")], ["Author", stringAt(raw, "author")]],
      references: [stringAt(raw, "leakURL")],
    },
    limits,
  );
}

export const gitleaks: Importer = { format: "gitleaks", label: "Gitleaks JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
