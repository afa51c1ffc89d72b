// A process of the bench on a database of its own. The caller's variables go along.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * Starts a program of this folder on that database and hands it what it is asked.
 * @param {string} url
 * @param {unknown} asked
 * @param {string} [program]
 * @param {Record<string, string>} [variables]
 * @returns {{ pid: number | undefined, kill(): void, done: Promise<{ code: number | null, last: string }> }}
 */
export function startChild(url, asked, program = "one-import.ts", variables = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", path.resolve(import.meta.dirname, program)], {
    env: { ...process.env, ...variables, DATABASE_URL: url }, stdio: ["pipe", "pipe", "inherit"], cwd: path.resolve(import.meta.dirname, "../.."),
  });
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(asked));
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (piece) => (output += piece));
  const done = new Promise((resolve) => {
    child.once("error", () => resolve({ code: 127, last: "" }));
    child.once("close", (code) => resolve({ code, last: output.trim().split("\n").at(-1) ?? "" }));
  });
  return { pid: child.pid, kill: () => child.kill("SIGKILL"), done };
}

/**
 * Starts the web server as it was built, on the caller's database.
 * @param {number} port
 * @returns {{ stop(): void }}
 */
export function startWebServer(port) {
  const env = { ...process.env, NODE_ENV: "production", AUTH_SECRET: "b".repeat(64), AUTH_URL: `http://127.0.0.1:${port}` };
  const args = ["node_modules/next/dist/bin/next", "start", "-p", String(port), "-H", "127.0.0.1"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"], cwd: path.resolve(import.meta.dirname, "../..") });
  return { stop: () => child.kill("SIGTERM") };
}

/**
 * The web application as it is built, on that database.
 * @param {string} url
 * @param {string} address
 * @param {string} secret
 */
export function startWeb(url, address, secret) {
  const { port, hostname } = new URL(address);
  return spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-p", port, "-H", hostname], {
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: url, AUTH_URL: address, AUTH_SECRET: secret }, stdio: ["ignore", "ignore", "inherit"], cwd: path.resolve(import.meta.dirname, "../.."),
  });
}

const NEXT = path.resolve(import.meta.dirname, "../../node_modules/next/dist/bin/next");
const BARE = path.resolve(import.meta.dirname, "../../.docket/bench-bare");

/**
 * Builds the bare application of this folder, with what it is asked beside it: a copy under .docket, so that neither the product's build nor the source knows of it.
 * @param {unknown} asked
 * @returns {Promise<void>}
 */
export async function buildBare(asked) {
  fs.rmSync(BARE, { recursive: true, force: true });
  fs.cpSync(path.resolve(import.meta.dirname, "bare"), BARE, { recursive: true });
  fs.writeFileSync(path.join(BARE, "asked.json"), JSON.stringify(asked));
  const child = spawn(process.execPath, [NEXT, "build"], { env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }, stdio: ["ignore", "ignore", "inherit"], cwd: BARE });
  const code = await new Promise((resolve) => child.once("error", () => resolve(127)).once("close", resolve));
  if (code !== 0) throw new Error(`The bare application could not be built: ${code}.`);
}

/**
 * Starts it where it was built.
 * @param {string} address
 */
export function startBare(address) {
  const { port, hostname } = new URL(address);
  return spawn(process.execPath, [NEXT, "start", "-p", port, "-H", hostname], { env: { ...process.env, NODE_ENV: "production" }, stdio: ["ignore", "ignore", "inherit"], cwd: BARE });
}
