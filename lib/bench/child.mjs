// A process of the bench on a database of its own. The caller's variables go along.
import { spawn } from "node:child_process";
import path from "node:path";

const PROGRAM = path.resolve(import.meta.dirname, "one-import.ts");

/**
 * Starts one-import.ts on that database and hands it what it is asked.
 * @param {string} url
 * @param {unknown} asked
 * @returns {{ pid: number | undefined, kill(): void, done: Promise<{ code: number | null, last: string }> }}
 */
export function startChild(url, asked) {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM], {
    env: { ...process.env, DATABASE_URL: url }, stdio: ["pipe", "pipe", "inherit"], cwd: path.resolve(import.meta.dirname, "../.."),
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
