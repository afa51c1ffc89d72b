import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";

declare global {
  var docketPrisma: PrismaClient | undefined;
}

// A build has no database; a process that really asks without one fails by this name.
const connectionString = env.DATABASE_URL ?? "postgresql://database-url-is-not-set.invalid/";

/** Compiling a plan costs a server that can do so half a second a statement, more than any of ours runs. */
export const SESSION = "-c jit=off";

function connect(): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10, connectionTimeoutMillis: 10_000, options: SESSION }) });
}

/** The one client of a process. Kept on globalThis, since Next may load a module in several bundles. */
export const prisma: PrismaClient = (globalThis.docketPrisma ??= connect());

/** A transaction in which a command works. */
export type Tx = Prisma.TransactionClient;

/** Whatever can run a statement: the client, or a transaction. */
export type Db = PrismaClient | Tx;

export const { sql, join: joinSql, empty: emptySql, raw: trustedSql } = Prisma;
export type Sql = Prisma.Sql;
