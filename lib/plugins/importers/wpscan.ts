import { ReportFault, type Importer, type Observed, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { fieldsAt, isFields, numberAt, stringAt, stringsAt, type Fields } from "./reading/fields";
import { instantOfSeconds } from "./reading/instants";
import { cutElements, elementsOf, type Cut } from "./reading/json-elements";
import { placeOf } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { cvss, observed } from "./reading/observed";
import { severityOfScore } from "./reading/severities";
import { Tally } from "./reading/tally";
import { stablePath, webPlace } from "./reading/web-place";

/** Lists of vulnerabilities → what they are about; the name of the thing is the star's, or stands beside the list. */
const VULNERABLE: Readonly<Record<string, string>> = {
  "version.vulnerabilities[]": "core",
  "main_theme.vulnerabilities[]": "theme",
  "main_theme.parents[].vulnerabilities[]": "theme",
  "themes.*.vulnerabilities[]": "theme",
  "plugins.*.vulnerabilities[]": "plugin",
  "timthumbs.*.vulnerabilities[]": "timthumb",
};

/** Files that the scan could fetch: their names are the addresses. */
const EXPOSED: Readonly<Record<string, { key: string; name: string }>> = {
  "config_backups.*": { key: "config-backup", name: "Backup of the WordPress configuration can be fetched" },
  "db_exports.*": { key: "db-export", name: "Export of the database can be fetched" },
};

const FACTS = ["target_url", "target_ip", "start_time", "stop_time", "scan_aborted", "vuln_api.error", "version.number", "main_theme.slug", "main_theme.version.number", "main_theme.parents[].slug", "themes.*.version.number", "plugins.*.version.number"];

/** What a scan tells about, at least one of them, whether or not something was found. */
const LOOKED = ["interesting_findings", "version", "main_theme", "themes", "plugins"];

type Site = { asset: string; known: ReadonlyMap<string, unknown> };
type Component = { kind: string; slug: string; version: string | null };

function recognises(head: string): Recognition {
  const { keys, root } = outline(head);
  if (root !== "object") return { verdict: "no", why: "a WPScan report is a JSON object" };
  if (keys.has("banner") && /WordPress Security Scanner/.test(head)) return { verdict: "yes", why: "the banner of WPScan" };
  if (keys.has("target_url") && keys.has("interesting_findings")) return { verdict: "yes", why: "`target_url` beside `interesting_findings`" };
  return { verdict: "no", why: "no `target_url` beside `interesting_findings`" };
}

const named = ({ path, at, keys }: Pick<Cut, "path" | "at" | "keys">): string => [path, ...keys, ...at].join(" ");

/**
 * WPScan's JSON: what it found of interest on the site (informational), known vulnerabilities of WordPress, of themes
 * and of plugins, and files that it could fetch. Without a key of WPScan's API it asks for no vulnerability: then nothing is said to be gone. The asset is the address that was scanned, with its path.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const lists = ["interesting_findings[]", ...Object.keys(VULNERABLE), ...Object.keys(EXPOSED)];
  const known = new Map<string, unknown>();
  const elements = elementsOf(FACTS, limits, lists);
  for await (const batch of cutElements(source, elements)) for (const cut of batch) if (cut.value !== undefined && known.size < 100_000) known.set(named(cut), cut.value);
  const asset = siteName(known.get("target_url"));
  const tally = new Tally(limits);
  const failed = known.has("scan_aborted");
  if (asset === null && !failed) throw new ReportFault("This is no WPScan report: it has no `target_url`");
  if (!failed && !LOOKED.some((path) => elements.seen.has(path))) throw new ReportFault(`The WPScan report holds none of ${LOOKED.join(", ")}: it does not say what was found`, { path: "(root)" });
  const address = known.get("target_ip");
  if (asset !== null) tally.looked(asset, "application", [typeof address === "string" ? address : null]);
  for await (const batch of cutElements(source, elementsOf(lists, limits))) {
    for (const cut of batch) yield* tally.made(asset === null ? "it names no site" : readEntry(cut, { asset, known }, limits), placeOf(cut));
  }
  const time = known.get("stop_time") ?? known.get("start_time");
  yield tally.part("wpscan", { failed, takenAt: instantOfSeconds(typeof time === "number" ? time : null), ...(known.has("vuln_api.error") ? { provesItsEnd: false } : {}) });
}

function siteName(target: unknown): string | null {
  const place = webPlace(typeof target === "string" ? target : null);
  return place === null ? null : `${place.origin}${place.path.replace(/\?.*$/, "").replace(/\/$/, "")}`;
}

function readEntry(cut: Cut, site: Site, limits: Limits): Observed | string {
  const exposed = EXPOSED[cut.path];
  if (exposed) return readExposed(cut.keys[0] ?? "", exposed, site, limits);
  if (!isFields(cut.value)) return "an entry must be an object";
  const kind = VULNERABLE[cut.path];
  return kind === undefined ? readInteresting(cut.value, site, limits) : readVulnerability(cut.value, componentOf(kind, cut, site), site, limits);
}

function componentOf(kind: string, { path, at, keys }: Cut, { known }: Site): Component {
  const beside = (name: string): unknown => known.get(named({ path: path.replace("vulnerabilities[]", name), keys, at: at.slice(0, -1) }));
  const [slug, version] = [keys[0] ?? beside("slug"), kind === "core" ? beside("number") : beside("version.number")];
  return { kind, slug: kind === "core" ? "wordpress" : typeof slug === "string" ? slug : kind, version: typeof version === "string" ? version : null };
}

function readVulnerability(raw: Fields, { kind, slug, version }: Component, { asset }: Site, limits: Limits): Observed | string {
  const title = stringAt(raw, "title");
  if (title === null) return "a vulnerability needs a title";
  const named = fieldsAt(raw, "references");
  const ids = stringsAt(named, "wpvulndb", limits.listItems);
  const score = numberAt(fieldsAt(raw, "cvss"), "score");
  const fixed = stringAt(raw, "fixed_in");
  return observed({
    asset,
    assetKind: "application",
    rule: { key: ids[0] ?? title, name: title, tags: [kind] },
    title,
    description: stringAt(raw, "description"),
    location: `${kind === "core" ? "WordPress" : `${kind} ${slug}`} ${version ?? ""}`,
    identity: ["wpscan vulnerability", ids[0] ?? title, kind, slug],
    severity: severityOfScore(score) ?? "medium",
    severityWord: score === null ? null : String(score),
    cvss: cvss({ vector: stringAt(fieldsAt(raw, "cvss"), "vector"), score }),
    names: [title, ...stringsAt(named, "cve", limits.listItems).map((number) => (/^\d{4}-/.test(number) ? `CVE-${number}` : number))],
    category: "Known vulnerability",
    remediation: fixed === null ? null : `Update ${slug} to ${fixed}.`,
    references: [...stringsAt(named, "url", limits.listItems), ...ids.filter((id) => /^[\w-]+$/.test(id)).map((id) => `https://wpscan.com/vulnerability/${id}`)],
    package: slug,
    version,
  }, limits);
}

function readInteresting(raw: Fields, { asset }: Site, limits: Limits): Observed | string {
  const [type, says] = [stringAt(raw, "type"), stringAt(raw, "to_s")];
  if (type === null) return "a finding of interest needs a type";
  const url = stringAt(raw, "url");
  return observed({
    asset,
    assetKind: "application",
    rule: { key: type, name: type.replaceAll("_", " ") },
    title: says !== null && webPlace(says) === null ? says : type.replaceAll("_", " "),
    location: url,
    identity: ["wpscan interest", type, stablePath(url)],
    severity: "info",
    category: "Interesting finding",
    observation: [...stringsAt(raw, "interesting_entries", limits.listItems), stringAt(raw, "found_by")],
    references: stringsAt(fieldsAt(raw, "references"), "url", limits.listItems),
  }, limits);
}

function readExposed(address: string, rule: { key: string; name: string }, { asset }: Site, limits: Limits): Observed {
  const identity = ["wpscan exposed", rule.key, stablePath(address)] as const;
  return observed({ asset, assetKind: "application", rule, title: rule.name, location: address, identity, severity: "high", category: "Exposed file", references: [address] }, limits);
}

export const wpscan: Importer = { format: "wpscan", label: "WPScan JSON", media: ["json"], about: "application", passes: 2, recognises, parse };
