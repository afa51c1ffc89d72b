import { beforeEach, describe, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { logLength } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeScope, type MadeFinding } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

let environment: number;
let finding: MadeFinding;
let token: string;
let id: number;

beforeEach(async () => {
  environment = await makeEnvironment();
  finding = await makeFinding(await makeScope(environment));
  ({ token, id } = await makeToken(environment, "analyst"));
});

const address = (verb: string) => `/api/v1/environments/${environment}/findings/${finding.number}/${verb}`;
const send = (verb: string, body: unknown, key = "one") => call("POST", address(verb), { token, body, headers: { "Idempotency-Key": key } });

describe("a call that is sent twice", () => {
  test("is done once: the second time it gives the first answer, though the version has moved on", async () => {
    const first = await send("transition", { to: "in_progress", version: 0 });
    expect(first).toMatchObject({ status: 200, body: { governance_status: "in_progress", version: 1 } });
    const entries = await logLength();
    const again = await send("transition", { to: "in_progress", version: 0 });
    expect(again.text).toBe(first.text);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await logLength()).toBe(entries);
  });

  test("with another body, or for another call, is refused: the key belongs to the first", async () => {
    await send("tags", { add: ["web"] });
    expect(await send("tags", { add: ["api"] })).toMatchObject({ status: 422, body: { errors: [{ path: "Idempotency-Key" }] } });
    expect((await send("transition", { add: ["web"] })).status).toBe(422);
    expect((await prisma.finding.findUniqueOrThrow({ where: { id: finding.id } })).tags).toEqual(["web"]);
  });

  test("is done once when both arrive together; the loser is told to come back or gets the answer", async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => send("tags", { add: ["raced"] })));
    const statuses = all.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    for (const late of all.filter(({ status }) => status === 409)) expect(late.headers.get("retry-after")).toBe("1");
    expect(await prisma.auditEvent.count({ where: { findingId: finding.id } })).toBe(1);
  });

  test("and was refused may be corrected under the same key: only success is kept", async () => {
    expect((await send("transition", { to: "accepted_risk" })).status).toBe(422);
    expect((await send("transition", { to: "in_progress" })).status).toBe(200);
  });

  test("by two tokens is two calls", async () => {
    await send("tags", { add: ["web"] });
    const other = await makeToken(environment, "manager");
    const answer = await call("POST", address("tags"), { token: other.token, body: { add: ["api"] }, headers: { "Idempotency-Key": "one" } });
    expect(answer).toMatchObject({ status: 200, body: { tags: ["web", "api"] } });
  });

  test("a day later is a new call; one whose process died is free again sooner", async () => {
    await send("tags", { add: ["web"] });
    await prisma.idempotencyKey.update({ where: { tokenId_key: { tokenId: id, key: "one" } }, data: { createdAt: new Date(Date.now() - 25 * 3_600_000) } });
    expect((await send("tags", { add: ["api"] })).status).toBe(200);
    await prisma.idempotencyKey.update({ where: { tokenId_key: { tokenId: id, key: "one" } }, data: { status: null, answer: null, done: null } });
    expect((await send("tags", { add: ["api"] })).status).toBe(409);
    await prisma.idempotencyKey.update({ where: { tokenId_key: { tokenId: id, key: "one" } }, data: { createdAt: new Date(Date.now() - 16 * 60_000) } });
    expect((await send("tags", { add: ["api"] })).status).toBe(200);
  });

  test("needs a key that can be kept", async () => {
    expect((await send("tags", { add: ["web"] }, "x".repeat(201))).status).toBe(422);
  });
});
