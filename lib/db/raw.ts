import pg from "pg";
import { beginning } from "@/lib/db/client";
import { needed } from "@/lib/env";

/**
 * One connection without Prisma, for what it has no word for: COPY, and locks that last as long as the connection.
 * Closed whatever happens.
 */
export async function withRawClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await openRawClient();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same, for who keeps it: the caller closes it. A connection that the server ends is seen by the next statement. */
export async function openRawClient(): Promise<pg.Client> {
  const client = new pg.Client({ ...beginning(needed("DATABASE_URL")), connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on("error", () => {});
  await client.connect();
  return client;
}
