import { describe, expect, it } from "vitest";
import { accept, complete } from "./complete";
import { FIELD_NAMES } from "./fields";

/** `|` is the cursor. */
const at = (typed: string) => complete(typed.replace("|", ""), typed.indexOf("|"));
const labels = (typed: string) => at(typed).offers.map(({ label }) => label);

describe("what can stand where the cursor is", () => {
  it("in an empty bar: every field, each with what it means", () => {
    expect(labels("|")).toEqual(FIELD_NAMES.map((name) => `${name}:`));
    expect(at("|").offers.every(({ does }) => does !== "")).toBe(true);
  });

  it.each<[string, string[]]>([
    ["sev|", ["severity:"]],
    ["-sev|", ["severity:"]],
    ["(ri|", ["severity:"]],
    ["severity:|", ["critical", "high", "medium", "low", "info"]],
    ["severity:high,|", ["critical", "medium", "low", "info"]],
    ["severity:hi|gh tag:a", ["high"]],
    ["response in (closed, inv|", ["investigating"]],
    ["is:over|", ["overdue"]],
    ["age:|", ["<24h", "<7d", ">30d", ">90d"]],
    ["assignee:|", ["me", "none"]],
    ["tag:resp|", ["response:investigating", "response:accepted_risk", "response:closed"]],
    ["tag:response:c|", ["response:closed"]],
    ["overd|", ["is:overdue", "sla:overdue"]],
    ["tag:a O|", ["owner:", "OR"]],
    ['"sql inj|', []],
    ["nonsense:lo|", []],
  ])("%s", (typed, offered) => {
    expect(labels(typed).filter((label) => offered.length === 0 || offered.includes(label))).toEqual(offered);
    if (typed.startsWith("severity")) expect(labels(typed)).toEqual(offered);
  });

  it.each([
    ["asset:web|", { field: "asset", source: "asset", prefix: "web" }],
    ["ip:a,b|", { field: "host", source: "host", prefix: "b" }],
    ['type:"Web A|', { field: "category", source: "category", prefix: "Web A" }],
    ["tag:|", { field: "tag", source: "tag", prefix: "" }],
    ["ghsa:gh|", { field: "ghsa", source: "ghsa", prefix: "gh" }],
    ["log4j|", null],
    ["severity:high |", null],
  ])("asks the environment at %s", (typed, live) => {
    expect(at(typed).live).toEqual(live);
  });
});

it("an accepted offer stands where the half word stood, quoted where it must be", () => {
  const text = "type:web rest";
  const place = complete(text, 8);
  expect(accept(text, place, { kind: "value", text: "Web Application", label: "Web Application", does: "" })).toEqual({ text: 'type:"Web Application" rest', cursor: 22 });
  expect(accept("sev", complete("sev", 3), complete("sev", 3).offers[0]!)).toEqual({ text: "severity:", cursor: 9 });
  expect(accept("severity:h", complete("severity:h", 10), complete("severity:h", 10).offers[0]!)).toEqual({ text: "severity:high", cursor: 13 });
});
