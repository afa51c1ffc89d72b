import { cruise, type ICruiseOptions, type IForbiddenRuleType, type IReporterOutput } from "dependency-cruiser";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

const floors: { forbidden: (IForbiddenRuleType & { name: string })[]; options: ICruiseOptions } = createRequire(import.meta.url)("./floors.cjs");

/** What is planted: the rule, the file that breaks it, and its text. A name ending in -imports stands for a row of the table. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  ["app-imports", "app/page.tsx", 'import "../lib/db/client";'],
  ["components-imports", "components/queue.tsx", 'import "../lib/commands/findings/close";'],
  ["actions-imports", "lib/actions/findings.ts", 'import "../gate/commit";'],
  ["worker-imports", "lib/worker/main.ts", 'import "../db/visible";'],
  ["cli-imports", "lib/cli/docket.ts", 'import "../actions/tickets";'],
  ["bench-imports", "lib/bench/main.ts", 'import "../doors/endpoint";'],
  ["commands-imports", "lib/commands/findings/assign.ts", 'import "../../outbound";'],
  ["queries-imports", "lib/queries/alerts.ts", 'import "../commands/findings/close";'],
  ["doors-imports", "lib/doors/session.ts", 'import "../queries/findings";'],
  ["gate-imports", "lib/gate/commit.ts", 'import "../doors/endpoint";'],
  ["plugins-imports", "lib/plugins/importers/trivy.ts", 'import "../../db/client";'],
  ["db-imports", "lib/db/visible.ts", 'import "../gate/read";'],
  ["domain-imports", "lib/domain/sla.ts", 'import "../env";'],
  ["env-imports", "lib/env.ts", 'import "./domain/severity";'],
  ["outbound-imports", "lib/outbound.ts", 'import "./db/client";'],
  ["no-circle", "lib/domain/egg.ts", 'import { hen } from "./hen"; export const egg = hen;'],
  ["components-take-types-from-queries", "components/screen.tsx", 'import { load } from "../lib/queries/findings"; load();'],
  ["commands-are-strangers", "lib/commands/findings/bulk.ts", 'import "./close";'],
  ["plug-ins-are-strangers", "lib/plugins/importers/nessus.ts", 'import "./sarif";'],
  ["only-the-registry-sees-plug-ins", "lib/worker/import.ts", 'import "../plugins/importers/sarif";'],
  ["only-db-opens-prisma", "lib/gate/read.ts", 'import { PrismaClient } from "../generated/prisma/client"; new PrismaClient();'],
  ["only-the-gate-writes-the-log", "lib/commands/findings/tag.ts", 'import "../../db/audit-log";'],
  ["domain-is-pure", "lib/domain/report.ts", 'import fs from "node:fs"; fs.readFileSync("x");'],
  ["network-through-outbound", "lib/commands/findings/route.ts", 'import http from "node:http"; http.get("http://x");'],
  ["testing-stays-in-tests", "lib/queries/make.ts", 'import "../testing/make";'],
  ["tests-are-not-imported", "lib/queries/tested.ts", 'import "./alerts.test";'],
];

/** The rest of the little house: what is imported has to be there to be found, and what is lawful must not be complained of. */
const LAWFUL: Readonly<Record<string, string>> = {
  "lib/db/client.ts": 'import { PrismaClient } from "../generated/prisma/client"; export const prisma = new PrismaClient();',
  "lib/db/audit-log.ts": "export const append = 1;",
  "lib/generated/prisma/client.ts": "export class PrismaClient {}",
  "lib/domain/severity.ts": "export const severities = 5;",
  "lib/domain/hen.ts": 'import { egg } from "./egg"; export const hen = egg;',
  "lib/commands/findings/close.ts": 'import "../../gate/permit"; import "./steps/lock"; import "../../domain/severity";',
  "lib/commands/findings/steps/lock.ts": "export const lock = 1;",
  "lib/gate/permit.ts": 'import "../db/client"; import "../db/audit-log";',
  "lib/queries/findings.ts": 'import "../gate/permit"; export type Row = { number: number }; export const load = () => 1;',
  "components/table.tsx": 'import type { Row } from "../lib/queries/findings"; import "../lib/domain/severity"; export const row: Row = { number: 1 };',
  "lib/doors/endpoint.ts": 'import "../gate/permit"; import "../db/client";',
  "lib/actions/tickets.ts": 'import "../commands/findings/close";',
  "lib/plugins/importers/sarif.ts": 'import "./contract"; import "../../domain/severity";',
  "lib/plugins/importers/contract.ts": "export const contract = 1;",
  "lib/plugins/importers/registry.ts": 'import "./sarif"; import "./contract";',
  "lib/worker/registry.ts": 'import "../plugins/importers/registry"; import "../commands/findings/close";',
  "lib/testing/make.ts": 'import "../db/client"; export const make = 1;',
  "lib/queries/alerts.test.ts": 'import "../testing/make";',
};

const cruised = z.object({ summary: z.object({ violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })) }) });

let house = "";
let seen: readonly string[] = [];

beforeAll(async () => {
  house = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "floors-")));
  for (const [file, text] of [...Object.entries(LAWFUL), ...PLANTED.map(([, file, text]): [string, string] => [file, text])]) {
    fs.mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
    fs.writeFileSync(path.join(house, file), text);
  }
  const { tsConfig: _, ...options } = floors.options;
  const { output }: IReporterOutput = await cruise(["app", "components", "lib"], {
    ...options,
    baseDir: house,
    validate: true,
    ruleSet: { forbidden: floors.forbidden },
  });
  seen = cruised.parse(output).summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
});

afterAll(() => fs.rmSync(house, { recursive: true, force: true }));

test.each(PLANTED)("%s is broken by %s", (rule, file) => {
  expect(seen).toContain(`${rule}: ${file}`);
});

test("every rule has a violation planted for it", () => {
  expect(PLANTED.map(([rule]) => rule).toSorted()).toEqual(floors.forbidden.map(({ name }) => name).toSorted());
});

test("what the table allows is not complained of", () => {
  const complaints = seen.filter((line) => Object.keys(LAWFUL).some((file) => line.endsWith(`: ${file}`)));
  expect(complaints).toEqual([]);
});
