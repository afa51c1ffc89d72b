import { ReportFault, type Importer, type Recognition, type Source, type Yield } from "./contract";
import type { Limits } from "./limits";
import { Newest } from "./reading/csv-results";
import { fieldsAt, isFields, stringAt, valueAt } from "./reading/fields";
import { instantOf } from "./reading/instants";
import { cutElements, elementsOf } from "./reading/json-elements";
import { readJsonLines } from "./reading/json-lines";
import { outline } from "./reading/json-outline";
import { headOf } from "./reading/source-head";
import { Tally } from "./reading/tally";
import { readWazuh } from "./wazuh/record";

/** Where the records of an export stand: in a list of its own, in the answer of a search, in an answer of the API, or a line each. */
type Layout = "[]" | "hits.hits[]" | "data.affected_items[]" | "lines";

function layoutOf(head: string): Layout {
  const { root, keys } = outline(head.replace(/^\ufeff/, ""));
  if (root === "array") return "[]";
  if (keys.has("hits")) return "hits.hits[]";
  return keys.has("data") && !keys.has("agent") && !keys.has("rule") ? "data.affected_items[]" : "lines";
}

/** Words that stand in the records of each layout, and in nobody else's. */
const SIGNS: Readonly<Record<Layout, RegExp>> = {
  "[]": /"(?:agent|wazuh)"\s*:\s*\{/,
  "hits.hits[]": /"_index"\s*:\s*"[^"]{0,60}wazuh-/,
  "data.affected_items[]": /"affected_items"\s*:\s*\[/,
  lines: /"(?:agent|wazuh)"\s*:\s*\{/,
};
const ABOUT = /"vulnerability"\s*:\s*\{|"sca"\s*:\s*\{|"(?:cvss3_score|detection_time)"\s*:|"rule"\s*:\s*\{[^{}]{0,400}"level"\s*:/;

function recognises(head: string): Recognition {
  if (!/^\ufeff?\s*[{[]/.test(head)) return { verdict: "no", why: "an export of Wazuh is JSON" };
  const layout = layoutOf(head);
  if (SIGNS[layout].test(head) && ABOUT.test(head)) return { verdict: "yes", why: "alerts or vulnerabilities of Wazuh's agents" };
  return { verdict: "no", why: "no `agent` beside a `vulnerability` or a `rule`" };
}

/**
 * Exports of Wazuh: alerts (`alerts.json`, a line each, or a list), the index of vulnerabilities as a search gives it, and
 * the vulnerabilities of one agent as the API gives them. Alerts are events and never all there is: no export closes
 * what it does not name. Vulnerable packages and failed checks of the configuration are findings, other events are none.
 */
async function* parse(source: Source, limits: Limits): AsyncGenerator<Yield, void, undefined> {
  const tally = new Tally(limits);
  const newest = new Newest();
  const layout = layoutOf(await headOf(source));
  const read = (value: unknown, where: string): Yield[] => {
    if (!isFields(value)) return tally.made("it is no object", where);
    const record = isFields(valueAt(value, "_source")) ? fieldsAt(value, "_source") : value;
    newest.see(instantOf(stringAt(record, "timestamp") ?? stringAt(record, "@timestamp")));
    return tally.made(readWazuh(value, limits), where);
  };
  const list = layout.slice(0, -2);
  if (layout === "lines") {
    for await (const lines of readJsonLines(source, limits)) for (const { value, line } of lines) yield* read(value, `line ${String(line)}`);
  } else {
    const elements = elementsOf([layout], limits);
    for await (const cuts of cutElements(source, elements)) {
      for (const { at, value, line } of cuts) yield* read(value, `${list}[${String(at.at(-1) ?? 0)}], line ${String(line)}`);
    }
    if (!elements.seen.has(list)) throw new ReportFault(`This is no export of Wazuh: it holds no list ${list}`);
  }
  yield tally.part("wazuh", { takenAt: newest.at });
}

export const wazuh: Importer = { format: "wazuh", label: "Wazuh JSON, JSON Lines", media: ["json"], passes: 1, provesItsEnd: false, recognises, parse };
