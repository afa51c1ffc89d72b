// Which database a program works on, and what is done before it may: migrations, and the key that belongs to it.
import path from "node:path";
import { startEmbedded } from "./embedded-pg.mjs";
import { lockHolder } from "./locks.mjs";
import { migrate } from "./migrate.mjs";
import { sleep } from "./processes.mjs";
import { Trouble } from "./say.mjs";
import { fingerprintOf } from "./surroundings.mjs";

/** The lock of `npm start`; its holder writes the database's address there as soon as it is ready for use. */
export const startLock = (folder) => path.join(folder, "start.lock");

/**
 * The database for a command: the one named by DATABASE_URL, that of a running `npm start`, or the embedded one,
 * started for as long as the command runs.
 * @returns {Promise<{ url: string, stop(): Promise<void> }>}
 */
export async function databaseInUse(environment, folder) {
  const nothing = async () => {};
  if (environment.DATABASE_URL) return { url: environment.DATABASE_URL, stop: nothing };
  const running = await runningUrl(folder);
  if (running) return { url: running, stop: nothing };
  const { url, stop } = await startEmbedded({ dir: folder });
  return { url, stop };
}

/** Waits for a start under way; null when there is none. */
async function runningUrl(folder) {
  for (;;) {
    const holder = lockHolder(startLock(folder));
    if (!holder) return null;
    if (holder.databaseUrl) return holder.databaseUrl;
    await sleep(200);
  }
}

/** Migrates, and refuses a key other than the one that this database's secrets were written with. */
export async function prepareDatabase(url, secretKey) {
  const applied = await explained(() => migrate(url));
  await refuseForeignKey(url, fingerprintOf(secretKey));
  return applied;
}

async function explained(work) {
  try {
    return await work();
  } catch (error) {
    if (/^(E[A-Z]+|28\w{3}|3D000)$/.test(error.code ?? "")) throw new Trouble(`the database cannot be reached: ${error.message || error.code}`);
    throw error;
  }
}

async function refuseForeignKey(url, fingerprint) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query("select to_regclass('public.instance') is not null as there");
    if (!tables[0].there) return;
    await client.query("update instance set key_fingerprint = $1 where key_fingerprint is null", [fingerprint]);
    const { rows } = await client.query("select key_fingerprint as known from instance");
    if (rows.some(({ known }) => known !== fingerprint)) {
      throw new Trouble("DOCKET_SECRET_KEY is not the key that this database was first opened with: give every machine the same");
    }
  } finally {
    await client.end();
  }
}
