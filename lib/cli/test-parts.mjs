// The parts of npm test: each runs one tool and says how many checks passed and failed.
import fs from "node:fs";
import path from "node:path";
import { ensureBuild } from "./build-stamp.mjs";
import { findBrowser } from "./browser.mjs";
import { root } from "./install.mjs";
import { freePort, run } from "./processes.mjs";
import { say } from "./say.mjs";
import { temporaryFolder } from "./test-postgres.mjs";

const tool = (place) => path.join(root, "node_modules", place);
const FLOORS = ["--config", "lib/floors.cjs", "--output-type", "err", "app", "components", "lib", "proxy.ts"];

/** A tool that has one answer: it counts as one check. */
async function single(name, command, env) {
  const began = performance.now();
  const { code, output } = await run(process.execPath, command, { cwd: root, quiet: true, env });
  say(`${name} ${code === 0 ? "passed" : "FAILED"} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) console.log(output.trim());
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

export const sum = (counts) => counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), { passed: 0, failed: 0 });

/** Lint, types and floors: two of them at a time. */
export async function fixed(env) {
  say("lint, types and floors");
  const present = FLOORS.filter((word) => !/^(app|components|lib|proxy\.ts)$/.test(word) || fs.existsSync(path.join(root, word)));
  const [lint, others] = await Promise.all([
    single("lint", [tool("eslint/bin/eslint.js"), "--max-warnings", "0", "."], env),
    single("types", [tool("typescript/bin/tsc"), "--noEmit"], env).then(async (types) =>
      sum([types, await single("floors", [tool("dependency-cruiser/bin/dependency-cruise.mjs"), ...present], env)]),
    ),
  ]);
  return sum([lint, others]);
}

/** Reads a tool's report; a tool that fell over before it could count has failed once. */
function counted(file, code, count) {
  const counts = fs.existsSync(file) ? count(JSON.parse(fs.readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A file that cannot be loaded has no tests to count, and a skipped test proves nothing: both have failed. */
function vitestCounts(report) {
  const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests + report.numTodoTests + broken };
}

const playwrightCounts = ({ stats, errors }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + stats.skipped + (stats.unexpected ? 0 : errors.length),
});

/** Unit and database tests; `projects` are Vitest's, `filters` narrow the files. */
export async function vitest(projects, filters, env) {
  const dir = temporaryFolder();
  const report = path.join(dir, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(process.execPath, [tool("vitest/vitest.mjs"), "run", ...projects.flatMap((name) => ["--project", name]), ...reporters, ...filters], { cwd: root, env });
  const counts = counted(report, code, vitestCounts);
  fs.rmSync(dir, { recursive: true, force: true });
  return counts;
}

/** The stories, in Chromium, against a Docket of their own: its own data folder, port and demo. */
export async function stories(filters, env) {
  if (!fs.existsSync(path.join(root, "e2e"))) return { passed: 0, failed: 0 };
  await ensureBuild();
  const browser = await findBrowser();
  say(`stories in ${browser}`);
  const dir = temporaryFolder();
  const report = path.join(dir, "playwright.json");
  const own = { ...env, CHROMIUM_PATH: browser, DOCKET_DATA_DIR: path.join(dir, "data"), PORT: String(await freePort()), DOCKET_E2E_REPORT: report };
  const { code } = await run(process.execPath, [tool("@playwright/test/cli.js"), "test", ...filters], { cwd: root, env: own });
  const counts = counted(report, code, playwrightCounts);
  fs.rmSync(dir, { recursive: true, force: true });
  return counts;
}
