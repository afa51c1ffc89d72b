import { afterAll, beforeAll, expect, test } from "vitest";
import { connected, withDatabase } from "@/lib/testing/database";
import { migrate } from "./migrate.mjs";
import { startTestPostgres } from "./test-postgres.mjs";

// A server of its own: the role of imports belongs to the whole server, and here nobody has made it yet.
let server: Awaited<ReturnType<typeof startTestPostgres>>;

beforeAll(async () => {
  server = await startTestPostgres("");
  await connected(server.url, async (client) => {
    await client.query("create role maker login createrole password 'made'");
    await client.query("create role plain login password 'made'");
    for (const owner of ["maker", "plain"]) await client.query(`create database of_${owner} owner ${owner}`);
  });
}, 60_000);

afterAll(() => server.stop());

function as(owner: string): string {
  const address = new URL(withDatabase(server.url, `of_${owner}`));
  address.username = owner;
  address.password = "made";
  return address.href;
}

const becomeScanner = (url: string) => connected(url, async (client) => {
  await client.query("begin");
  await client.query("set local role docket_scanner");
  return (await client.query<{ who: string }>("select current_user::text as who")).rows;
});

test("an owner that is no superuser can become the importer's role; one that may not is told what a superuser has to do", async () => {
  await expect(migrate(as("plain"))).rejects.toThrow(/a superuser runs once: CREATE ROLE docket_scanner NOLOGIN; GRANT docket_scanner TO plain;/);

  expect((await migrate(as("maker"))).length).toBeGreaterThan(0);
  expect(await becomeScanner(as("maker"))).toEqual([{ who: "docket_scanner" }]);

  await expect(migrate(as("plain")), "the role is there, and is another's").rejects.toThrow("GRANT docket_scanner TO plain");
  await connected(server.url, (client) => client.query("grant docket_scanner to plain"));
  expect((await migrate(as("plain"))).length).toBeGreaterThan(0);
  expect(await becomeScanner(as("plain"))).toEqual([{ who: "docket_scanner" }]);
}, 60_000);
