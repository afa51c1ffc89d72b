// Processes and ports. Node's own modules only: this runs before anything is installed.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether something accepts connections on that port, within a second. */
export function portOpen(port, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host });
    const answer = (open) => {
      socket.destroy();
      resolve(open);
    };
    socket.setTimeout(1000, () => answer(false));
    socket.once("connect", () => answer(true)).once("error", () => answer(false));
  });
}

/** The reason why that address cannot be listened on ("EADDRINUSE", "EACCES", …), or null. */
export function whyNotListen(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(error.code ?? String(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** A loopback port that nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address.port));
    });
  });
}

/** Alive and no zombie; another user's process counts as alive. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return processState(pid) !== "Z";
}

function procStat(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" "); // the name may hold blanks and brackets
  } catch {
    return null;
  }
}

function processState(pid) {
  return procStat(pid)?.[0] ?? "?";
}

/** A mark that tells two processes with the same number apart: when the process was started. */
export function startMark(pid) {
  const stat = procStat(pid);
  if (stat) return stat[19];
  if (process.platform === "linux" || process.platform === "win32") return "";
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

/** The command line of a process, or "" where it cannot be read. */
export function commandOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    if (process.platform === "linux" || process.platform === "win32") return "";
  }
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}

const running = new Set();

/**
 * Runs a program to its end.
 * @returns {Promise<{ code: number, output: string }>} a signal counts as 1; output only where `quiet` keeps it from the screen
 */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit", ...options });
    let output = "";
    const keep = (piece) => (output = (output + piece).slice(-20_000));
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", keep);
    const end = (code) => {
      running.delete(child);
      resolve({ code, output });
    };
    running.add(child);
    child.once("error", (error) => {
      keep(`${command}: ${error.message}`);
      end(127);
    });
    child.once("close", (code) => end(code ?? 1));
  });
}

/** Ends the programs that `run` still waits for. */
export const stopRunning = () => Promise.all([...running].map((child) => stopChild(child)));

export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/** Asks a child to stop, and makes it stop when it has not within the given milliseconds. A leader takes its group along. */
export async function stopChild(child, patience = 8000, group = false) {
  if (!child || child.pid === undefined || hasEnded(child)) return;
  const send = (signal) => {
    try {
      process.kill(group ? -child.pid : child.pid, signal);
    } catch {
      // it has just gone
    }
  };
  const gone = new Promise((resolve) => child.once("exit", resolve));
  send("SIGTERM");
  const late = setTimeout(() => send("SIGKILL"), patience);
  await gone;
  clearTimeout(late);
  if (group) send("SIGKILL"); // what a dead leader left behind
}

/** Ends a process that is no child of ours, group and all; `mark` guards against a number used again. */
export async function stopLeftover({ pid, mark }) {
  if (!isAlive(pid) || startMark(pid) !== mark) return;
  for (const signal of ["SIGTERM", "SIGKILL"]) {
    try {
      process.kill(-pid, signal);
    } catch {
      return;
    }
    for (let i = 0; i < 60 && isAlive(pid); i++) await sleep(50);
  }
}
