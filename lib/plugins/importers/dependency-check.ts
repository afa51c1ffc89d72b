import type { Importer, Recognition, Source, Yield } from "./contract";
import { checkProject, readDependency, type Project } from "./dependency-check/dependency";
import { jsonParts } from "./dependency-check/json";
import { xmlParts } from "./dependency-check/xml";
import type { Limits } from "./limits";
import { instantOf } from "./reading/instants";
import { firstCharacter } from "./reading/first-character";
import { isFields } from "./reading/fields";
import { outline } from "./reading/json-outline";
import { line } from "./reading/plain-text";
import { Tally } from "./reading/tally";

function recognises(head: string): Recognition {
  if (head.trimStart().startsWith("<")) {
    if (/<analysis\s[^>]{0,2000}dependency-check/i.test(head)) return { verdict: "yes", why: "`analysis` of Dependency-Check" };
    return { verdict: "no", why: "no `analysis` of Dependency-Check" };
  }
  const { keys } = outline(head);
  if (keys.has("reportSchema") && keys.has("projectInfo")) return { verdict: "yes", why: "`reportSchema` and `projectInfo`" };
  if (keys.has("projectInfo") && keys.has("scanInfo")) return { verdict: "yes", why: "`scanInfo` and `projectInfo`" };
  return { verdict: "no", why: "no `projectInfo` of Dependency-Check" };
}

/**
 * OWASP Dependency-Check's XML and JSON. One finding is one vulnerability of one dependency; what a suppression file
 * hides is read as suppressed. A run whose analysers failed did not look at everything.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const xml = (await firstCharacter(source)) === "<";
  const parts = (): ReturnType<typeof jsonParts> => (xml ? xmlParts(source, limits) : jsonParts(source, limits));
  const project: Project = { name: null, date: null, failed: false, known: false, listed: false };
  for await (const batch of parts()) for (const part of batch) if (part.kind === "project") Object.assign(project, part.project);
  checkProject(project);
  const asset = line(project.name, limits.nameChars) || null;
  const tally = new Tally(limits);
  for await (const batch of parts()) {
    for (const part of batch) {
      if (part.kind !== "dependency") continue;
      yield* tally.entries(part, isFields(part.value) ? readDependency(part.value, asset, limits) : ["a dependency must be an object"]);
    }
  }
  const scannedAssets = asset === null ? [] : [{ name: asset, kind: "application" } as const];
  yield { kind: "part", part: { detector: "dependency-check", takenAt: instantOf(project.date), failed: project.failed, scannedAssets, rules: null } };
}

export const dependencyCheck: Importer = { format: "dependency-check", label: "OWASP Dependency-Check XML, JSON", media: ["xml", "json"], about: "application", passes: 2, recognises, parse };
