import { expect, inject, test } from "vitest";
import { brokenInvariants, connected } from "./database";

const url = process.env.DATABASE_URL ?? "";

test("each file works in a copy of the migrated template, not in the template itself", async () => {
  const { template } = inject("postgres");
  const here = await connected(url, (client) => client.query<{ name: string; encoding: string }>(
    "select current_database() as name, current_setting('server_encoding') as encoding",
  ));
  expect(here.rows[0]).toMatchObject({ encoding: "UTF8" });
  expect(here.rows[0]?.name).not.toBe(template);
});

test("a row in an invariant view is named, so that no story can leave one behind", async () => {
  await connected(url, (client) => client.query("create view invariant_planted as select 7 as finding"));
  expect(await brokenInvariants(url)).toEqual(['invariant_planted: {"finding":7}']);
  await connected(url, (client) => client.query("drop view invariant_planted"));
});
