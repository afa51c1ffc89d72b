import { ReportFault, type Importer, type Recognition, type ScannedAsset, type Source, type Yield } from "./contract";
import { readGraph } from "./github-dependabot/graph";
import { AlertPages, factsOfPages } from "./github-dependabot/pages";
import { readRest } from "./github-dependabot/rest";
import type { Limits } from "./limits";
import { isFields } from "./reading/fields";
import { cutElements, elementsOf, type Cut } from "./reading/json-elements";
import { readFacts, type Facts } from "./reading/json-entries";
import { outline } from "./reading/json-outline";
import { line } from "./reading/plain-text";
import { onGithub } from "./reading/repository";
import { Tally } from "./reading/tally";

/** Where repositories stand in the answers that people save of the GraphQL API, with or without the outer `data`. */
const REPOSITORIES = ["search.nodes[].", "search.edges[].node.", "repository.", "organization.repositories.nodes[].", "viewer.repositories.nodes[].", "nodes[]."].flatMap((place) => [`data.${place}`, place]);
const ALERTS = ["vulnerabilityAlerts.nodes[]", "vulnerabilityAlerts.edges[]"];
const ENTRIES: readonly string[] = ["[]", ...REPOSITORIES.flatMap((place) => ALERTS.map((alert) => `${place}${alert}`))];
const FACTS: readonly string[] = REPOSITORIES.flatMap((place) => [`${place}nameWithOwner`, `${place}name`, ...factsOfPages(place)]);
const LISTS: readonly string[] = ENTRIES.filter((entry) => entry !== "[]").map((entry) => entry.replace(/\[\]$/, ""));

const placeOf = (path: string): string => path.replace(/vulnerabilityAlerts\..*$/, "");

function repositoryOf(cut: Cut, facts: Facts): string | null {
  const place = placeOf(cut.path);
  const at = cut.at.slice(0, place.split("[]").length - 1);
  return onGithub(facts.text(`${place}nameWithOwner`, at) ?? facts.text(`${place}name`, at));
}

/** Repositories that were asked for, also those without an alert. */
function repositories(facts: Facts, seen: ReadonlySet<string>): ScannedAsset[] {
  const full = facts.under("nameWithOwner");
  const names = (full.length > 0 ? full : facts.under("name")).filter((name) => typeof name === "string");
  return [...new Set([...names.map((name) => onGithub(line(name, 300)) ?? ""), ...seen])].filter((name) => name !== "").map((name) => ({ name, kind: "repository" }));
}

function recognises(head: string): Recognition {
  const { root, keys } = outline(head);
  if (root === "array" && keys.has("security_advisory") && keys.has("security_vulnerability")) return { verdict: "yes", why: "a list of alerts with `security_advisory`" };
  if (root === "object" && /"vulnerabilityAlerts"\s*:/.test(head)) return { verdict: "yes", why: "`vulnerabilityAlerts` of repositories" };
  return { verdict: "no", why: "neither `security_advisory` nor `vulnerabilityAlerts`" };
}

/**
 * Dependabot's alerts as GitHub's REST API lists them (of a repository, an organisation) and as its GraphQL API
 * answers. Alerts that are fixed are no findings; dismissed ones are suppressed. An answer with a page beside it
 * does not say what is gone; no page of the REST API says whether another one follows, and one of GraphQL only where its query asked.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const facts = await readFacts(source, FACTS, ENTRIES, limits, LISTS);
  const graph = REPOSITORIES.filter((place) => facts.seen.has(`${place}vulnerabilityAlerts`));
  if (graph.length === 0 && !facts.seen.has("[]")) throw new ReportFault("This is no export of Dependabot's alerts: it holds neither alerts nor repositories with them", { path: "(root)" });
  const pages = new AlertPages(facts);
  const tally = new Tally(limits);
  const seen = new Set<string>();
  for await (const batch of cutElements(source, elementsOf(ENTRIES, limits))) {
    for (const cut of batch) {
      pages.count(cut);
      const raw = isFields(cut.value) ? cut.value : {};
      const entry = cut.path === "[]" ? readRest(raw, limits) : readGraph(raw, repositoryOf(cut, facts), limits);
      if (typeof entry === "object" && entry?.asset && seen.size < limits.assets) seen.add(entry.asset);
      if (entry !== null) yield* tally.entries(cut, [entry]);
    }
  }
  const extent = graph.length === 0 ? "unknown" : pages.extent(LISTS);
  yield { kind: "part", part: { detector: "dependabot", takenAt: null, failed: extent === "a page", scannedAssets: repositories(facts, seen), rules: null, ...(extent === "unknown" ? { provesItsEnd: false } : {}) } };
}

export const githubDependabot: Importer = { format: "github-dependabot", label: "GitHub Dependabot alerts", media: ["json"], about: "repository", passes: 2, recognises, parse };
