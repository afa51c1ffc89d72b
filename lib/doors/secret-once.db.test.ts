import { serialize } from "node:v8";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { OPERATIONS } from "@/lib/doors/operations/all";
import { logLength } from "@/lib/testing/expect-audit";
import { CONNECTOR } from "@/lib/testing/ground";
import { makeEnvironment } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

let environment: number;
let token: string;
let id: number;
let connector: number;

beforeEach(async () => {
  environment = await makeEnvironment();
  ({ token, id } = await makeToken(environment, "admin"));
  const made = await call("POST", `/api/v1/environments/${environment}/connectors`, { token, body: { ...CONNECTOR, name: "Tracker" } });
  connector = z.object({ id: z.number() }).parse(made.body).id;
});

const rotate = (key: string) => call("POST", `/api/v1/environments/${environment}/connectors/${connector}/hook-secret`, { token, headers: { "Idempotency-Key": key } });
const secretOf = (body: unknown) => z.object({ secret: z.string().min(20) }).parse(body).secret;

/** The tables that hold a text anywhere in any of their columns, as text or as bytes. */
async function tablesWith(text: string): Promise<string[]> {
  const hex = Buffer.from(text).toString("hex");
  const found = await rows(prisma, z.object({ name: z.string() }), sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
    AND strpos(query_to_xml(format('SELECT count(*) AS held FROM %I t WHERE strpos(t::text, %L) > 0 OR strpos(t::text, %L) > 0', tablename, ${text}::text, ${hex}::text), false, true, '')::text, '<held>0</held>') = 0`);
  return found.map(({ name }) => name);
}

test("what an answer shows once is kept in no column, also where its call had a key: sent again it says so and makes nothing", async () => {
  const first = await rotate("one");
  expect(first.status).toBe(200);
  const secret = secretOf(first.body);
  expect(await tablesWith(secret)).toEqual([]);

  const planted = { done: serialize([{ step: 0, value: { secret: "planted in bytes" } }]), answer: "planted in text" };
  await prisma.idempotencyKey.create({ data: { environmentId: environment, tokenId: id, key: "planted", requestHash: new Uint8Array(), ...planted } });
  expect(await tablesWith("planted in bytes"), "one that is kept would be found").toEqual(["idempotency_key"]);
  expect(await tablesWith("planted in text")).toEqual(["idempotency_key"]);

  const entries = await logLength();
  const again = await rotate("one");
  expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining("shown in its first answer alone"), next: expect.stringContaining("new Idempotency-Key") } });
  expect(again.text).not.toContain(secret);
  expect(await logLength()).toBe(entries);
  expect(secretOf((await rotate("two")).body)).not.toBe(secret);
});

test("nor does a process that dies between commit and answer leave the secret to whoever asks again", async () => {
  const secret = secretOf((await rotate("died")).body);
  await prisma.idempotencyKey.updateMany({ where: { key: "died", environmentId: environment }, data: { status: null, answer: null } }); // as it stands before the answer is written
  const entries = await logLength();
  const again = await rotate("died");
  expect(again).toMatchObject({ status: 409, body: { next: expect.stringContaining("new Idempotency-Key") } });
  expect(again.text).not.toContain(secret);
  expect(await logLength()).toBe(entries);
});

test("what was refused may be corrected under the same key", async () => {
  const known = connector;
  connector = 999_999;
  expect((await rotate("three")).status).toBe(404);
  connector = known;
  expect((await rotate("three")).status).toBe(200);
});

test("each call whose answer shows something once is known as such", () => {
  const showing = Object.entries(OPERATIONS).filter(([, { answer }]) => JSON.stringify(z.toJSONSchema(answer, { io: "input", unrepresentable: "any" })).includes("Shown this once."));
  expect(showing.map(([name]) => name).sort()).toEqual(["rotateHookSecret"]);
  expect(showing.filter(([, { secret }]) => secret === undefined)).toEqual([]);
});
