// Applies prisma/migrations in order, in Prisma's own bookkeeping, so that the Prisma CLI may take over at any time.
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";

const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");
const PRISMA_LOCK = 72707369; // the advisory lock that the Prisma CLI takes
const BOOKKEEPING = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

/** Every migration in the folder as { name, sql, checksum }, in order. */
export function listMigrations(dir = MIGRATIONS) {
  if (!fs.existsSync(dir)) return [];
  const files = fs.readdirSync(dir).sort().map((name) => ({ name, file: path.join(dir, name, "migration.sql") }));
  return files.filter(({ file }) => fs.existsSync(file)).map(({ name, file }) => {
    const sql = fs.readFileSync(file, "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/**
 * Brings the database up to the migrations in `dir`.
 * @returns {Promise<string[]>} the names just applied; throws when one fails, failed earlier or was edited since
 */
export async function migrate(url, dir = MIGRATIONS) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(BOOKKEEPING);
    const waiting = await outstanding(client, listMigrations(dir));
    for (const migration of waiting) await apply(client, migration);
    return waiting.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function outstanding(client, all) {
  const { rows } = await client.query("select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null");
  const failed = rows.find((row) => !row.finished_at);
  if (failed) throw new Error(`migration ${failed.migration_name} failed earlier: see "npx prisma migrate resolve"`);
  const known = new Set(all.map(({ name }) => name));
  const ahead = rows.find((row) => !known.has(row.migration_name));
  if (ahead) throw new Error(`the database is newer than this program (it has migration ${ahead.migration_name})`);
  const done = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const edited = all.find(({ name, checksum }) => done.has(name) && done.get(name) !== checksum);
  if (edited) throw new Error(`migration ${edited.name} was edited after this database had applied it`);
  return all.filter(({ name }) => !done.has(name));
}

/** The statements and their bookkeeping are one transaction: killed in the middle, the next start simply applies them again. */
async function apply(client, { name, sql, checksum }) {
  const record = "insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ($1, $2, $3, clock_timestamp(), 1)";
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query(record, [randomUUID(), checksum, name]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw new Error(`migration ${name} failed: ${error.message}`, { cause: error });
  }
}
