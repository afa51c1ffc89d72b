import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isTerm, type Expression } from "@/lib/domain/filter/expression";
import { conditionsOf } from "@/lib/domain/filter/conditions";
import { parseExpression } from "@/lib/domain/filter/parse";
import { chipsOf } from "@/lib/domain/filter/query";
import { parseQuery } from "@/lib/domain/filter/typed";
import { RESPONSES } from "@/lib/domain/finding/words";
import { queueAddress } from "@/lib/domain/views/queue-address";
import { readQueue } from "@/lib/domain/views/read-queue";
import { MODULE_HELP } from "./help";
import { deedLabelOf, labelOf, tabLabelOf } from "./labels";
import { isModule, MODULE_KEYS, MODULE_STATES, moduleNamed, STATEFUL, stateNamed } from "./table";
import { expressionOf } from "./spelled-out";
import { inModule, moduleOf } from "./view";

const SAMPLES = join(import.meta.dirname, "../../plugins/importers/samples");
const finding = z.object({ rule: z.object({ key: z.string(), name: z.string() }), category: z.string().nullish(), cve: z.array(z.string()).nullish() });
const yielded = z.array(z.object({ kind: z.string(), result: finding.optional(), part: z.object({ detector: z.string() }).optional() }));
type Seen = z.output<typeof finding> & { detector: string };

function termsIn(expression: Expression): readonly { field: string; values: readonly string[] }[] {
  if (isTerm(expression)) return [expression];
  return "not" in expression ? termsIn(expression.not) : ("any" in expression ? expression.any : expression.all).flatMap(termsIn);
}

const like = (value: string) => new RegExp(`^${value.split("*").map((part) => part.replaceAll(/[.?+^$()[\]{}|\\/]/g, "\\$&")).join(".*")}$`, "s");

/** The few fields that modules ask for, told by hand: what SQL says of the same is held against it in the database's tests. */
function meets(expression: Expression, seen: Seen): boolean {
  if ("not" in expression) return !meets(expression.not, seen);
  if ("any" in expression) return expression.any.some((each) => meets(each, seen));
  if ("all" in expression) return expression.all.every((each) => meets(each, seen));
  const texts = { category: [seen.category ?? ""], detector: [seen.detector], rule: [seen.rule.key, seen.rule.name], cve: seen.cve ?? [] };
  const own = Object.entries(texts).find(([field]) => field === expression.field)?.[1] ?? [];
  return expression.values.some((value) => own.some((text) => like(value).test(text)));
}

/** What the importers really yield: results, each report's before the part that names their detector. */
function seenInSamples(): Seen[] {
  return readdirSync(SAMPLES).filter((name) => name.endsWith(".expected.json")).flatMap((name) => {
    const read = yielded.safeParse(JSON.parse(readFileSync(join(SAMPLES, name), "utf8")));
    const all = read.success ? read.data : [];
    return all.flatMap(({ result }, at) => (result ? [{ ...result, detector: all.slice(at).find(({ part }) => part)?.part?.detector ?? "" }] : []));
  });
}

describe("the table of modules", () => {
  it.each(MODULE_KEYS)("%s: its filter is read without a fault, and it says what it is and what differs", (key) => {
    const row = moduleNamed(key);
    expect(parseExpression(row.filter).faults).toEqual([]);
    expect(row.what).toMatch(/\.$/);
    expect(MODULE_HELP[key].length).toBeGreaterThan(0);
    for (const sentence of MODULE_HELP[key]) expect(sentence).toMatch(/\.$/);
  });

  it("names every module, state and relabelled response once", () => {
    const labels = MODULE_KEYS.map((key) => moduleNamed(key).label);
    expect(new Set(labels).size).toBe(labels.length);
    const states = STATEFUL.flatMap(({ state }) => state.values.map(({ value }) => value));
    expect(states.toSorted()).toEqual([...MODULE_STATES].toSorted());
    for (const { state } of STATEFUL) expect(new Set([...state.values.map(({ label }) => label), state.unsaid.label]).size).toBe(state.values.length + 1);
    for (const key of MODULE_KEYS) expect(new Set(RESPONSES.map((response) => labelOf(response, key))).size).toBe(RESPONSES.length);
  });

  it("asks for finding types alone where a module has a state of its own: the state is said of a finding, not of a place", () => {
    for (const { key } of STATEFUL) expect(new Set(termsIn(expressionOf(key)).map(({ field }) => field))).toEqual(new Set(["category"]));
  });

  it("finds in real reports what each is about: every module but those that scanners do not feed", () => {
    const seen = seenInSamples();
    const counts = Object.fromEntries(MODULE_KEYS.map((key) => [key, seen.filter((each) => meets(expressionOf(key), each)).length]));
    expect(seen.length).toBeGreaterThan(150);
    expect(counts.alerts).toBe(seen.length);
    for (const key of ["vulnerabilities", "ports", "web", "tls", "secrets"] as const) expect([key, counts[key] ?? 0]).toEqual([key, expect.toSatisfy((count) => typeof count === "number" && count >= 3)]);
    const ofKind = (kind: string) => seen.filter(({ category }) => category === kind);
    expect(ofKind("TLS").every((each) => meets(expressionOf("tls"), each))).toBe(true);
    expect(ofKind("Secret").every((each) => meets(expressionOf("secrets"), each))).toBe(true);
    const leaked = seen.filter(({ rule }) => ["generic-token", "generic.secrets.detected-token", "aws-access-token", "js/hardcoded-credentials", "B105", "G101"].includes(rule.key));
    expect(new Set(leaked.map(({ detector }) => detector)), "the secrets of tools that find other things too").toEqual(new Set(["trivy", "semgrep", "gitleaks", "codeql", "bandit", "gosec"]));
    expect(leaked.every((each) => meets(expressionOf("secrets"), each))).toBe(true);
    expect(ofKind("Open port").every((each) => meets(expressionOf("ports"), each))).toBe(true);
  });
});

describe("a module as a view", () => {
  it("stands in the address by its key, and comes back from it", () => {
    const filter = readQueue({ tab: "all", module: "web", q: "severity:high -port:22" });
    expect(moduleOf(filter)).toBe("web");
    expect(queueAddress(filter)).toBe("?tab=all&module=web&q=severity:high+-port:22");
    expect(readQueue(Object.fromEntries(new URLSearchParams(queueAddress(filter))))).toEqual(filter);
    expect(moduleOf(inModule(filter, "alerts"))).toBe("alerts");
    expect(queueAddress(inModule(filter, "tls"))).toBe("?tab=all&module=tls&q=severity:high+-port:22");
    expect(chipsOf(filter).map(({ text }) => text)).toEqual(["severity:high", "-port:22"]);
  });

  it("is a condition like any other: negated or beside others it is no view, and still means the same", () => {
    const { filter, faults } = parseQuery("-module:tls module:web,ports");
    expect([faults, moduleOf(filter)]).toEqual([[], "alerts"]);
    expect(conditionsOf(filter)).toEqual([{ not: expressionOf("tls") }, { any: [expressionOf("web"), expressionOf("ports")] }]);
    expect(parseQuery("module:elsewhere").faults).toHaveLength(1);
  });

  it("calls a response by its own name in tabs, badges and buttons, and never another", () => {
    expect([labelOf("accepted_risk", "web"), tabLabelOf("accepted_risk", "web"), deedLabelOf("accepted_risk", "web", "Accept risk…")]).toEqual(["Reviewed", "Reviewed", "Reviewed…"]);
    expect([labelOf("accepted_risk", "alerts"), deedLabelOf("accepted_risk", "alerts", "Accept risk…"), tabLabelOf("all", "web")]).toEqual(["Accepted Risk", "Accept risk…", "All"]);
    expect(labelOf("closed", "web")).toBe("Closed");
  });

  it("knows the module of a state, and no state of a stranger", () => {
    expect(stateNamed("taken_down")?.module.key).toBe("brand");
    expect([stateNamed("gone"), isModule("constructor")]).toEqual([null, false]);
  });
});
