import pg from "pg";
import { env, needed } from "../../env";
import type { Verbs } from "../command";
import { listMigrations } from "../migrate.mjs";

type Check = { name: string; ok: boolean; detail: string };

const OLDEST = 150000; // PostgreSQL 15: the suite is run on it

async function serverVersion(client: pg.Client): Promise<Check> {
  const { rows } = await client.query<{ number: number; text: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as text",
  );
  const { number = 0, text = "unknown" } = rows[0] ?? {};
  return { name: "server", ok: number >= OLDEST, detail: `PostgreSQL ${text}${number >= OLDEST ? "" : ", but 15 is the oldest that is supported"}` };
}

async function encoding(client: pg.Client): Promise<Check> {
  const { rows } = await client.query<{ encoding: string }>("select current_setting('server_encoding') as encoding");
  const found = rows[0]?.encoding ?? "unknown";
  return { name: "encoding", ok: found === "UTF8", detail: found };
}

async function migrations(client: pg.Client): Promise<Check> {
  const { rows: tables } = await client.query<{ there: boolean }>("select to_regclass('_prisma_migrations') is not null as there");
  if (!tables[0]?.there) return { name: "migrations", ok: false, detail: "none applied yet: npm start applies them" };
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const all = listMigrations();
  const wrong = all.filter(({ name, checksum }) => applied.get(name) !== checksum).map(({ name }) => name);
  return { name: "migrations", ok: wrong.length === 0, detail: wrong.length ? `waiting or edited: ${wrong.join(", ")}` : `${all.length} applied` };
}

async function invariants(client: pg.Client): Promise<Check> {
  const { rows } = await client.query<{ name: string }>(
    "select viewname as name from pg_views where schemaname = 'public' and viewname like 'invariant\\_%' order by 1",
  );
  const broken: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await client.query(`select 1 from ${client.escapeIdentifier(name)} limit 1`);
    if (rowCount) broken.push(name);
  }
  return { name: "invariants", ok: broken.length === 0, detail: broken.length ? `rows in ${broken.join(", ")}` : `${rows.length} hold` };
}

function keys(): Check {
  const missing = (["AUTH_SECRET", "DOCKET_SECRET_KEY"] as const).filter((name) => env[name] === undefined);
  return { name: "secrets", ok: missing.length === 0, detail: missing.length ? `${missing.join(", ")} missing` : "present" };
}

const CHECKS = [serverVersion, encoding, migrations, invariants];

async function examine(): Promise<Check[]> {
  const client = new pg.Client({ connectionString: needed("DATABASE_URL"), connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    return [{ name: "connection", ok: false, detail: error instanceof Error ? error.message : String(error) }];
  }
  const found: Check[] = [keys()];
  for (const check of CHECKS) found.push(await check(client));
  await client.end();
  return found;
}

export const verbs: Verbs = {
  "": {
    summary: "look at server, migrations, invariants and secrets; exit code 1 when something is wrong",
    usage: "[--json]",
    run: async ({ json, print }) => {
      const checks = await examine();
      if (json) print(JSON.stringify({ ok: checks.every(({ ok }) => ok), checks }));
      else for (const { name, ok, detail } of checks) print(`${ok ? "ok   " : "WRONG"}  ${name}: ${detail}`);
      return checks.every(({ ok }) => ok) ? 0 : 1;
    },
  },
};
