import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { isDatabaseAway } from "@/lib/db/away";
import { ok } from "@/lib/domain/refusal";
import { endpoint } from "@/lib/doors/endpoint";
import { environments } from "@/lib/doors/operations/environments";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { makeEnvironment } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

let token: string;

beforeEach(async () => {
  ({ token } = await makeToken(await makeEnvironment(), "viewer"));
});

/** A client of a server that is not there: its errors are the real ones. */
const nowhere = () => new PrismaClient({ adapter: new PrismaPg({ connectionString: "postgresql://127.0.0.1:1/none", connectionTimeoutMillis: 500 }) });

async function asked(fails: () => Promise<unknown>): Promise<Response> {
  const handler = endpoint(environments.listEnvironments, async () => {
    await fails();
    return ok({ items: [] });
  });
  return handler(new Request("http://127.0.0.1:3000/api/v1/environments", { headers: { authorization: `Bearer ${token}` } }), { params: Promise.resolve({}) });
}

describe("a program that calls in the wrong moment", () => {
  test("is told to come back while the database is away", async () => {
    for (const fails of [() => nowhere().environment.findMany(), () => nowhere().$queryRaw`SELECT 1`, () => new pg.Pool({ connectionString: "postgresql://127.0.0.1:1/none" }).query("SELECT 1"), () => new pg.Pool({ connectionString: "postgresql://no-such-name.invalid/none" }).query("SELECT 1")]) {
      const answer = await asked(fails);
      expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("content-type")]).toEqual([503, "2", "application/problem+json"]);
    }
  });

  test("is told of a surprise by a number, never by its text", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const answer = await asked(() => Promise.reject(new Error("relation secret_table does not exist")));
    const text = await answer.text();
    const id = answer.headers.get("x-request-id") ?? "";
    expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
    expect(text).toContain(id);
    expect(text).not.toContain("secret_table");
    expect(String(log.mock.calls[0])).toContain(id);
    log.mockRestore();
  });

  test.each(["GET", "POST"] as const)("hears in its own words that there is no such call (%s)", async (method) => {
    expect(await call(method, "/api/v1/findigns")).toMatchObject({ status: 404, body: { type: "urn:docket:problem:missing", status: 404 } });
  });
});

test("a server that starts is away; a wrong statement is not", () => {
  expect(isDatabaseAway(new Error("\nDatabase error. Code: `57P03`. Message: `the database system is starting up`"))).toBe(true);
  expect(isDatabaseAway(Object.assign(new Error("x"), { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") }))).toBe(true);
  expect(isDatabaseAway(new Error("Raw query failed. Code: `42883`. Message: `operator does not exist`"))).toBe(false);
  expect(isDatabaseAway("57P03")).toBe(false);
  expect(isDatabaseAway(Object.assign(new Error("the database system is starting up"), { code: "57P03" })), "as the driver says it").toBe(true);
  expect(isDatabaseAway(Object.assign(new Error("relation \"x\" does not exist"), { code: "42P01" }))).toBe(false);
});
