import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { missingPackages } from "./install.mjs";
import { lockHolder, takeLock, withLock } from "./locks.mjs";
import { freePort, startMark } from "./processes.mjs";
import { demoAccountsAllowed, keptSecret, publicAddress } from "./surroundings.mjs";

vi.setConfig({ testTimeout: 60_000 }); // whole programs are started here

const root = path.resolve(import.meta.dirname, "../..");
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "launcher "));
  folders.push(made);
  return made;
}

type Ended = { code: number | null; out: string; err: string };

function launch(script: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(root, "lib/cli", script), ...args], { env: { PATH: process.env.PATH, NODE_ENV: "test", ...env } });
  children.push(child);
  const heard = { out: "", err: "" };
  child.stdout.on("data", (piece: Buffer) => (heard.out += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (heard.err += piece.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...heard })));
}

test("a busy port is one line and exit code 1, and leaves no lock behind", async () => {
  const data = folder();
  const port = await freePort();
  const squatter = net.createServer().listen(port, "127.0.0.1");
  const { code, err } = await launch("start.mjs", [], { DOCKET_DATA_DIR: data, PORT: String(port) });
  squatter.close();

  expect({ code, err }).toEqual({ code: 1, err: `docket: port ${port} on 127.0.0.1 is in use: stop what listens there, or choose another with PORT=${port + 1}\n` });
  expect(fs.readdirSync(data)).toEqual([]);
});

test("a wrong variable is one line and exit code 1", async () => {
  const { code, err } = await launch("start.mjs", [], { DOCKET_DATA_DIR: folder(), PORT: "three" });
  expect({ code, err }).toEqual({ code: 1, err: 'docket: PORT must be a port number (it is "three")\n' });
});

test("a host of another machine is one line", async () => {
  const { code, err } = await launch("start.mjs", [], { DOCKET_DATA_DIR: folder(), HOST: "203.0.113.7" });
  expect({ code, err }).toEqual({ code: 1, err: "docket: HOST 203.0.113.7 is no address of this machine\n" });
});

test("a second start names the first", async () => {
  const data = folder();
  const first = takeLock(path.join(data, "start.lock"));
  if (!first.held) throw new Error("the folder is new: nobody can hold its lock");
  first.write({ address: "http://127.0.0.1:3000" });
  const { code, err } = await launch("start.mjs", [], { DOCKET_DATA_DIR: data });

  expect(code).toBe(1);
  expect(err).toBe(`docket: already running here at http://127.0.0.1:3000 (process ${process.pid}): stop that one first, or set DOCKET_DATA_DIR and PORT\n`);
  expect(lockHolder(path.join(data, "start.lock"))).toMatchObject({ pid: process.pid }); // and does not take it away
});

test("a database that nobody answers at is one line", async () => {
  const port = await freePort();
  const { code, err } = await launch("docket.mjs", ["doctor"], { DOCKET_DATA_DIR: folder(), DATABASE_URL: `postgresql://a:b@127.0.0.1:${port}/c` });
  expect(code).toBe(1);
  expect(err).toMatch(/^docket: the database cannot be reached: .*\n$/);
});

test("web server and worker do not outlive a launcher that was killed outright", async () => {
  const child = spawn(process.execPath, ["--import", path.join(root, "lib/cli/with-parent.mjs"), "-e", "setInterval(() => {}, 1000)"], {
    stdio: ["pipe", "ignore", "inherit"],
    env: { ...process.env, DOCKET_LAUNCHER: String(process.pid) },
  });
  children.push(child);
  const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
  child.stdin.end(); // what the kernel does for the dead
  expect(await ended).toBe("SIGTERM");
});

test("a lock is taken over from the dead, also from one whose number lives again", () => {
  const file = path.join(folder(), "lock");
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, mark: `${startMark(process.pid)}0`, children: [1, 2] }));
  expect(lockHolder(file)).toBeNull();
  expect(takeLock(file)).toMatchObject({ held: true, left: { children: [1, 2] } });
  expect(takeLock(file)).toMatchObject({ held: false, holder: { pid: process.pid } });
});

test("work under one lock is done one after the other", async () => {
  const file = path.join(folder(), "lock");
  const order: string[] = [];
  const piece = (name: string) => withLock(file, async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${name} ends`);
  });
  await Promise.all([piece("a"), piece("b")]);
  expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

test("a package in another version is missing, one for another machine is not", () => {
  const wanted = { packages: { "": {}, "node_modules/a": { version: "2.0.0" }, "node_modules/b": { version: "1.0.0" }, "node_modules/win": { version: "1.0.0", optional: true } } };
  expect(missingPackages(wanted, { packages: { "node_modules/a": { version: "1.9.0" }, "node_modules/b": { version: "1.0.0" } } })).toEqual(["node_modules/a"]);
});

test("a secret is made once and kept from other users", () => {
  const data = folder();
  const made = keptSecret(data, "secret-key");
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(keptSecret(data, "secret-key")).toBe(made);
  expect(fs.statSync(path.join(data, "secret-key")).mode & 0o777).toBe(0o600);
});

test.each([
  [{ HOST: "127.0.0.1" }, true],
  [{ HOST: "0.0.0.0" }, false],
  [{ HOST: "docket.example.org" }, false],
  [{ HOST: "0.0.0.0", DOCKET_DEMO: "1" }, true],
  [{ HOST: "127.0.0.1", DATABASE_URL: "postgresql://db/x" }, false],
  [{ HOST: "127.0.0.1", DATABASE_URL: "postgresql://db/x", DOCKET_DEMO: "1" }, true],
  [{ HOST: "127.0.0.1", DOCKET_DEMO: "0" }, false],
])("demo accounts with %o: %s", (environment, allowed) => {
  expect(demoAccountsAllowed({ DOCKET_DEMO: undefined, DATABASE_URL: undefined, ...environment })).toBe(allowed);
});

test.each([
  [{ HOST: "127.0.0.1", PORT: 3000 }, "http://127.0.0.1:3000"],
  [{ HOST: "0.0.0.0", PORT: 80 }, "http://localhost:80"],
  [{ HOST: "::1", PORT: 3000 }, "http://[::1]:3000"],
  [{ HOST: "127.0.0.1", PORT: 3000, AUTH_URL: "https://docket.example.org/" }, "https://docket.example.org"],
])("the address of %o is %s", (environment, address) => {
  expect(publicAddress({ AUTH_URL: undefined, ...environment })).toBe(address);
});
