import { z } from "zod";
import { hostItems, type GrownReport, type Wish } from "@/lib/bench/grow";

const text = z.object({ text: z.string() });
const ruleTemplate = z.object({ id: z.string(), shortDescription: text.optional(), fullDescription: text.optional(), help: text.optional() });
const sample = z.object({
  runs: z.array(z.object({ tool: z.object({ driver: z.object({ rules: z.array(ruleTemplate).max(10_000).optional() }) }) })).min(1).max(100),
});

/** The rules of a SARIF report: their texts are what the grown one says. */
export type SarifTemplates = readonly z.output<typeof ruleTemplate>[];

/** Reads the rules out of a SARIF report of ours. */
export function sarifTemplates(report: string): SarifTemplates {
  const rules = sample.parse(JSON.parse(report)).runs.flatMap(({ tool }) => tool.driver.rules ?? []);
  if (rules.length === 0) throw new Error("The sample has no rules to grow from.");
  return rules;
}

const FOLDERS = ["src/views", "src/api", "lib/payments", "server/routes", "packages/core/auth", "jobs"];
const LEVELS = ["error", "warning", "note"];

const ruleId = (template: SarifTemplates[number] | undefined, rule: number): string => `${template?.id ?? "rule"}-${rule}`;

function resultText(host: number, { rule, port }: { rule: number; port: number }, templates: SarifTemplates): string {
  const template = templates[rule % templates.length];
  const uri = `${FOLDERS[(host + port) % FOLDERS.length]}/part${port % 17}/file${(host * 131 + port) % 9_973}.ts`;
  return JSON.stringify({
    ruleId: ruleId(template, rule), level: LEVELS[rule % LEVELS.length],
    message: { text: `${template?.shortDescription?.text ?? template?.fullDescription?.text ?? "What the check looks for"}: place ${port} of repository ${host}.` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 + ((port * 7) % 900), snippet: { text: `  call(${host}, ${port});` } } } }],
    partialFingerprints: { "primaryLocationLineHash/v1": `${(host * 1_000_003 + port).toString(16)}:${rule}` },
  });
}

function runHead(host: number, rules: ReadonlySet<number>, templates: SarifTemplates, wish: Wish): string {
  const described = [...rules].map((rule) => ({ ...templates[rule % templates.length], id: ruleId(templates[rule % templates.length], rule) }));
  const run = {
    tool: { driver: { name: "Example Analyzer", rules: described } }, invocations: [{ executionSuccessful: true, endTimeUtc: wish.takenAt.toISOString() }],
    versionControlProvenance: [{ repositoryUri: `https://git.example.test/grown/repository-${host}.git` }],
  };
  return `${JSON.stringify(run).slice(0, -1)},"results":[\n`;
}

/** A SARIF report with a run for each of these repositories, grown from the rules of another one; made as it is read, a repository at a time. */
export function grownSarif(templates: SarifTemplates, wish: Wish): GrownReport {
  const results = wish.hosts.reduce((sum, host) => sum + hostItems(host, wish).length, 0);
  async function* open(): AsyncGenerator<Uint8Array, void, undefined> {
    const encoder = new TextEncoder();
    let before = '{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[\n';
    for (const host of wish.hosts) {
      const items = hostItems(host, wish);
      const head = runHead(host, new Set(items.map(({ rule }) => rule)), templates, wish);
      yield encoder.encode(`${before}${head}${items.map((item) => resultText(host, item, templates)).join(",\n")}]}`);
      before = ",\n";
    }
    yield encoder.encode(wish.hosts.length === 0 ? `${before}]}` : "\n]}\n");
  }
  return { results, open };
}
