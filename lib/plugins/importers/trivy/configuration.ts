import type { Observed } from "../contract";
import { fingerprintOf, FINGERPRINT_VERSION, foldMessage, foldPath, foldText } from "../fingerprints";
import { fieldsAt, listAt, numberAt, stringAt, stringsAt, valueAt, type Fields } from "../reading/fields";
import { filePlace } from "../reading/file-place";
import { cves, cwes, webAddresses } from "../reading/identifiers";
import { block, line, paragraphs } from "../reading/plain-text";
import { severityOfWord } from "../reading/severities";
import { locationOf, stableMessage, stableTarget, type EntryContext } from "./context";

/** A failed check of `trivy config`; null for one that passed or was excepted. */
export function readMisconfiguration(raw: Fields, context: EntryContext): Observed | string | null {
  const status = stringAt(raw, "Status");
  if (status !== null && status !== "FAIL" && status !== "FAILURE") return null;
  const cause = fieldsAt(raw, "CauseMetadata");
  const start = numberAt(cause, "StartLine");
  const resource = line(stringAt(cause, "Resource"), context.limits.locationChars);
  const code = causeText(cause);
  return check(context, {
    id: stringAt(raw, "AVDID") ?? stringAt(raw, "ID"),
    title: stringAt(raw, "Title"),
    description: stringAt(raw, "Description"),
    messages: [stringAt(raw, "Message") ?? ""],
    resolution: stringAt(raw, "Resolution"),
    severity: stringAt(raw, "Severity"),
    category: stringAt(raw, "Type"),
    references: [stringAt(raw, "PrimaryURL"), ...stringsAt(raw, "References", context.limits.listItems)],
    place: [filePlace(context.target, start), resource].filter(Boolean).join(" "),
    identity: [foldPath(stableTarget(context.target)), resource, resource === "" ? foldText(code ?? "") : ""],
    code,
  });
}

/** A check of the operator's configuration, RBAC, infrastructure and compliance reports; null when it passed. */
export function readCheck(raw: Fields, context: EntryContext): Observed | string | null {
  if (valueAt(raw, "success") === true) return null;
  const target = line(stringAt(raw, "target"), context.limits.locationChars);
  return check(context, {
    id: stringAt(raw, "checkID") ?? stringAt(raw, "id") ?? stringAt(raw, "title"),
    title: stringAt(raw, "title"),
    description: stringAt(raw, "description"),
    messages: stringsAt(raw, "messages", context.limits.listItems),
    resolution: stringAt(raw, "remediation"),
    severity: stringAt(raw, "severity"),
    category: stringAt(raw, "category"),
    references: [],
    place: target,
    identity: [stableTarget(target)],
    code: context.control === null ? null : `Control: ${context.control}`,
  });
}

type Check = {
  id: string | null;
  title: string | null;
  description: string | null;
  messages: readonly string[];
  resolution: string | null;
  severity: string | null;
  category: string | null;
  references: readonly (string | null)[];
  place: string;
  identity: readonly string[];
  code: string | null;
};

function check(context: EntryContext, entry: Check): Observed | string {
  const { limits } = context;
  const key = line(entry.id, limits.nameChars);
  if (key === "") return "a check needs an id or a title";
  const title = line(entry.title, limits.titleChars) || key;
  const texts = [entry.description, entry.title, key];
  return {
    asset: context.asset,
    assetKind: context.assetKind,
    rule: { key, name: title, help: paragraphs([entry.description, entry.resolution], limits.textChars), tags: [] },
    title,
    description: block(entry.description, limits.textChars),
    location: locationOf(context, entry.place),
    fingerprint: fingerprintOf("trivy check", [key, stableTarget(context.resource), ...entry.identity, ...entry.messages.map((message) => foldMessage(stableMessage(message)))]),
    fingerprintVersion: FINGERPRINT_VERSION,
    context: null,
    severity: severityOfWord(entry.severity) ?? "info",
    severityWord: entry.severity === null ? null : line(entry.severity, limits.nameChars),
    cvss: null,
    cwe: cwes(texts, limits.listItems),
    cve: cves(texts, limits.listItems),
    ghsa: [],
    category: line(entry.category, limits.nameChars) || "Misconfiguration",
    observation: paragraphs([...entry.messages, entry.code], limits.observationChars),
    remediation: block(entry.resolution, limits.textChars),
    references: webAddresses(entry.references, limits.listItems),
    firstSeen: null,
    legacyCode: null,
    suppressed: context.suppressed,
    component: null,
    package: null,
    port: null,
  };
}

function causeText(cause: Fields): string | null {
  const lines = listAt(fieldsAt(cause, "Code"), "Lines", 200).filter((one) => valueAt(one, "IsCause") === true);
  return lines.length === 0 ? null : lines.map((one) => stringAt(one, "Content") ?? "").join("\n");
}
