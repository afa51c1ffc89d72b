import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";

declare global {
  var docketDatabase: { pool: pg.Pool; prisma: PrismaClient } | undefined;
}

// A build has no database; a process that really asks without one fails by this name.
const connectionString = env.DATABASE_URL ?? "postgresql://database-url-is-not-set.invalid/";

/**
 * Instants are read and written in UTC, whatever zone a server lies in: Prisma's adapter drops the offset of what it reads, and days begin at midnight UTC. Compiling
 * a plan costs a server that can do so half a second a statement, more than any of ours runs.
 */
const SESSION = "-c timezone=UTC -c jit=off";

/** How a connection begins. What the address asks of its sessions holds as well, since it would else take the place of ours. */
export function beginning(address: string): { connectionString: string; options: string } {
  const url = URL.canParse(address) ? new URL(address) : null;
  const asked = url?.searchParams.get("options");
  if (!url || !asked) return { connectionString: address, options: SESSION };
  url.searchParams.delete("options");
  return { connectionString: url.href, options: `${asked} ${SESSION}` };
}

function connect(): { pool: pg.Pool; prisma: PrismaClient } {
  const pool = new pg.Pool({ ...beginning(connectionString), max: 10, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => {}); // an idle connection that the server ended: the next question takes another
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) }) };
}

/** The one client of a process, and the connections that it works on, which end with it. Kept on globalThis, since Next may load a module in several bundles. */
export const { pool, prisma } = (globalThis.docketDatabase ??= connect());

/** A transaction in which a command works. */
export type Tx = Prisma.TransactionClient;

/** Whatever can run a statement: the client, or a transaction. */
export type Db = PrismaClient | Tx;

export const { sql, join: joinSql, empty: emptySql, raw: trustedSql } = Prisma;
export type Sql = Prisma.Sql;

/** PostgreSQL going down or coming up (57P01 to 57P03), and what its driver says of a connection that has ended. */
const LOST = /\b57P0[123]\b|terminating connection|Connection terminated|closed the connection|not queryable|ECONNRE(SET|FUSED)/;

/** How long to wait before each further try, in milliseconds: the pool drops dead connections at once, a restart takes a moment. */
export const WAITS = [20, 200, 1_000] as const;

/** Was the connection lost, and not the statement wrong? */
export function isLostConnection(error: unknown): boolean {
  return error instanceof Error && LOST.test(`${"code" in error ? String(error.code) : ""} ${error.message}`);
}

/** Asks again when the database was restarted meanwhile. For reads alone: a write might have gone through. */
export async function askAgain<T>(ask: () => Promise<T>): Promise<T> {
  for (const wait of WAITS) {
    try {
      return await ask();
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      await sleep(wait);
    }
  }
  return ask();
}
