import type { Severity } from "@/lib/domain/finding/words";
import type { Observed } from "../contract";
import type { Limits } from "../limits";
import { addressesIn, textOfHtml } from "../reading/html-text";
import { observed } from "../reading/observed";
import { severityOfWord } from "../reading/severities";
import { stablePath, webPlace } from "../reading/web-place";

/** An issue of any of the forms; texts of prose are HTML, what was sent and received is plain. */
export type Issue = {
  name: string | null;
  type: string | null;
  origin: string | null;
  address: string | null;
  path: string | null;
  /** The path with the parameter in brackets: `/search [q parameter]`. */
  location: string | null;
  severity: string | null;
  confidence: string | null;
  detail: string | null;
  background: string | null;
  remediation: readonly (string | null)[];
  references: string | null;
  classifications: string | null;
  exchange: readonly string[];
};

const WORDS: ReadonlyMap<string, Severity> = new Map([["information", "info"], ["false positive", "info"], ["false_positive", "info"]]);

/** One issue at one place. A text is why it cannot be used. */
export function readIssue(issue: Issue, limits: Limits): Observed | string {
  const { name, severity: word } = issue;
  if (name === null) return "an issue needs a name";
  const site = webPlace(issue.origin);
  if (site === null) return "it names no host";
  const severity = WORDS.get((word ?? "").toLowerCase()) ?? severityOfWord(word);
  if (severity === null) return "its severity is none of Burp's words";
  const location = issue.location ?? issue.path ?? "";
  const parameter = /\[([^[\]]{1,300})\]$/.exec(location)?.[1] ?? "";
  return observed({
    asset: site.origin,
    assetKind: "application",
    otherNames: [issue.address],
    rule: { key: issue.type ?? name, name, help: textOfHtml(issue.background) },
    title: name,
    description: [textOfHtml(issue.detail), textOfHtml(issue.background)],
    location,
    identity: ["burp issue", name, stablePath(issue.path), parameter],
    severity,
    severityWord: issue.confidence === null ? word : `${word ?? ""} (${issue.confidence})`,
    cwe: [textOfHtml(issue.classifications)],
    names: [name, issue.detail, issue.references],
    observation: issue.exchange,
    remediation: issue.remediation.map(textOfHtml),
    references: [...addressesIn(issue.references), ...addressesIn(issue.classifications)],
    suppressed: /^false[ _]positive$/i.test(word ?? ""),
    port: site.port,
  }, limits);
}
