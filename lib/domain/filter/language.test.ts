import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS, type Expression } from "./expression";
import { areAlternatives } from "./alternatives";
import { FIELD_WORDS } from "./field-words";
import { FIELD_NAMES, fieldNamed, fieldOf, KNOWN_NAMES, type FieldName } from "./fields";
import { lex } from "./lex";
import { printWord } from "./print";
import { chipsOf, printQuery } from "./query";
import { addQuery, parseQuery } from "./typed";
import { readValue } from "./values";
import { queueFilter } from "@/lib/domain/views/queue-input";

const read = (text: string) => {
  const { filter, faults } = parseQuery(text);
  expect(faults, text).toEqual([]);
  return filter;
};
const again = (text: string) => printQuery(read(text));
const firstFault = (text: string) => parseQuery(text).faults[0];
const pointed = (text: string) => parseQuery(text).faults.map(({ at, length }) => text.slice(at, at + length));

describe("what is typed is what is asked", () => {
  it.each<[string, string]>([
    ["severity:critical,high", "severity:critical,high"],
    ["Risk:Informational", "severity:info"],
    ["status:Reviewed", "response:closed"],
    ['response in ("To Be Closed","None")', "response:needs_review,closed"],
    ["response not in (Public)", "-response:accepted_risk"],
    ["severity:high severity:low", "severity:high,low"],
    ["severity:high OR severity:low", "severity:high,low"],
    ["tag:pci AND tag:edge", "tag:pci AND tag:edge"],
    ["tag:pci (tag:edge log4j)", "tag:pci AND tag:edge log4j"],
    ["-(-(tag:pci))", "tag:pci"],
    ["age:>30d", "added:>30d"],
    ["age:>=30d", "added:>30d"],
    ["added:>2026-11-01", "added:2026-11-02.."],
    ["added:<=2026-11-01", "added:..2026-11-01"],
    ["age:>30d age:<60d", "added:>30d added:<60d"],
    ["seen:<7d due:<24h", "seen:<7d due:<24h"],
    ["sla:<24h", "due:<24h"],
    ["cvss:>=7.0 epss:>50%", "cvss:>=7 epss:>0.5"],
    ["cvss_score >= 7.0", "cvss:>=7"],
    ["category == \"Web Application\"", 'category:"Web Application"'],
    ["severity != low", "-severity:low"],
    ["NOT tag:pci", "-tag:pci"],
    ["tag:response:closed -tag:response:*", "tag:response:closed -tag:response:*"],
    ['tag:PCI,pci,"Payment  Card" -tag:PCI -tag:E*,* tag:Response:Closed', "tag:pci,payment-card,response:closed -tag:pci -tag:e*,*"],
    ["-(tag:pci asset:web-*)", "-(tag:pci asset:web-*)"],
    ["--x", '"--x"'],
    ["asset:web-1 OR (port:443 -is:kev)", "(asset:web-1 OR (port:443 -is:kev))"],
    ["(asset:web-1 (port:443))", "asset:web-1 port:443"],
    ["log4j OR openssl", "(log4j OR openssl)"],
    ['"sql injection" login', '"sql injection" login'],
    ["printf(3) 10.0.0.1:443 http://a.test/?x=1 a & b = c", 'printf(3) 10.0.0.1:443 http://a.test/?x=1 a & b "=" c'],
    ['package:"a ""b"", c"', 'package:"a ""b"", c"'],
    ["cwe:CWE-79 cve:cve-2021-44228 ghsa:ghsa-JFH8-C2JP-5V3Q number:F-42", "cwe:79 cve:CVE-2021-44228 ghsa:GHSA-jfh8-c2jp-5v3q number:42"],
    ["port:8000..8100,443", "port:8000..8100,443"],
    ["scan:12/new", "scan:12 change:new"],
    ["tab:closed sort:due severity:high", "severity:high"],
    ["is:kev is:overdue", "is:kev,overdue"],
    ["read or write and not", "read or write and not"],
  ])("%s is %s", (typed, printed) => {
    expect(again(typed)).toBe(printed);
    expect(again(printed)).toBe(printed);
  });

  it("puts into the queue's own fields what they can say, and the rest beside them", () => {
    expect(read("severity:high -tag:pci tab:closed log4j cvss:>7")).toMatchObject({
      ...{ tab: "closed", sort: "-decided", severity: ["high"], tag: [], q: "log4j" },
      rest: [{ not: { field: "tag", values: ["pci"] } }, { field: "cvss", values: [">7"] }],
    });
  });
});

describe("a mistake is pointed at", () => {
  it.each([
    ["severity:hihg", "hihg", /Did you mean high/],
    ["severity:high severty:low", "severty", /no field "severty".*Did you mean severity/],
    ["foo:bar", "foo", /double quotes/],
    ["asset:web-1 (tag:a OR tag:b", "(", /never closed/],
    ["tag:a)", ")", /closes nothing/],
    ['tag:"a', '"', /quote is never closed/],
    ["severity:", "severity:", /needs a value/],
    ["severity:high,,low", ",", /value is missing/],
    ["tag:a OR", "OR", /both sides/],
    ["age:30", "30", /span of time/],
    ["cvss:>11", ">11", /from 0 to 10/],
    ["port:https", "https", /whole number/],
    ["kev:maybe", "maybe", /true nor false/],
    ["()", "(", /nothing between/],
    ["tag:a -tab:all", "tab:all", /whole queue/],
    ["response in (None", "(", /never closed/],
    ["scan:new", "new", /number of a scan/],
  ])("%s", (typed, at, message) => {
    const fault = firstFault(typed);
    expect(typed.slice(fault?.at, (fault?.at ?? 0) + (fault?.length ?? 0))).toBe(at);
    expect(fault?.message).toMatch(message);
  });

  it("each of several, in their order", () => {
    expect(pointed("severity:hihg asset:web-1 detektor:x age:soon")).toEqual(["hihg", "detektor", "soon"]);
  });
});

describe("what a stranger sends is bounded", () => {
  it("too long, too deep, too many: told, and read as far as it may be", () => {
    expect(firstFault("a".repeat(LIMITS.characters + 1))).toBeDefined();
    expect(parseQuery(Array.from({ length: 101 }, (_, at) => `-tag:t${at}`).join(" ")).faults.map(({ message }) => message)).toEqual(["A filter has at most 100 conditions."]);
    expect(firstFault(`${"(".repeat(2_000)}tag:a`)).toBeDefined();
    expect(firstFault(`${"-(".repeat(50)}tag:a${")".repeat(50)}`)?.message).toMatch(/levels deep/);
    expect(firstFault(`tag:${Array.from({ length: 60 }, (_, at) => `t${at}`).join(",")}`)?.message).toMatch(/at most 50 values/);
  });

  it("a word that leaves a parenthesis open does not swallow the end of its group", () => {
    expect(again('-(a ":(")')).toBe('-(a ":(")');
    expect(again("-(a f(x))")).toBe("-(a f(x))");
  });

  it("no text makes the reader throw or stand still, and what it understood reads back the same", () => {
    const scraps = fc.constantFrom("(", ")", '"', "-", " ", ",", ":", "OR", "AND", "NOT", "tag:", "in (", "severity", ">=7", "a", "*", "..", "\\", "response in (", "1");
    fc.assert(fc.property(fc.oneof(fc.array(scraps, { maxLength: 40 }).map((all) => all.join("")), fc.string({ maxLength: 80, unit: "grapheme" })), (text) => {
      const { filter, faults } = parseQuery(text);
      for (const { at, length } of faults) expect(at >= 0 && length > 0 && at + length <= text.length + 1, `${text} at ${at}`).toBe(true);
      const printed = printQuery(filter);
      if (printed.length <= LIMITS.characters) expect(again(printed)).toBe(printed);
    }), { numRuns: 1_000 });
  });
});

const value = (field: FieldName): fc.Arbitrary<string> => {
  const { kind, values } = fieldOf(field);
  if (values) return fc.constantFrom(...values);
  if (kind === "integer") return fc.constantFrom("79", ">=443", "1..9", "<=8");
  if (kind === "decimal") return fc.constantFrom("0.5", ">0.1", "0..0.9");
  if (kind === "past" || kind === "future") return fc.constantFrom(">30d", "<24h", "2026-11-01..2026-11-21", "..2026-11-01");
  if (kind === "scan") return fc.constantFrom("1", "12/new");
  return fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).map((text) => readValue(field, text)).filter((given) => given.ok).map((given) => (given.ok ? given.value : "")).filter((text) => text !== "");
};

const FIELDS = FIELD_NAMES.filter((name) => !fieldOf(name).alone);
const term: fc.Arbitrary<Expression> = fc.constantFrom(...FIELDS).chain((field) => fc.uniqueArray(value(field), { minLength: 1, maxLength: 3 }).map((values) => ({ field, values })));
const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3, withCrossShrink: true }, { arbitrary: term, weight: 4 },
    { arbitrary: tie("tree").map((not) => ({ not })), weight: 1 },
    { arbitrary: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })), weight: 1 },
    { arbitrary: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })), weight: 1 }),
}));

it("any filter is written, read and written again: the same text, the same filter, and the data of it is accepted as it stands", () => {
  fc.assert(fc.property(fc.array(tree, { maxLength: 5 }), (rest) => {
    const printed = printQuery({ ...parseQuery("").filter, rest });
    const { filter, faults } = parseQuery(printed);
    expect(faults).toEqual([]);
    expect(printQuery(filter)).toBe(printQuery(parseQuery(printQuery(filter)).filter));
    expect(parseQuery(printQuery(filter)).filter).toEqual(filter);
    expect(queueFilter.safeParse(filter).error).toBeUndefined();
  }), { numRuns: 400 });
});

it("two negations say nothing: what stands behind them still adds up with another value of its field", () => {
  const severity = (value: string): Expression => ({ field: "severity", values: [value] });
  const printed = printQuery({ ...parseQuery("").filter, rest: [{ not: { not: { not: { not: severity("critical") } } } }, severity("high")] });
  expect(printed).toBe("severity:critical AND severity:high");
});

describe("the table of fields", () => {
  it("has no name twice, and each example reads without a fault", () => {
    expect(new Set(KNOWN_NAMES).size).toBe(KNOWN_NAMES.length);
    for (const name of FIELD_NAMES) {
      const { values } = fieldOf(name);
      const { does, examples } = FIELD_WORDS[name];
      expect(does.length).toBeLessThan(80);
      for (const example of examples) read(example);
      for (const each of values ?? []) expect(readValue(name, each)).toEqual({ ok: true, value: each });
      expect(fieldNamed(name.toUpperCase())).toBe(name);
    }
    expect(fieldNamed("constructor")).toBeNull();
  });

  it("keeps a token's place: what stands there is what it was made of", () => {
    const text = 'tag:"a b",c (x)';
    const [field] = lex(text).tokens;
    expect(field?.kind === "field" ? field.pieces.map(({ at, length }) => text.slice(at, at + length)) : []).toEqual(['"a b"', "c"]);
  });
});

describe("chips", () => {
  it("each thing that narrows stands once, and taking it away leaves the others as they are", () => {
    const filter = { ...read("severity:high tag:pci AND tag:edge -port:22 scan:3 change:new sql injection tab:all"), sort: "due" as const };
    expect(chipsOf(filter).map(({ text }) => text)).toEqual(["severity:high", "tag:pci", "scan:3 change:new", "tag:edge", "-port:22", "sql injection"]);
    for (const { text, without } of chipsOf(filter)) {
      expect(without).toMatchObject({ tab: "all", sort: "due" });
      expect(addQuery(without, text).filter.severity).toEqual(["high"]);
      expect(chipsOf(without)).toHaveLength(5);
    }
  });

  it("what is typed on top keeps tab and order, unless it names others; a mistake changes nothing", () => {
    const filter = { ...read("severity:high tab:closed"), sort: "due" as const };
    expect(addQuery(filter, "severity:low -tag:pci").filter).toMatchObject({ tab: "closed", sort: "due", severity: ["high", "low"], rest: [{ not: { field: "tag", values: ["pci"] } }] });
    expect(addQuery(filter, "tab:all").filter).toMatchObject({ tab: "all", sort: "severity", severity: ["high"] });
    expect(addQuery(filter, "severity:nope")).toMatchObject({ filter, faults: [{ at: 9, length: 4 }] });
  });
});

describe("what prints a filter needs neither the table of fields nor the reader", () => {
  it.each(FIELD_NAMES)("%s adds up or not by its kind", (name) => {
    expect(areAlternatives(name)).toBe(["choice", "words", "upper", "tag", "yes", "person"].includes(fieldOf(name).kind));
  });

  it("a word that stands bare is read as that word and nothing else", () => {
    const letter = fc.constantFrom(..."aZ_1.:/()-,=<>!*\"ORANDT ");
    fc.assert(fc.property(fc.array(letter, { minLength: 1, maxLength: 8 }), (letters) => {
      const word = letters.join("");
      if (printWord(word) !== word) return;
      const { tokens, faults } = lex(word);
      expect({ word, tokens, faults }).toMatchObject({ tokens: [{ kind: "word", text: word, quoted: false }], faults: [] });
    }), { numRuns: 5_000 });
  });

  it.each(["log4j", "http://acme.test/a?b=1", "web-3:443", "10.0.0.1", "f(x)", "ORACLE", "c++"])("%s needs no quotes", (word) => expect(printWord(word)).toBe(word));
});
