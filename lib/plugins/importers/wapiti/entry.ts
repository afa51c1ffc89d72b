import type { Severity } from "@/lib/domain/finding/words";
import type { Observed } from "../contract";
import { foldMessage } from "../fingerprints";
import type { Limits } from "../limits";
import { observed } from "../reading/observed";
import { stablePath, webPlace } from "../reading/web-place";

/** What a report says about a kind of weakness, once for all of its entries. */
export type Kind = { name: string; description: string | null; solution: string | null; references: readonly string[]; named: readonly string[] };

/** An entry by the names of its fields; both forms have the same. */
export type Entry = (name: string) => string | null;

const LEVELS: ReadonlyMap<string, Severity> = new Map([["0", "info"], ["1", "low"], ["2", "medium"], ["3", "high"], ["4", "critical"]]);

/** One request that showed the weakness. A text is why it cannot be used. */
export function readEntry(entry: Entry, kind: Kind, target: string | null, limits: Limits): Observed | string {
  const site = webPlace(target);
  if (site === null) return "the report names no target";
  const severity = LEVELS.get(entry("level") ?? "");
  if (severity === undefined) return "its level is none of 0 to 4";
  const [method, path, parameter, info] = ["method", "path", "parameter", "info"].map(entry);
  if (!path && !info) return "it names neither a path nor what was found";
  return observed({
    asset: site.origin,
    assetKind: "application",
    rule: { key: kind.name, name: kind.name, help: kind.description },
    title: kind.name,
    description: [info, kind.description],
    location: `${method ?? ""} ${path ?? ""}${parameter ? ` [${parameter}]` : ""}`,
    identity: ["wapiti entry", kind.name, method ?? "", stablePath(path), parameter ?? "", foldMessage(info ?? "")],
    severity,
    severityWord: entry("level"),
    cwe: [...kind.named],
    names: [info, ...kind.named],
    category: entry("module"),
    observation: ["http_request", "curl_command"].map(entry),
    remediation: kind.solution,
    references: kind.references,
    port: site.port,
  }, limits);
}
