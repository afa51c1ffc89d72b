import pg from "pg";

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(database)}`;
  return address.href;
}

/** One connection for one piece of work; closed whatever happens. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // tests that restart the server end connections from its side
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A new database that is a copy of `template`; its URL. Two copies of one template at once have to wait for each other. */
export async function cloneDatabase(admin: string, template: string, name: string): Promise<string> {
  await connected(admin, async (client) => {
    await client.query("select pg_advisory_lock(hashtext($1))", [template]);
    await client.query(`create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(template)}`);
  });
  return withDatabase(admin, name);
}

/** Drops it, and whoever is still connected. */
export async function dropDatabase(admin: string, name: string): Promise<void> {
  await connected(admin, (client) => client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`));
}

/** The rows that the `invariant_*` views show, as sentences. Each view lists what must never be: a sound database has none. */
export async function brokenInvariants(url: string): Promise<string[]> {
  return connected(url, async (client) => {
    const views = await client.query<{ name: string }>(
      "select viewname as name from pg_views where schemaname = 'public' and viewname like 'invariant\\_%' order by 1",
    );
    const broken: string[] = [];
    for (const { name } of views.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from ${client.escapeIdentifier(name)} limit 5`);
      broken.push(...rows.map((row) => `${name}: ${JSON.stringify(row)}`));
    }
    return broken;
  });
}
