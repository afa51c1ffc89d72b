import { ReportFault, type Importer, type Recognition, type ScannedAsset, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { isFields, valueAt } from "./reading/fields";
import { cutElements, elementsOf, type Cut } from "./reading/json-elements";
import { readFacts, type Facts } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { line } from "./reading/plain-text";
import { readIssue } from "./snyk/issue";
import { readConfiguration } from "./snyk/configuration";
import { readVulnerability, type Project } from "./snyk/vulnerability";
import { Tally } from "./reading/tally";

/** Where a project stands: alone, in the list of `--all-projects`, and the applications inside of a container image. */
const PROJECTS = ["", "[].", "applications[].", "[].applications[]."] as const;
/** `filtered.ignore`: what a policy hides. */
const IN_PROJECT = ["vulnerabilities[]", "filtered.ignore[]", "infrastructureAsCodeIssues[]"] as const;
const LISTS: readonly string[] = PROJECTS.flatMap((project) => ["vulnerabilities", "infrastructureAsCodeIssues"].map((list) => `${project}${list}`));
const ENTRIES: readonly string[] = [...PROJECTS.flatMap((project) => IN_PROJECT.map((entry) => `${project}${entry}`)), "data?[]"];
const OF_PROJECT = ["projectName", "packageManager", "displayTargetFile", "targetFile", "path", "ok", "error", "docker"];
const FACTS: readonly string[] = [...PROJECTS.flatMap((project) => OF_PROJECT.map((fact) => `${project}${fact}`)), "jsonapi.version", "links.next"];

/** The places of the projects that the report holds, with their indexes. */
function* projectPlaces(facts: Facts): Generator<{ place: string; at: readonly number[] }> {
  for (const place of PROJECTS) {
    const lists = place.split("[]").length - 1;
    if (lists === 0) yield { place, at: [] };
    else if (lists === 1) for (let at = 0; at < (facts.seen.get(place.replace(/\.$/, "")) ?? 0); at++) yield { place, at: [at] };
  }
}

function projectAt(facts: Facts, place: string, at: readonly number[]): Project {
  const image = place.includes("applications") ? place.replace("applications[].", "") : place;
  const owner = at.slice(0, image.split("[]").length - 1);
  const container = isFields(facts.at(`${image}docker`, owner));
  const name = facts.text(`${container ? image : place}projectName`, container ? owner : at);
  return {
    asset: line(name?.replace(/^docker-image\|/, ""), 300) || null,
    assetKind: container ? "container" : "application",
    manager: facts.text(`${place}packageManager`, at),
    file: facts.text(`${place}displayTargetFile`, at) ?? facts.text(`${place}targetFile`, at),
  };
}

function scannedAssets(facts: Facts): ScannedAsset[] {
  const all = [...projectPlaces(facts)].map(({ place, at }) => projectAt(facts, place, at));
  return [...new Map(all.flatMap(({ asset, assetKind }) => (asset === null ? [] : [[asset, { name: asset, kind: assetKind }] as const]))).values()];
}

/** A project that could not be tested, and a page with others after it (told by an address, or an object that holds one): such a report does not say what is gone. */
const isPartial = (facts: Facts): boolean =>
  (facts.at("links.next") ?? "") !== "" || [...projectPlaces(facts)].some(({ place, at }) => facts.text(`${place}error`, at) !== null);

/** Checks of infrastructure look at other files of a project than its packages: neither closes what the other one holds. */
const detectorOf = (facts: Facts): string => ([...facts.seen.keys()].some((path) => path.endsWith("infrastructureAsCodeIssues")) ? "snyk-iac" : "snyk");

/** One file that was tested by itself is told as a folder that holds but this one is: other files of the project may stand beside it. */
const isOneFile = (facts: Facts): boolean => facts.seen.has("infrastructureAsCodeIssues");

/** A project of which the report holds no list that is read was not looked at as far as anybody knows: it is never taken for a clean one. */
function refuseUnread(facts: Facts): void {
  for (const { place, at } of projectPlaces(facts)) {
    if (facts.text(`${place}error`, at) !== null || !OF_PROJECT.some((fact) => facts.at(`${place}${fact}`, at) !== undefined)) continue;
    if (["vulnerabilities", "infrastructureAsCodeIssues"].some((list) => facts.has(`${place}${list}`, at))) continue;
    const path = `${place.replaceAll("[]", () => `[${String(at[0] ?? 0)}]`).replace(/\.$/, "") || "(root)"}`;
    throw new ReportFault("A project of this Snyk report has neither `vulnerabilities` nor `infrastructureAsCodeIssues`: export it with --json, or as SARIF", { path });
  }
}

function recognises(head: string): Recognition {
  const { keys } = outline(head);
  if (/"effective_severity_level"\s*:/.test(head) && (keys.has("data") || keys.has("jsonapi"))) return { verdict: "yes", why: "issues of the Snyk API" };
  if (keys.has("infrastructureAsCodeIssues") && keys.has("projectType")) return { verdict: "yes", why: "`infrastructureAsCodeIssues` of a project" };
  if (keys.has("bomFormat") || !keys.has("vulnerabilities")) return { verdict: "no", why: "neither `vulnerabilities` of a Snyk project nor issues of the Snyk API" };
  if (/"(?:SNYK-[A-Z]|snyk:lic:)/.test(head)) return { verdict: "yes", why: "`vulnerabilities` with Snyk's own numbers" };
  if (keys.has("dependencyCount") && (keys.has("packageManager") || keys.has("licensesPolicy"))) return { verdict: "yes", why: "`vulnerabilities` and `dependencyCount` of a project" };
  return { verdict: "no", why: "`vulnerabilities`, but not of a Snyk project" };
}

/** Snyk's command line (test, container test, iac test, --all-projects) and the issues of its REST API. Snyk Code writes SARIF. */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const facts = await readFacts(source, FACTS, ENTRIES, limits, LISTS);
  const cli = [...projectPlaces(facts)].some(({ place, at }) => ["projectName", "packageManager", "error"].some((fact) => facts.text(`${place}${fact}`, at) !== null));
  if (!cli && !facts.seen.has("jsonapi")) throw new ReportFault("This is no Snyk report: it names neither a project nor the API", { path: "(root)" });
  if (cli) refuseUnread(facts);
  const tally = new Tally(limits);
  for await (const batch of cutElements(source, elementsOf(ENTRIES, limits))) {
    for (const cut of batch) {
      const read = isFields(cut.value) ? readEntry(cut, facts, limits) : "an entry must be an object";
      if (read !== null) yield* tally.entries(cut, [read]);
    }
  }
  yield { kind: "part", part: { detector: detectorOf(facts), takenAt: null, failed: isPartial(facts), scannedAssets: scannedAssets(facts), rules: null, ...(isOneFile(facts) ? { provesItsEnd: false } : {}) } };
}

function readEntry(cut: Cut, facts: Facts, limits: Limits): ReturnType<typeof readIssue> {
  if (!isFields(cut.value)) return null;
  if (cut.path === "data[]") return readIssue(cut.value, limits);
  const place = cut.path.replace(/(?:vulnerabilities|filtered\.ignore|infrastructureAsCodeIssues)\[\]$/, "");
  const project = projectAt(facts, place, cut.at.slice(0, -1));
  if (cut.path.endsWith("infrastructureAsCodeIssues[]")) return readConfiguration(cut.value, project, limits);
  return readVulnerability(cut.value, project, cut.path.includes("filtered") || valueAt(cut.value, "isIgnored") === true, limits);
}

export const snyk: Importer = { format: "snyk", label: "Snyk JSON", media: ["json"], about: "application", passes: 2, recognises, parse };
