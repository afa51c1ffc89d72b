import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandit } from "./bandit";
import type { Importer } from "./contract";
import { readAll, sarifOf } from "./samples/reading-samples";
import { sarif } from "./sarif";
import { semgrep } from "./semgrep";

// What editing does to a report: lines shift, files move. Identity is asked of whole reports, as each tool writes them.

type Hit = { rule: string; file: string; line: number; text: string; message: string };
type Edit = { lines: number; folder: string };

/** The message quotes its line, as many tools do. */
const saidOf = ({ message, file, line }: Hit): string => `${message} at ${file}:${String(line)}, line ${String(line)}`;

const WRITERS: readonly { importer: Importer; write: (hits: readonly Hit[]) => string }[] = [
  {
    importer: sarif,
    write: (hits) => sarifOf(hits.map((hit) => JSON.stringify({
      ruleId: hit.rule, message: { text: saidOf(hit) },
      locations: [{ physicalLocation: { artifactLocation: { uri: hit.file }, region: { startLine: hit.line, endLine: hit.line + 1, snippet: { text: hit.text } } } }],
    })).join(",")),
  },
  {
    importer: semgrep,
    write: (hits) => JSON.stringify({
      version: "1.90.0", errors: [], paths: { scanned: [] },
      results: hits.map((hit) => ({
        check_id: hit.rule, path: hit.file, start: { line: hit.line, col: 1, offset: hit.line * 40 }, end: { line: hit.line, col: 9, offset: hit.line * 40 + 8 },
        extra: { message: saidOf(hit), severity: "ERROR", lines: hit.text, metadata: {} },
      })),
    }),
  },
  {
    importer: bandit,
    write: (hits) => JSON.stringify({
      errors: [], generated_at: "2026-01-01T00:00:00Z", metrics: {},
      results: hits.map((hit) => ({
        code: `${String(hit.line - 1)} before\n${String(hit.line)} ${hit.text}\n${String(hit.line + 1)} after\n`, filename: hit.file, issue_severity: "HIGH", issue_text: saidOf(hit),
        issue_confidence: "HIGH", line_number: hit.line, line_range: [hit.line], test_id: hit.rule, test_name: "check",
      })),
    }),
  },
];

const word = fc.stringMatching(/^[a-z]{3,8}$/);
const hits = fc.uniqueArray(
  fc.record({
    rule: fc.constantFrom("B101", "B102", "B103"), file: word.map((name) => `src/${name}.py`), line: fc.integer({ min: 2, max: 9_000 }),
    text: word.map((name) => `run(${name})`), message: word,
  }),
  { minLength: 1, maxLength: 8, selector: ({ rule, text }) => `${rule} ${text}` },
);

const edited = (all: readonly Hit[], { lines, folder }: Edit): Hit[] => all.map((hit) => ({ ...hit, line: hit.line + lines, file: hit.file.replace("src/", folder) }));

async function identities(importer: Importer, report: string): Promise<{ fingerprint: string; context: string | null; location: string }[]> {
  const { results, rejected } = await readAll(importer, report);
  expect(rejected).toEqual([]);
  return results.map(({ fingerprint, context, location }) => ({ fingerprint, context, location }));
}

describe.each(WRITERS)("$importer.label", ({ importer, write }) => {
  it("knows every weakness again when all lines of a report shift", async () => {
    await fc.assert(fc.asyncProperty(hits, fc.integer({ min: 1, max: 500 }), async (found, lines) => {
      const [before, after] = [await identities(importer, write(found)), await identities(importer, write(edited(found, { lines, folder: "src/" })))];
      expect(before).toHaveLength(found.length);
      expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
      expect(after.map(({ location }) => location)).not.toEqual(before.map(({ location }) => location));
    }), { numRuns: 40 });
  });

  it("tells a moved file by another fingerprint and the same context, of which there is one for each rule and text", async () => {
    await fc.assert(fc.asyncProperty(hits, fc.integer({ min: 0, max: 500 }), async (found, lines) => {
      const [before, after] = [await identities(importer, write(found)), await identities(importer, write(edited(found, { lines, folder: "lib/deep/" })))];
      expect(after.map(({ context }) => context)).toEqual(before.map(({ context }) => context));
      expect(new Set(before.map(({ context }) => context)).size).toBe(found.length);
      expect(before.every(({ context }) => context !== null)).toBe(true);
      for (const [at, { fingerprint }] of after.entries()) expect(fingerprint).not.toBe(before[at]?.fingerprint);
    }), { numRuns: 40 });
  });
});
