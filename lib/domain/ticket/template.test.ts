import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ticketPayload, type TicketPayload } from "@/lib/domain/ticket/payload";
import { descriptionOf, payloadOf, priorityOf, titleOf, type FindingFacts, type TicketFacts } from "@/lib/domain/ticket/payload-of";
import { render, renderWithin, WRITES } from "@/lib/domain/ticket/template";
import { CHECKLIST } from "@/lib/domain/ticket/words";

const finding = (given: Partial<FindingFacts> = {}): FindingFacts => ({
  number: 42, title: "SQL injection", asset: "shop", severity: "high", category: "Web Application", cwe: [89], cve: ["CVE-2021-44228"],
  cvss: { version: "3.1", vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", score: 9.8 }, kev: false, epss: 0.4, location: "https://shop.test/a?id=1&q=2", port: null, component: null,
  rule: "sqli", ruleName: "SQL injection", exposure: "internet", sensitivity: "restricted", description: "Input reaches the database.", remediation: "Bind parameters.",
  links: ["https://owasp.org/sqli"], acknowledgeBy: new Date("2027-01-02T00:00:00Z"), resolveBy: new Date("2027-01-09T00:00:00Z"), hasProof: true, ...given,
});
const payloadFor = (findings: readonly FindingFacts[], more: Partial<TicketFacts> = {}): TicketPayload => payloadOf({
  ticket: 101, environment: "Demo", title: titleOf(findings), description: descriptionOf(findings), priority: priorityOf(findings), assignee: "Ann", team: null, cc: [], labels: [], dueOn: null,
  checklist: CHECKLIST, findings, permalinkTo: (kind, number) => `https://docket.test/e/5/${kind}/${number}`, ...more,
});

const HEADINGS = ["Title", "Description", "Technical Details", "Impact", "Remediation Steps", "References", "Verification"];
const textOf = (payload: TicketPayload, writes: (typeof WRITES)[number]): string => { const made = render(payload, writes); return typeof made === "string" ? made : JSON.stringify(made); };

test.each(WRITES)("%s: every section in its order, the facts, the locked severity, and proofs by address alone", (writes) => {
  const text = textOf(payloadFor([finding()]), writes);
  const places = HEADINGS.map((heading) => text.toLowerCase().indexOf(heading.toLowerCase()));
  expect(places.every((place) => place >= 0)).toBe(true);
  const plain = text.replace(/\\|&#\d+;/g, "");
  for (const fact of ["89", "2021", "44228", "9", "Network", "Bind parameters", "locked", "docket.test/e/5/findings/42#evidence", "docket.test/e/5/tickets/101"]) expect(plain).toContain(fact);
});

/** What scanners have sent, and worse. */
const HOSTILE = [
  "<script>alert(1)</script><img src=x onerror=alert(1)>", "![](https://evil.test/pixel.png)", "[click](javascript:alert(1))", "@everyone #1 GH-2 https://evil.test/a", "{code}!https://evil.test/p.png!{code}",
  "[~admin] [click|javascript:alert(1)] h1. Not ours\nh2. Severity: low", "[code]<script>alert(1)</script>[/code]", "\u202egnp.exe\u0000\u001b[31m", "```\n# Severity\n> low", "|a|b|\n|-|-|", "* *Severity:* Low", "- [x] Retest passed",
  "&lt;b&gt; &#60;b&#62;", "javascript:alert(1)", "data:text/html,<script>1</script>", "\nSEVERITY: LOW\n\nDESCRIPTION\nfine",
];
const everywhere = (text: string): FindingFacts => finding({ title: text, asset: text, category: text, location: `/${text}`, description: text, remediation: text, links: [text, `https://ok.test/${text}`], component: text });

describe.each(HOSTILE)("hostile text stays text: %j", (text) => {
  const payload = payloadFor([everywhere(text)], { assignee: text, team: text });

  test("in HTML no element of theirs, no address but http", () => {
    const html = render(payload, "html");
    expect([...new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name))].sort()).toEqual(expect.arrayContaining(["h2"]));
    expect([...html.matchAll(/<\/?([a-z0-9]+)/gi)].every(([, name]) => ["h2", "p", "br", "ul", "li", "a", "strong"].includes(name ?? ""))).toBe(true);
    expect([...html.matchAll(/href="([^"]*)"/g)].every(([, href]) => /^https?:\/\/(docket|ok)\.test\//.test(href ?? ""))).toBe(true);
  });

  test("in Markdown every mark of theirs is escaped, and nobody is mentioned", () => {
    const markdown = render(payload, "markdown").replace(/\]\(<https:\/\/(docket|ok)\.test[^>]*>\)/g, "]");
    expect(markdown).not.toMatch(/(?<!\\)!\[|(?<!\\)<[a-z]|[@#](?=[a-z0-9])|(?<!\\):\/\//i);
    expect(markdown.split("\n").filter((line) => /^\s*(#|>|\||```|- \[x\])/.test(line)).map((line) => line.replace("## ", ""))).toEqual(HEADINGS);
  });

  test("in Jira's wiki markup no macro, picture, heading, mention or link of theirs", () => {
    const wiki = render(payload, "wiki").replace(/\|https:\/\/(docket|ok)\.test[^\]]*\]/g, "]");
    expect(wiki).not.toMatch(/\{|!|\[~|\|/);
    expect(wiki.split("\n").filter((line) => /^(h[1-6]|bq)\./.test(line))).toEqual(HEADINGS.map((heading) => `h2. ${heading}`));
    expect(wiki).not.toMatch(/:\/\/|javascript:|data:/);
  });

  test("in plain text no section of theirs, and no HTML of ServiceNow's", () => {
    const plain = render(payload, "text");
    expect(plain).not.toMatch(/\[\s{0}\/?code\]/i);
    expect(plain.split("\n").filter((line) => /^[A-Z][A-Z ]*$/.test(line))).toEqual(HEADINGS.map((heading) => heading.toUpperCase()));
    expect(plain.split("\n").filter((line) => line.startsWith("- Severity:"))).toEqual(["- Severity: High (set in Docket and locked there)"]);
  });

  test("in Jira's document format only known nodes, never an empty text, and links to http alone", () => {
    const nodes = JSON.stringify(render(payload, "document"));
    expect(new Set([...nodes.matchAll(/"type":"([a-zA-Z]+)"/g)].map(([, type]) => type))).toEqual(new Set(["doc", "heading", "paragraph", "text", "bulletList", "listItem", "strong", "link", ...(nodes.includes("hardBreak") ? ["hardBreak"] : [])]));
    expect(nodes).not.toContain('"text":""');
    expect([...nodes.matchAll(/"href":"([^"]*)"/g)].every(([, href]) => /^https?:\/\/(docket|ok)\.test\//.test(href ?? ""))).toBe(true);
  });
});

test("any text at all: nothing throws, nothing directs, and what goes out fits the schema of the payload", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 6_000 }), (text) => {
    const payload = payloadFor([everywhere(text), finding({ number: 43, title: text })]);
    expect(ticketPayload.safeParse(payload).success).toBe(true);
    for (const writes of WRITES) expect(textOf(payload, writes)).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/);
  }), { numRuns: 60 });
});

test("a thousand findings are named by their first and a way to the rest", () => {
  const payload = payloadFor(Array.from({ length: 1_000 }, (_, at) => finding({ number: at + 1, asset: `host-${at}` })));
  expect(payload.findings).toHaveLength(1_000);
  expect(render(payload, "text")).toContain("and 975 more https://docket.test/e/5/tickets/101");
  expect(render(payload, "markdown").length).toBeLessThan(32_000);
});

test("the worst finding gives severity and priority, one that is known to be exploited is urgent, the earliest clock is the window", () => {
  const payload = payloadFor([finding({ severity: "low" }), finding({ number: 43, severity: "critical", resolveBy: new Date("2027-01-04T00:00:00Z") })]);
  expect(payload).toMatchObject({ severity: "critical", priority: "urgent", resolveBy: "2027-01-04T00:00:00.000Z" });
  expect(priorityOf([{ severity: "low", kev: true }])).toBe("urgent");
});

test.each(["document", "wiki", "markdown"] as const)("%s: what is too long for its destination goes out with fewer lines, says so, and points to the rest", (writes) => {
  const long = "(a*b_c)~[x]{y} ".repeat(30);
  const many = Array.from({ length: 300 }, (_, number) => finding({ ...everywhere(`${long}${number}`), number, cve: [`CVE-2021-${number}`], links: [`https://ok.test/${number}?${"a".repeat(300)}`] }));
  const payload = ticketPayload.parse({ ...payloadFor(many), description: "(é{])".repeat(800), impact: "(é{])".repeat(800) });
  const measured = (made: unknown) => (typeof made === "string" ? made : JSON.stringify(made)).length;
  expect(measured(render(payload, writes))).toBeGreaterThan(32_767);
  const made = writes === "document" ? renderWithin(payload, writes, 32_767) : renderWithin(payload, writes, 32_767);
  expect(measured(made)).toBeLessThanOrEqual(32_767);
  const text = typeof made === "string" ? made : JSON.stringify(made);
  expect(text).toContain("Left out");
  expect(text).toContain("docket.test/e/5/tickets/101");
  const short = payloadFor([finding()]);
  expect(renderWithin(short, "wiki", 32_767)).toBe(render(short, "wiki"));
});
