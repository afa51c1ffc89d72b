import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { instant, isFields, numberAt, stringAt, valueAt } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { leakedSecret } from "./reading/leaked-secret";
import { Tally } from "./reading/tally";

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root === "object" && keys.has("plugins_used") && keys.has("version")) return { verdict: "yes", why: "`plugins_used`" };
  return { verdict: "no", why: "no `plugins_used`" };
}

/** The scan result or baseline of detect-secrets. It names no value, only a hash; what its audit calls no secret is suppressed. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const elements = elementsOf(["generated_at", "plugins_used[]", "results.*[]"], limits);
  let takenAt: Date | null = null;
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) {
      if (cut.path === "generated_at") takenAt = instant(typeof cut.value === "string" ? cut.value : null);
      if (cut.path === "results.*[]") yield* tally.made(readSecret(cut.value, cut.keys[0] ?? "", limits), placeOf(cut));
    }
  }
  if (!elements.seen.has("plugins_used") || !elements.seen.has("results")) throw new ReportFault("The report is no report of detect-secrets: it has no `results` of `plugins_used`");
  yield tally.part("detect-secrets", { takenAt });
}

function readSecret(raw: unknown, file: string, limits: Limits): Observed | string {
  const type = stringAt(raw, "type");
  if (!isFields(raw) || type === null) return "a secret needs a type";
  const verified = valueAt(raw, "is_verified") === true;
  return leakedSecret(
    {
      recipe: "detect-secrets",
      rule: { key: type },
      value: null,
      path: file,
      startLine: numberAt(raw, "line_number"),
      // The tool keeps this hash in repositories, and nothing else tells two secrets of a file apart.
      own: stringAt(raw, "hashed_secret"),
      severity: verified ? "critical" : "high",
      severityWord: verified ? "verified" : null,
      facts: [["Verified", verified ? "yes, the secret works" : null]],
      suppressed: valueAt(raw, "is_secret") === false,
    },
    limits,
  );
}

export const detectSecrets: Importer = { format: "detect-secrets", label: "detect-secrets JSON", media: ["json"], about: "repository", passes: 1, recognises, parse };
