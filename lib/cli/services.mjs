// The two processes of the product: the web server, and the worker that does what need not happen at once.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root, typescript } from "./install.mjs";
import { hasEnded, sleep, startMark, stopChild } from "./processes.mjs";
import { say } from "./say.mjs";
import { atEnd, isEnding } from "./shutdown.mjs";

const NEXT = "node_modules/next/dist/bin/next";
const WORKER = "lib/worker/main.ts";
const WITH_PARENT = new URL("with-parent.mjs", import.meta.url).href;
const PEER_ADDRESS = new URL("peer-address.mjs", import.meta.url).href;
const BANNER = /^\s*(▲|- (Local|Network|Environments)|✓ (Starting|Ready|Running)|$)/; // we say the address ourselves

const children = new Map();

/** What a later start needs to find these processes again, should this one be killed. */
export const childMarks = () => [...children.values()].filter((child) => !hasEnded(child)).map(({ pid }) => ({ pid, mark: startMark(pid) }));

/** A child in a group of its own: Ctrl-C reaches us alone, and we decide the order. */
function open(name, args, options) {
  const env = { ...options.env, DOCKET_LAUNCHER: String(process.pid) };
  const child = spawn(process.execPath, ["--import", WITH_PARENT, ...args], { cwd: root, detached: true, ...options, env });
  child.stdin.on("error", () => {}); // it ends before we do
  children.set(name, child);
  return child;
}

/** Starts Next; `onExit` hears when it ends by itself. */
export function startWeb({ env, dev, onExit }) {
  const claimed = env.DOCKET_PROXY === "1" ? [] : ["--import", PEER_ADDRESS];
  const args = [...claimed, NEXT, dev ? "dev" : "start", "-p", env.PORT, "-H", env.HOST];
  const child = open("web", args, { env: { ...env, NODE_ENV: dev ? "development" : "production" }, stdio: ["pipe", "pipe", "inherit"] });
  child.stdout.setEncoding("utf8").on("data", (text) => {
    const lines = text.split("\n").filter((line) => !BANNER.test(stripVTControlCharacters(line)));
    if (lines.length) console.log(lines.join("\n"));
  });
  atEnd(() => stopChild(child, 8000, true));
  child.once("exit", (code) => isEnding() || onExit(code ?? 1));
}

/** Resolves when the web server answers; whatever it says, it is listening. */
export async function webAnswers(address, patience = 60_000) {
  for (const began = Date.now(); Date.now() - began < patience && !isEnding(); await sleep(50)) {
    try {
      await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
      return true;
    } catch {
      // not yet
    }
  }
  return false;
}

/** Starts the worker and starts it again when it dies: after 1 s, 2 s, 4 s … 30 s; from 1 s again when it had run for a minute. */
export function startWorker({ env, dev, onChange = () => {} }) {
  if (!fs.existsSync(path.join(root, WORKER))) return false;
  let wait = 1000;
  let timer;
  const launch = () => {
    const began = Date.now();
    const args = [...(dev ? ["--watch"] : []), ...typescript(WORKER)];
    const child = open("worker", args, { env: { ...env, NODE_ENV: dev ? "development" : "production" }, stdio: ["pipe", "inherit", "inherit"] });
    onChange();
    child.once("exit", (code, signal) => {
      if (isEnding()) return;
      wait = Date.now() - began > 60_000 ? 1000 : wait;
      say(`the worker ended (${signal ?? code}); starting it again in ${wait / 1000} s`);
      timer = setTimeout(launch, wait);
      wait = Math.min(wait * 2, 30_000);
    });
  };
  atEnd(() => {
    clearTimeout(timer);
    return stopChild(children.get("worker"), 8000, true);
  });
  launch();
  return true;
}
