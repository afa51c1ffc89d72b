// Processes, ports and locks. Node's own modules only: this runs before anything is installed.
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

/**
 * Takes a lock file that names its holder.
 * @returns {{ held: true, write(more: object): void, release(): void } | { held: false, holder: object }}
 */
export function takeLock(file) {
  const mine = { pid: process.pid, mark: startMark(process.pid) };
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      fs.writeFileSync(file, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
      return lockOf(file, mine);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = lockHolder(file);
    if (holder) return { held: false, holder };
    fs.rmSync(file, { force: true }); // its holder was killed
  }
  return { held: false, holder: { pid: 0 } };
}

function lockOf(file, mine) {
  return {
    held: true,
    write: (more) => {
      fs.writeFileSync(`${file}.new`, JSON.stringify({ ...mine, ...more }), { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    },
    release: () => fs.rmSync(file, { force: true }),
  };
}

/** Who holds that lock now (what it wrote there), or null when the file is absent or its holder is gone. */
export function lockHolder(file) {
  try {
    const holder = JSON.parse(fs.readFileSync(file, "utf8"));
    return isAlive(holder.pid) && startMark(holder.pid) === holder.mark ? holder : null;
  } catch {
    return null;
  }
}

/** Runs a program to its end and gives its exit code; a signal counts as 1. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    child.once("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/** Asks a child to stop, and makes it stop when it has not within the given milliseconds. */
export async function stopChild(child, patience = 8000) {
  if (!child || hasEnded(child)) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), patience);
  await gone;
  clearTimeout(late);
}
