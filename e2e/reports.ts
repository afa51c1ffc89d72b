/** A report as a browser drops it: a name and its bytes. */
export type Report = { name: string; mimeType: string; buffer: Buffer };

export type Weakness = {
  rule: string;
  title: string;
  /** 0 to 10, as `security-severity`: from 9 critical, 7 high, 4 medium */
  score?: number;
  file?: string;
  message?: string;
  snippet?: string;
  help?: string;
  helpUri?: string;
};

export type Terms = { taken?: Date; name?: string; tool?: string; repository?: string };

const HOUR = 3_600_000;

export function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * HOUR);
}

/** A SARIF 2.1.0 report as code scanners write it: one run over one repository. */
export function sarif(weaknesses: readonly Weakness[], { taken = hoursAgo(1), name = "scan.sarif", tool = "Acme Code Check", repository = "https://git.example.test/shop/web.git" }: Terms = {}): Report {
  const rules = weaknesses.map(({ rule, title, score = 5, help, helpUri }) => ({
    id: rule, shortDescription: { text: title }, help: help ? { text: help } : undefined, helpUri, properties: { "security-severity": String(score) },
  }));
  const results = weaknesses.map(({ rule, title, file = "src/app.ts", message, snippet }, ruleIndex) => ({
    ruleId: rule, ruleIndex, message: { text: message ?? `${title} in ${file}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 12, ...(snippet ? { snippet: { text: snippet } } : {}) } } }],
    partialFingerprints: { primaryLocationLineHash: Buffer.from(rule).toString("hex") },
  }));
  return jsonReport(name, {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [{
      tool: { driver: { name: tool, rules } }, results,
      invocations: [{ executionSuccessful: true, endTimeUtc: taken.toISOString() }],
      versionControlProvenance: [{ repositoryUri: repository }],
    }],
  });
}

export function jsonReport(name: string, value: unknown): Report {
  return textReport(name, JSON.stringify(value), "application/json");
}

export function textReport(name: string, text: string, mimeType = "text/plain"): Report {
  return { name, mimeType, buffer: Buffer.from(text) };
}

/** So many weaknesses of falling severity: "Weakness 01", "Weakness 02" … in files of their own. */
export function weaknesses(count: number): Weakness[] {
  return Array.from({ length: count }, (_, index) => {
    const name = String(index + 1).padStart(2, "0");
    return { rule: `rule-${name}`, title: `Weakness ${name}`, score: Math.max(0.5, 9.5 - index * 0.5), file: `src/part-${name}.ts` };
  });
}
