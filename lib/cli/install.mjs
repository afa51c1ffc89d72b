// The packages: installed when absent or when the lockfile asks for others. Node's own modules only.
import fs from "node:fs";
import path from "node:path";
import { withLock } from "./locks.mjs";
import { run } from "./processes.mjs";
import { say, Trouble } from "./say.mjs";

export const root = path.resolve(import.meta.dirname, "../..");

/**
 * The packages that the lockfile asks for and node_modules has not, in that version. Those for other machines are no loss.
 * @param {object} wanted package-lock.json
 * @param {object} present node_modules/.package-lock.json, npm's own note of what it installed
 */
export function missingPackages(wanted, present) {
  const entries = Object.entries(wanted.packages).filter(([place, entry]) => place !== "" && !entry.optional && !entry.devOptional);
  return entries.filter(([place, { version }]) => present.packages?.[place]?.version !== version).map(([place]) => place);
}

/** What runs a TypeScript file, from whatever folder we are in. Only once the packages are there. */
export const typescript = (script) => ["--import", import.meta.resolve("tsx"), path.join(root, script)];

/** Where it finds the paths of `@/…`. */
export const typescriptEnv = { TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json") };

function isInstalled() {
  const read = (file) => JSON.parse(fs.readFileSync(path.join(root, file), "utf8"));
  try {
    return missingPackages(read("package-lock.json"), read("node_modules/.package-lock.json")).length === 0;
  } catch {
    return false; // nothing installed, or a broken note of it
  }
}

/** Runs `npm ci` when something is missing; two programs at once install once. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await withLock(path.join(root, ".install.lock"), async () => {
    if (isInstalled()) return;
    say("installing packages (one to two minutes the first time)");
    // Install scripts would download Prisma's engines; nothing here needs one. Tools for building count as dev.
    const args = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const { code, output } = await run(...npm(args), { cwd: root, quiet: true });
    if (code !== 0) throw new Trouble(`npm ci failed:\n${output.trim()}`);
    say("packages installed");
  });
}

/** npm as it was started, so that one found by no PATH still works. */
function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) return [process.execPath, [script, ...args]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", args];
}
