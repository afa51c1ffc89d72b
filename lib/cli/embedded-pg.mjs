// The embedded PostgreSQL: a real server from an npm package, on loopback, under an unprivileged user.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { homeOf, programs, serviceUser } from "./postgres-files.mjs";
import { commandOf, freePort, isAlive, portOpen, sleep } from "./processes.mjs";

const MAJOR = "18";
const PREFERRED_PORT = 54329;

/** What may be lost with the machine: only for databases that are thrown away (tests). */
const CARELESS = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/**
 * Starts the server under `dir`, or attaches to the one that a killed launcher left running there.
 * @param {{ dir: string, database?: string, careless?: boolean, settings?: string[] }} options
 * @returns {Promise<{ url: string, pid: number, attached: boolean, created: boolean, stop(): Promise<void> }>}
 */
export async function startEmbedded({ dir, database = "docket", careless = false, settings = [] }) {
  const who = serviceUser();
  fs.mkdirSync(dir, { recursive: true, mode: who.uid === undefined ? 0o700 : 0o755 });
  const home = homeOf(dir, who);
  const server = { who, home, data: path.join(home, `pg${MAJOR}`), programs: programs(home, who), password: passwordOf(dir), database };

  const created = createCluster(server, careless);
  const left = await attach(server);
  if (left) return { ...left, created: await createDatabase(left.url, database) };

  const flags = [...(careless ? CARELESS : []), ...settings.flatMap((setting) => ["-c", setting])];
  return { ...(await launch(server, flags)), attached: false, created };
}

const urlOf = (server, port) => `postgresql://postgres:${server.password}@127.0.0.1:${port}/${server.database}`;

function passwordOf(dir) {
  const file = path.join(dir, "database-password");
  if (!fs.existsSync(file)) fs.writeFileSync(file, `${randomBytes(18).toString("hex")}\n`, { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

/** initdb into a folder beside, then renamed: a cluster is there whole or not at all. */
function createCluster({ who, home, data, programs: { initdb }, password }, careless) {
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
async function attach(server) {
  const pidFile = path.join(server.data, "postmaster.pid");
  if (!fs.existsSync(pidFile)) return null;
  const [first, , , port] = fs.readFileSync(pidFile, "utf8").split("\n");
  const pid = Number(first);
  const url = urlOf(server, Number(port));
  if (isPostgres(pid) && (await portOpen(Number(port))) && (await comesUp(url, () => isPostgres(pid)))) {
    return { url, pid, attached: true, stop: () => stopByPid(pid) };
  }

  for (let i = 0; i < 100 && isPostgres(pid); i++) await sleep(100); // one that is just shutting down
  if (isPostgres(pid)) throw new Error(`PostgreSQL (process ${pid}) holds ${server.data} but does not answer on port ${port}`);
  fs.rmSync(pidFile, { force: true });
  return null;
}

const isPostgres = (pid) => isAlive(pid) && commandOf(pid).includes("postgres");

async function stopByPid(pid) {
  if (!isPostgres(pid)) return;
  process.kill(pid, "SIGINT");
  for (let i = 0; i < 300 && isPostgres(pid); i++) await sleep(50);
}

async function launch(server, flags) {
  const port = (await portOpen(PREFERRED_PORT)) ? await freePort() : PREFERRED_PORT;
  const args = ["-D", server.data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=100", ...flags];
  const log = path.join(server.home, "postgres.log");
  const out = fs.openSync(log, "w", 0o600);
  // Detached: Ctrl-C reaches the whole group, and the database must outlive the web server.
  const child = spawn(server.programs.postgres, args, {
    ...server.who, cwd: server.home, detached: true, stdio: ["ignore", out, out], env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
  });
  fs.closeSync(out);
  const gone = new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  let ended = false;
  void gone.then(() => (ended = true));

  const url = urlOf(server, port);
  const up = await comesUp(url, () => !ended);
  if (!up) throw new Error(`PostgreSQL did not start: ${fs.readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" / ")}`);
  await createDatabase(url, server.database);
  const stop = async () => {
    if (!ended) child.kill("SIGINT");
    await gone;
  };
  return { url, pid: child.pid, stop };
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

async function createDatabase(url, database) {
  return asAdmin(url, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (rowCount) return false;
    await client.query(`create database ${client.escapeIdentifier(database)}`);
    return true;
  });
}
