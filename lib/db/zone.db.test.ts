import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { beginning, pool, prisma, sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { openRawClient } from "@/lib/db/raw";

// A server, or the laptop that it runs on, lies in a zone of its own. Prisma's adapter drops the offset of what it reads: said in New York, now was five hours ago.

const zone = async (name: string | null) => {
  const client = await openRawClient();
  const { rows } = await client.query<{ name: string }>("SELECT format('%I', current_database()) AS name");
  await client.query(`ALTER DATABASE ${rows[0]?.name} ${name === null ? "RESET timezone" : `SET timezone = '${name}'`}`);
  await client.end();
};

afterAll(() => zone(null));

test("in a database of New York it is as late as here, by Prisma and beside it, and a day begins at midnight UTC", async () => {
  await zone("America/New_York");
  for (const client of await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()))) client.release(true); // what was connected before has the old zone
  const read = z.object({ now: z.date(), day: z.date(), back: z.date(), n: z.bigint(), all: z.array(z.string().nullable()), days: z.array(z.date().nullable()) });
  const asked = new Date();
  const statement = sql`SELECT now() AS now, '2026-03-08'::date AS day, ${asked}::timestamptz AS back, 9007199254740993 AS n, ARRAY['a', NULL, 'b']::text[] AS all, ARRAY['2026-03-08', NULL]::date[] AS days`;
  const outside = await row(prisma, read, statement);
  const inside = await prisma.$transaction((tx) => row(tx, read, statement));
  for (const found of [outside, inside]) {
    expect(Math.abs((found?.now.getTime() ?? 0) - asked.getTime())).toBeLessThan(60_000);
    expect(found).toMatchObject({ day: new Date("2026-03-08T00:00:00Z"), back: asked, n: 9007199254740993n, all: ["a", null, "b"], days: [new Date("2026-03-08T00:00:00Z"), null] });
  }
  const made = await prisma.environment.create({ data: { name: "Zone" } });
  expect(Math.abs(made.createdAt.getTime() - asked.getTime())).toBeLessThan(60_000);
});

test("what the address asks of its sessions holds beside ours, not in their place", async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.searchParams.set("options", "-c statement_timeout=4321 -c timezone=Asia/Tokyo");
  const client = new pg.Client(beginning(url.href));
  await client.connect();
  const { rows } = await client.query("SELECT current_setting('timezone') AS zone, current_setting('statement_timeout') AS patience");
  await client.end();
  expect(rows).toEqual([{ zone: "UTC", patience: "4321ms" }]);
});
