import { randomUUID } from "node:crypto";
import { afterAll, afterEach, expect, inject } from "vitest";
import { brokenInvariants, cloneDatabase, dropDatabase } from "./database";

const { admin, template } = inject("postgres");
const name = `docket_test_${randomUUID().replaceAll("-", "")}`;

// Before the test file is imported, so that everything it imports already sees this database.
process.env.DATABASE_URL = await cloneDatabase(admin, template, name);
process.env.DOCKET_SECRET_KEY ??= "a".repeat(64);
process.env.AUTH_SECRET ??= "b".repeat(64);
process.env.AUTH_URL ??= "http://127.0.0.1:3000";
const url = process.env.DATABASE_URL;

afterEach(async () => {
  expect(await brokenInvariants(url), "rows in the invariant views").toEqual([]);
});

afterAll(async () => {
  await dropDatabase(admin, name);
});
