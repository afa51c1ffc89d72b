// npm start and npm run dev: everything from a bare clone to a page in the browser. Until the packages are installed
// only Node's own modules may be used here, hence the imports further down.
import path from "node:path";
import { ensureInstalled, root } from "./install.mjs";
import { takeLock } from "./locks.mjs";
import { stopLeftover } from "./processes.mjs";
import { say, Trouble } from "./say.mjs";
import { atEnd, conduct, end, endOnSignals, isEnding } from "./shutdown.mjs";
import { checkedEnvironment, dataFolder, publicAddress, refuseBusyPort, surroundings } from "./surroundings.mjs";

const dev = process.argv.includes("--dev");
const DEMO_ACCOUNTS = ["analyst", "manager", "auditor", "admin", "viewer"].map((name) => `${name}@demo.test`);

/** One start per data folder. What a killed one left running is ended first. */
async function takeStartLock(file) {
  const lock = takeLock(file);
  if (!lock.held) {
    const { pid, address } = lock.holder;
    throw new Trouble(`already running here${address ? ` at ${address}` : ""} (process ${pid}): stop that one first, or set DOCKET_DATA_DIR and PORT`);
  }
  atEnd(() => lock.release());
  await Promise.all((lock.left?.children ?? []).map(stopLeftover));
  return lock;
}

async function openDatabase(environment, folder) {
  if (environment.DATABASE_URL) return environment.DATABASE_URL;
  const { startEmbedded } = await import("./embedded-pg.mjs");
  const database = await startEmbedded({ dir: folder });
  atEnd(() => database.stop());
  say(database.attached ? "embedded PostgreSQL found running" : "embedded PostgreSQL started");
  keepAlive(database);
  return database.url;
}

/** A database that dies under us comes back by itself, on its port: the pools reconnect. */
function keepAlive(database) {
  const look = async () => {
    try {
      if (await database.revive()) say("embedded PostgreSQL had died and was started again");
    } catch (error) {
      if (!isEnding()) say(`embedded PostgreSQL has died and does not start: ${error.message}`);
    }
    if (!isEnding()) setTimeout(look, 1000).unref();
  };
  setTimeout(look, 1000).unref();
}

async function fillDatabase(environment, folder) {
  const url = await openDatabase(environment, folder);
  const { prepareDatabase } = await import("./database-in-use.mjs");
  const env = surroundings(environment, folder, url);
  const applied = await prepareDatabase(url, env.DOCKET_SECRET_KEY);
  if (applied.length) say(`${applied.length} migrations applied`);
  const { ensureDemo } = await import("./demo.mjs");
  await ensureDemo({ environment, folder, url, env });
  return env;
}

async function greet(address, env) {
  const { hasDemoAccounts } = await import("./demo.mjs");
  say(`ready: ${address}`);
  if (env.DOCKET_DEMO_ACCOUNTS === "1" && (await hasDemoAccounts(env.DATABASE_URL))) {
    console.log(`          sign in as ${DEMO_ACCOUNTS.join(", ")}`);
    console.log("          with the password docket-demo");
  }
  if (address.startsWith("https:") && process.env.DOCKET_PROXY === undefined) {
    console.log("          https comes from a proxy in front: DOCKET_PROXY=1 tells callers apart by the address that it appends to X-Forwarded-For; 0 counts them as one");
  }
  console.log("          Ctrl-C stops everything");
}

async function main() {
  process.chdir(root);
  endOnSignals({ announce: true });
  const folder = dataFolder();
  const lock = await takeStartLock(path.join(folder, "start.lock"));
  await ensureInstalled();
  const environment = await checkedEnvironment();
  await refuseBusyPort(environment);

  const { ensureBuild, ensureClient } = await import("./build-stamp.mjs");
  await ensureClient();
  const [env] = await Promise.all([fillDatabase(environment, folder), dev || ensureBuild()]);
  if (isEnding()) return undefined;

  const address = publicAddress(environment);
  const services = await import("./services.mjs");
  const note = () => lock.write({ address, databaseUrl: env.DATABASE_URL, children: services.childMarks() });
  services.startWeb({ env, dev, onExit: (code) => void webEnded(code) });
  if (environment.DOCKET_WORKER === "1") services.startWorker({ env, dev, onChange: note });
  note();
  const listening = `http://${environment.HOST.includes(":") ? `[${environment.HOST}]` : environment.HOST}:${environment.PORT}/api/health`;
  if (await services.webAnswers(listening.replace("//0.0.0.0", "//127.0.0.1").replace("//[::]", "//[::1]"))) await greet(address, env);
  return undefined;
}

async function webEnded(code) {
  say(`the web server ended (${code}): stopping`);
  await end(code || 1);
}

await conduct(main);
