import { stringAt } from "../reading/fields";
import type { Cut } from "../reading/json-elements";

/** What the command line finds in files of configuration has a detector of its own: `trivy config` and `trivy fs` look at one folder and not at the same things in it. */
export const CONFIGURATION = "trivy-config";
export const COMMAND_LINE = "trivy";

const PACKAGES: ReadonlySet<string> = new Set(["os-pkgs", "lang-pkgs"]);

/** What a report of the command line shows of what it looked for. `isProven`: enough to say that what it does not hold is gone. */
export type Looked = { detectors: readonly string[]; isProven: boolean };

/**
 * A report lists each file of configuration that was checked, also where nothing is wrong, and all that holds packages; secrets and licences only
 * where one was found. So configuration counts as looked at where a result of that class stands, and nothing else where all results are of it. Secrets go
 * with packages, as both are looked for unless somebody says otherwise. A report without either says nothing of what it looked for.
 * `classes`: of each result, null where it names none, as before 2021; `holds`: whether an entry of this list stands anywhere.
 */
export function lookedFor(classes: readonly (string | null)[], holds: (list: string) => boolean): Looked {
  const configuration = classes.includes("config") || holds("Misconfigurations");
  const packages = classes.some((one) => one === null || PACKAGES.has(one)) || holds("Vulnerabilities");
  const others = !configuration || packages || classes.some((one) => one !== "config") || holds("Secrets") || holds("Licenses");
  return { detectors: [...(others ? [COMMAND_LINE] : []), ...(configuration ? [CONFIGURATION] : [])], isProven: packages || configuration };
}

/** Whose an entry is, hidden ones by what they say of themselves. */
export function detectorOfEntry({ path, value }: Pick<Cut, "path" | "value">): string {
  const hidden = path.endsWith("ExperimentalModifiedFindings[]") && stringAt(value, "Type") === "misconfiguration";
  return hidden || path.endsWith("Misconfigurations[]") ? CONFIGURATION : COMMAND_LINE;
}
