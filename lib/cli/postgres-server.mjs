// One PostgreSQL cluster: created, found running, launched. The rules of who may use it are in embedded-pg.mjs.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { commandOf, freePort, isAlive, portOpen, sleep } from "./processes.mjs";

const PREFERRED_PORT = 54329;

const urlOf = (server, port) => `postgresql://postgres:${server.password}@127.0.0.1:${port}/${server.database}`;

/** initdb into a folder beside, then renamed: a cluster is there whole or not at all. */
export function createCluster({ who, home, data, programs: { initdb }, password }, careless) {
  if (fs.existsSync(path.join(data, "PG_VERSION"))) return false;
  const fresh = `${data}.new`;
  const passwordFile = path.join(home, "password.new");
  for (const target of [data, fresh, passwordFile]) fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(fresh, { mode: 0o700 });
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (who.uid !== undefined) for (const target of [fresh, passwordFile]) fs.chownSync(target, who.uid, who.gid);

  const args = ["-D", fresh, "-U", "postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8",
    "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions", ...(careless ? ["--no-sync"] : [])];
  try {
    execFileSync(initdb, args, { ...who, cwd: home, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    throw new Error(`the database could not be created in ${home}: ${String(error.stderr ?? error.message).trim()}`);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.renameSync(fresh, data);
  return true;
}

/** The server that already runs on this data, or null; a pid file whose process is gone or is no PostgreSQL is cleared. */
export async function attach(server) {
  const pidFile = path.join(server.data, "postmaster.pid");
  if (!fs.existsSync(pidFile)) return null;
  const [first, , , port] = fs.readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(first);
  const url = urlOf(server, Number(port));
  if (isPostgres(pid) && (await portOpen(Number(port))) && (await comesUp(url, () => isPostgres(pid)))) {
    return { url, pid, attached: true };
  }

  for (let i = 0; i < 100 && isPostgres(pid); i++) await sleep(100); // one that is just shutting down
  if (isPostgres(pid)) throw new Error(`PostgreSQL (process ${pid}) holds ${server.data} but does not answer on port ${port}`);
  fs.rmSync(pidFile, { force: true });
  return null;
}

export const isPostgres = (pid) => isAlive(pid) && commandOf(pid).includes("postgres");

/** SIGINT ends the sessions and writes everything down; SIGQUIT does not wait, and costs a recovery at the next start. */
export async function stopByPid(pid) {
  for (const signal of ["SIGINT", "SIGQUIT"]) {
    if (!isPostgres(pid)) return;
    process.kill(pid, signal);
    for (let i = 0; i < 400 && isPostgres(pid); i++) await sleep(25);
  }
}

/**
 * A quarter of the machine for the database's own cache, 128 MB to 2 GB, and room for an import's log between two checkpoints:
 * PostgreSQL's defaults are those of a machine of twenty years ago.
 * @param {number} bytes what the machine has
 */
export function memoryFlags(bytes) {
  const cache = Math.min(2_048, Math.max(128, Math.floor(bytes / 4 / 1024 ** 2)));
  return ["-c", `shared_buffers=${cache}MB`, "-c", `max_wal_size=${cache >= 512 ? 2 : 1}GB`];
}

export async function launch(server, flags) {
  const wanted = server.port ?? PREFERRED_PORT;
  const port = (await portOpen(wanted)) ? await freePort() : wanted;
  const args = ["-D", server.data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=100", ...memoryFlags(Math.min(os.totalmem(), process.constrainedMemory() || Infinity)), ...flags];
  const log = path.join(server.home, "postgres.log");
  const out = fs.openSync(log, "w", 0o600);
  // Detached: Ctrl-C reaches the whole group, and the database must outlive the web server.
  const child = spawn(server.programs.postgres, args, {
    ...server.who, cwd: server.home, detached: true, stdio: ["ignore", out, out], env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
  });
  fs.closeSync(out);
  let ended = false;
  child.once("exit", () => (ended = true)).once("error", () => (ended = true));

  const url = urlOf(server, port);
  const up = await comesUp(url, () => !ended);
  if (!up) throw new Error(`PostgreSQL did not start: ${fs.readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" / ")}`);
  return { url, pid: child.pid, attached: false };
}

/** Throws the database away, with whoever is connected, and makes a new one. */
export async function recreateDatabase(url) {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  await asAdmin(url, (client) => client.query(`drop database if exists ${client.escapeIdentifier(database)} with (force)`));
  await createDatabase(url, database);
}

/** One statement as the superuser on the maintenance database. */
async function asAdmin(url, work) {
  const { default: pg } = await import("pg");
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.href, connectionTimeoutMillis: 2000 });
  client.on("error", () => {}); // the server may go while we talk; the query itself reports it
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Waits while the server recovers; gives up when its process has ended, or after half a minute, or at a foreign server's "wrong password". */
async function comesUp(url, stillRuns) {
  for (let i = 0; i < 300 && stillRuns(); i++) {
    try {
      await asAdmin(url, (client) => client.query("select 1"));
      return true;
    } catch (error) {
      if (error.code === "28P01") return false;
    }
    await sleep(i < 20 ? 25 : 100);
  }
  return false;
}

/** Creates the database unless it is there. */
export async function createDatabase(url, database) {
  await asAdmin(url, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`);
  });
}
