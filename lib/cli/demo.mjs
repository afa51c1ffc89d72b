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
  if (asked === "0") return note === "" && write("declined");
  if (!fs.existsSync(path.join(root, "lib/cli/commands/seed.ts")) || !(await isEmpty(url))) return;

  write("loading");
  say("loading the demo environment (some 20 s)");
  const { code, output } = await run(process.execPath, [...typescript("lib/cli/docket.ts"), "seed", "--demo"], { cwd: root, quiet: true, env });
  if (code !== 0) throw new Trouble(`the demo could not be loaded:\n${output.trim()}`);
  write("loaded");
  say("demo environment loaded");
}
