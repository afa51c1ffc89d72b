import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, instant, isFields, numberAt, stringAt, valueAt, type Fields } from "./reading/fields";
import { cutElements, elementsOf } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { leakedSecret } from "./reading/leaked-secret";
import { Tally } from "./reading/tally";

/** Resolutions that take the secret out of the world; all others say that somebody decided to live with it. */
const GONE = new Set(["revoked", "pattern_deleted", "pattern_edited"]);

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root !== "array") return { verdict: "no", why: "secret scanning alerts are a JSON list" };
  if (keys.has("secret_type") && (keys.has("locations_url") || keys.has("html_url"))) return { verdict: "yes", why: "`secret_type` beside the address of an alert" };
  return { verdict: "no", why: "no `secret_type` of an alert" };
}

/**
 * Secret scanning alerts as GitHub's REST API lists them for a repository, an organisation or an enterprise. What was revoked is no finding
 * any more; what was resolved otherwise is suppressed. Values are covered as they are read. The API gives pages of at most 100, so that a
 * file never proves that it holds all.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const elements = elementsOf(["[]"], limits);
  for await (const batch of cutElements(source, elements)) {
    for (const cut of batch) yield* tally.made(isFields(cut.value) ? readAlert(cut.value, limits) : "an alert must be an object", placeOf(cut));
  }
  if (!elements.seen.has("[]")) throw new ReportFault("The report names no alert of secret scanning");
  yield tally.part("github-secret-scanning");
}

function readAlert(raw: Fields, limits: Limits): Observed | string | null {
  const [key, number] = [stringAt(raw, "secret_type"), numberAt(raw, "number")];
  if (key === null || number === null) return "an alert needs a number and a secret_type";
  const resolution = /^resolved$/i.test(stringAt(raw, "state") ?? "") ? (stringAt(raw, "resolution")?.toLowerCase() ?? "resolved") : null;
  if (resolution !== null && GONE.has(resolution)) return null;
  const repository = repositoryOf(raw);
  const place = fieldsAt(raw, "first_location_detected");
  const [validity, comment] = [stringAt(raw, "validity"), stringAt(raw, "resolution_comment")];
  return leakedSecret(
    {
      recipe: "github secret",
      asset: repository,
      assetKind: repository === null ? null : "repository",
      rule: { key, name: stringAt(raw, "secret_type_display_name") },
      value: stringAt(raw, "secret"),
      path: stringAt(place, "path"),
      startLine: numberAt(place, "start_line"),
      commit: stringAt(place, "commit_sha"),
      own: `alert ${String(number)}`,
      severity: validity === "active" || valueAt(raw, "publicly_leaked") === true ? "critical" : "high",
      facts: [
        ["Alert", String(number)],
        ["Validity", validity],
        ["Publicly leaked", said(valueAt(raw, "publicly_leaked"))],
        ["In several repositories", said(valueAt(raw, "multi_repo"))],
        ["Push protection bypassed", said(valueAt(raw, "push_protection_bypassed"))],
        ["Resolved as", resolution === null ? null : [resolution.replaceAll("_", " "), comment].filter((one) => one !== null && one !== "").join(": ")],
      ],
      references: [stringAt(raw, "html_url")],
      firstSeen: instant(stringAt(raw, "created_at")),
      suppressed: resolution !== null,
    },
    limits,
  );
}

const said = (value: unknown): string | null => (value === true ? "yes" : null);

function repositoryOf(raw: Fields): string | null {
  const there = /^https:\/\/([\w.-]+)\/([\w.-]+\/[\w.-]+)\/security\/secret-scanning\//.exec(stringAt(raw, "html_url") ?? "");
  if (there) return `${there[1] ?? ""}/${there[2] ?? ""}`;
  const named = stringAt(fieldsAt(raw, "repository"), "full_name");
  return named === null ? null : `github.com/${named}`;
}

export const githubSecretScanning: Importer = {
  format: "github-secret-scanning",
  label: "GitHub secret scanning alerts",
  media: ["json"],
  about: "repository",
  passes: 1,
  provesItsEnd: false,
  recognises,
  parse,
};
