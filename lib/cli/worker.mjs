// npm run worker: a worker alone, for a second machine, or beside a start with DOCKET_WORKER=0.
import { ensureInstalled, root } from "./install.mjs";
import { say, Trouble } from "./say.mjs";
import { atEnd, conduct, endOnSignals } from "./shutdown.mjs";
import { checkedEnvironment, dataFolder, surroundings } from "./surroundings.mjs";

async function main() {
  process.chdir(root);
  endOnSignals({ announce: true });
  await ensureInstalled();
  const environment = await checkedEnvironment();
  const folder = dataFolder();
  const { ensureClient } = await import("./build-stamp.mjs");
  await ensureClient();

  const { databaseInUse, prepareDatabase } = await import("./database-in-use.mjs");
  const database = await databaseInUse(environment, folder);
  atEnd(() => database.stop());
  const env = surroundings(environment, folder, database.url);
  await prepareDatabase(database.url, env.DOCKET_SECRET_KEY);

  const { startWorker } = await import("./services.mjs");
  if (!startWorker({ env, dev: false })) throw new Trouble("this version has no worker");
  say("the worker runs; Ctrl-C stops it");
  setInterval(() => {}, 60_000); // we are here for as long as the worker is
  return undefined;
}

await conduct(main);
