import { beforeEach, describe, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { moveClock } from "@/lib/testing/clock";
import { makeEnvironment, makeFinding, makeScope } from "@/lib/testing/make";
import { call, endToken, makeToken } from "@/lib/testing/rest";

let environment: number;
let token: string;
let id: number;

beforeEach(async () => {
  environment = await makeEnvironment();
  ({ token, id } = await makeToken(environment, "analyst"));
});

const ask = (bearer?: string) => call("GET", `/api/v1/environments/${environment}/findings`, bearer === undefined ? {} : { token: bearer });

describe("a token", () => {
  test("is kept as a hash alone: neither the database nor the log could give it away", async () => {
    expect(await ask(token)).toMatchObject({ status: 200, body: { items: [], total: 0 } });
    const stored = await prisma.apiToken.findUniqueOrThrow({ where: { id } });
    const events = await prisma.auditEvent.findMany({ where: { recordType: "token", recordNumber: id }, include: { body: true } });
    const secret = token.slice(token.lastIndexOf("_", 14) + 1);
    expect(JSON.stringify([stored, events], (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toContain(secret);
    expect(events.map(({ action }) => action)).toEqual(["token.created"]);
    expect(stored.lastUsedAt).not.toBeNull();
  });

  test.each([
    ["no header", undefined],
    ["another scheme", "Basic abc"],
    ["one character more", null],
    ["nonsense", "Bearer dkt_"],
  ])("wrong or missing (%s) is 401 with the way in", async (_what, header) => {
    const headers: Record<string, string> = header === undefined ? {} : { authorization: header ?? `Bearer ${token}x` };
    const answer = await call("GET", `/api/v1/environments/${environment}/findings`, { headers });
    expect(answer).toMatchObject({ status: 401, body: { type: "urn:docket:problem:unauthenticated", status: 401, title: expect.any(String), detail: expect.stringContaining("Bearer") } });
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  test("ends at once when it is revoked, and by itself when the database's clock passes its day", async () => {
    const short = await makeToken(environment, "admin", 1);
    expect((await ask(short.token)).status).toBe(200);
    await moveClock(86_400_000 + 1_000);
    expect((await ask(short.token)).status).toBe(401);
    expect((await ask(token)).status).toBe(200);
    await endToken(environment, id);
    expect((await ask(token)).status).toBe(401);
  });

  test("knows nothing of other environments, not even whether they are there", async () => {
    const other = await makeEnvironment();
    const finding = await makeFinding(await makeScope(other));
    const there = await call("GET", `/api/v1/environments/${other}/findings/${finding.number}`, { token });
    const nowhere = await call("GET", `/api/v1/environments/999999/findings/${finding.number}`, { token });
    expect([there.status, nowhere.status]).toEqual([404, 404]);
    expect(there.text.replaceAll(String(other), "N")).toBe(nowhere.text.replaceAll("999999", "N"));
    expect((await call("GET", "/api/v1/environments", { token })).body).toEqual({ items: [{ number: environment, name: expect.any(String) }] });
  });
});

test("the 601st call of a minute is told when to come back, and another token is not held up by it", async () => {
  await ask(token);
  await prisma.rateLimit.update({ where: { key: `calls:${id}` }, data: { points: 600 } });
  const answer = await ask(token);
  expect(answer).toMatchObject({ status: 429, body: { type: "urn:docket:problem:limited" } });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(answer.headers.get("ratelimit-remaining")).toBe("0");
  expect((await ask((await makeToken(environment, "viewer")).token)).status).toBe(200);
});
