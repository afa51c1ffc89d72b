import fc from "fast-check";
import { z } from "zod";
import { expect, test } from "vitest";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { later, observe, scannerStatus, type Detection } from "@/lib/domain/finding/detection";
import { makeEnvironment } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const base = Date.parse("2026-01-01T00:00:00Z");
const NAMES = ["a", "b", "c", "d"];

const step = fc.record({
  minute: fc.integer({ min: 0, max: 6 }),
  sees: fc.subarray(NAMES),
  look: fc.constantFrom("full", "full", "full", "failed", "torn", "partial", "rules", "paths", "both", "unread"),
  names: fc.subarray(NAMES, { minLength: 1 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What the request says of each kind of look, and which findings it covers. */
const OPTIONS: Record<Step["look"], (names: readonly string[]) => Record<string, unknown>> = {
  full: () => ({}),
  failed: () => ({}),
  torn: () => ({}),
  unread: () => ({}),
  partial: () => ({ scope: "partial" }),
  rules: (names) => ({ scope: "partial", scope_rules: names.map((name) => `rule-${name}`) }),
  paths: (names) => ({ scope: "partial", scope_paths: names.map((name) => `/srv/${name}`) }),
  both: (names) => ({ scope: "partial", scope_rules: names.map((name) => `rule-${name}`), scope_paths: ["/srv/a", "/srv/b"] }),
};

function covers({ look, names }: Step, name: string): boolean {
  if (look === "full") return true;
  if (look === "unread") return !names.includes(name);
  if (look === "rules" || look === "paths") return names.includes(name);
  return look === "both" && names.includes(name) && ["a", "b"].includes(name);
}

/** The domain's model of the same scans: a scope, and each finding by itself. */
class Model {
  scope: Date | null = null;
  readonly findings = new Map<string, Detection>();

  scan(one: Step): void {
    const takenAt = new Date(base + one.minute * 60_000);
    for (const name of NAMES) {
      const look = { takenAt, outcome: "completed" as const, covers: covers(one, name), sees: one.sees.includes(name) };
      const { finding } = observe(this.findings.get(name) ?? null, look, this.scope);
      if (finding) this.findings.set(name, finding);
    }
    if (one.look === "full") this.scope = later(this.scope, takenAt);
  }

  state(): Record<string, string> {
    return Object.fromEntries([...this.findings].sort().map(([name, finding]) => [name, told(finding, scannerStatus(finding))]));
  }
}

function told({ addedOn, lastSeenOn, lastScanned }: Detection, status: string): string {
  const minute = (date: Date | null) => (date === null ? "-" : (date.getTime() - base) / 60_000);
  return `${status} added ${minute(addedOn)} seen ${minute(lastSeenOn)} scanned ${minute(lastScanned)}`;
}

const stored = z.object({ title: z.string(), status: z.string(), addedOn: z.date(), lastSeenOn: z.date().nullable(), lastScanned: z.date().nullable() });

async function stateOf(environment: number): Promise<Record<string, string>> {
  const found = await rows(prisma, stored, sql`
    SELECT f.title, d.scanner_status AS status, d.added_on AS "addedOn", d.last_seen_on AS "lastSeenOn", d.last_scanned AS "lastScanned"
    FROM finding_detection d JOIN finding f USING (id) WHERE d.environment_id = ${environment} ORDER BY f.title`);
  return Object.fromEntries(found.map((one) => [one.title.replace("Weakness ", ""), told(one, one.status)]));
}

test("whatever scans come in whatever order, the set-based import ends where the model of one finding does", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
    const environment = await makeEnvironment();
    const model = new Model();
    for (const one of steps) {
      const options = OPTIONS[one.look](one.names);
      const done = await imported({ environment, takenAt: new Date(base + one.minute * 60_000), sees: one.sees, failed: one.look === "failed", rejected: one.look === "torn" ? 1 : 0, unread: one.look === "unread" ? one.names.map((name) => `/srv/${name}`) : [], options });
      expect(done.observed).toBe(done.new + done.persisting + done.refound + done.suppressed + done.duplicates_in_report + done.rejected);
      model.scan(one);
      expect(await stateOf(environment)).toEqual(model.state());
    }
  }), { numRuns: 30 });
}, 300_000);
