import type { Observed } from "../contract";
import { foldPath } from "../fingerprints";
import type { Limits } from "../limits";
import { fieldsAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "../reading/fields";
import { filePlace } from "../reading/file-place";
import { observed } from "../reading/observed";
import { severityOfWord } from "../reading/severities";
import type { Project } from "./vulnerability";

/**
 * An entry of `infrastructureAsCodeIssues` (`snyk iac test`): a rule that a file of Terraform, Kubernetes or CloudFormation breaks. The
 * report has a project per file. `msg` is the path inside of the file, and stays where lines move.
 */
export function readConfiguration(raw: Fields, project: Project, limits: Limits): Observed | string {
  const id = stringAt(raw, "publicId") ?? stringAt(raw, "id");
  if (id === null) return "an issue of the infrastructure needs an id";
  const told = fieldsAt(raw, "iacDescription");
  const said = (name: string): string | null => stringAt(told, name) ?? stringAt(raw, name);
  const [title, word, inside, at] = [stringAt(raw, "title"), stringAt(raw, "severity"), stringAt(raw, "msg"), numberAt(raw, "lineNumber")];
  const file = project.file === null ? "" : foldPath(project.file);
  const place = filePlace(file, at);
  return observed(
    {
      asset: project.asset,
      assetKind: project.assetKind,
      rule: { key: id, name: title, tags: [project.manager, stringAt(raw, "subType")] },
      title: title ?? id,
      description: [said("issue"), said("impact")],
      location: inside === null ? place : `${place} (${inside})`,
      identity: ["snyk iac", id, file, inside],
      context: inside === null ? null : ["snyk iac moved", id, inside],
      severity: severityOfWord(word) ?? "medium",
      severityWord: word,
      category: "Configuration",
      observation: inside === null ? null : `Found at: ${inside}`,
      remediation: said("resolve"),
      references: [stringAt(raw, "documentation"), ...stringsAt(raw, "references", limits.listItems)],
      suppressed: valueAt(raw, "isIgnored") === true,
    },
    limits,
  );
}
