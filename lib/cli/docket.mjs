// npm run docket -- COMMAND: the command line, on the database of a running npm start or on its own.
import { ensureInstalled, typescript, typescriptEnv } from "./install.mjs";
import { run } from "./processes.mjs";
import { atEnd, conduct, endOnSignals } from "./shutdown.mjs";
import { checkedEnvironment, dataFolder, surroundings } from "./surroundings.mjs";

const args = process.argv.slice(2);
const needsDatabase = args.length > 0 && !args.some((word) => ["--help", "-h", "help"].includes(word));

async function main() {
  endOnSignals();
  await ensureInstalled();
  const environment = await checkedEnvironment();
  const { ensureClient } = await import("./build-stamp.mjs");
  await ensureClient();
  const env = needsDatabase ? await withDatabase(environment) : { ...process.env, ...typescriptEnv };
  const { code } = await run(process.execPath, [...typescript("lib/cli/docket.ts"), ...args], { env, cwd: process.env.INIT_CWD ?? process.cwd() });
  return code;
}

async function withDatabase(environment) {
  const { databaseInUse, prepareDatabase } = await import("./database-in-use.mjs");
  const folder = dataFolder();
  const database = await databaseInUse(environment, folder);
  atEnd(() => database.stop());
  const env = surroundings(environment, folder, database.url);
  await prepareDatabase(database.url, env.DOCKET_SECRET_KEY);
  return env;
}

await conduct(main);
