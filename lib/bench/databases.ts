import pg from "pg";
import { z } from "zod";

/** Databases of the bench's own server: each measurement gets a copy, so that all begin alike. */
export class Databases {
  constructor(private readonly admin: string) {}

  url(name: string): string {
    const address = new URL(this.admin);
    address.pathname = `/${name}`;
    return address.href;
  }

  /** A copy of a database that nobody is connected to; its URL. */
  async copy(template: string, name: string): Promise<string> {
    await this.drop(name);
    await on(this.url("postgres"), async (client) => {
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
      await client.query("CHECKPOINT"); // nobody pays for what was written before
    });
    return this.url(name);
  }

  async drop(name: string): Promise<void> {
    await on(this.url("postgres"), (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  }
}

/** One connection for one piece of work, closed whatever happens. */
export async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: "-c jit=off" });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The one value of a statement. */
export async function value(client: pg.Client, statement: string, values: readonly unknown[] = []): Promise<string> {
  const { rows } = await client.query<Record<string, unknown>>(statement, [...values]);
  return z.coerce.string().parse(Object.values(rows[0] ?? {})[0]);
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
