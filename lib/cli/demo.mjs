// The demo environment: loaded once, whole, into a database that holds nothing.
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { migrate } from "./migrate.mjs";
import { recreateDatabase } from "./postgres-server.mjs";
import { run } from "./processes.mjs";
import { root, typescript } from "./install.mjs";
import { say, Trouble } from "./say.mjs";

async function ask(url, question) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(question)).rows;
  } finally {
    await client.end();
  }
}

const tableThere = async (url, name) => (await ask(url, `select to_regclass('public.${name}') is not null as there`))[0].there;

async function isEmpty(url) {
  if (!(await tableThere(url, "environment"))) return false;
  const [{ held }] = await ask(url, "select exists(select from environment) or exists(select from person) as held");
  return !held;
}

/** Whether people can sign in with the demo accounts at all. */
export async function hasDemoAccounts(url) {
  if (!(await tableThere(url, "person"))) return false;
  return (await ask(url, "select exists(select from person where email = 'analyst@demo.test') as there"))[0].there;
}

/**
 * Loads the demo where it is wanted. The data folder notes "loading", then "loaded": a start that was killed in between
 * throws the half-loaded embedded database away and begins again; nobody has worked in it yet.
 */
export async function ensureDemo({ environment, folder, url, env }) {
  const noteFile = path.join(folder, "demo");
  const embedded = environment.DATABASE_URL === undefined;
  const note = embedded && fs.existsSync(noteFile) ? fs.readFileSync(noteFile, "utf8").trim() : "";
  const write = (word) => embedded && fs.writeFileSync(noteFile, `${word}\n`);

  if (note === "loading") {
    say("the demo was being loaded when the last start ended: beginning again");
    await recreateDatabase(url);
    await migrate(url);
  }
  const asked = environment.DOCKET_DEMO ?? (embedded && (note === "" || note === "loading") ? "1" : "0");
  if (asked === "0") {
    if (note === "") write("declined");
    return ensureFirstEnvironment(url, env);
  }
  if (!(await isEmpty(url))) return;

  write("loading");
  say("loading the demo environment (some 20 s)");
  await docket(["seed", "--demo"], env, "the demo could not be loaded");
  write("loaded");
  say("demo environment loaded");
}

/** A database without a demo begins with one environment of its own, so that the first account has somewhere to go. */
async function ensureFirstEnvironment(url, env) {
  if (!(await isEmpty(url))) return;
  await docket(["environment", "create", "--name", "Main"], env, "the first environment could not be made");
  say('made the environment "Main" (1); add yourself: npm run docket -- user create --email YOU --name YOU --role admin --environment 1');
}

async function docket(words, env, trouble) {
  const { code, output } = await run(process.execPath, [...typescript("lib/cli/docket.ts"), ...words], { cwd: root, quiet: true, env });
  if (code !== 0) throw new Trouble(`${trouble}:\n${output.trim()}`);
}
