import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { cutLine, type CutLine } from "@/lib/testing/cut-line";

// A call whose change is committed and whose answer never comes: the connection is cut between the two. Asked again under its key it is
// done once. What is imported must see the line, so it is imported behind it.

let line: CutLine;
let world: { environment: number; finding: number; token: string };

const rest = () => import("@/lib/testing/rest");
const database = async () => (await import("@/lib/db/client")).prisma;

beforeAll(async () => {
  line = await cutLine(process.env.DATABASE_URL ?? "");
  process.env.DATABASE_URL = line.url;
  const { makeEnvironment, makeFinding, makeScope } = await import("@/lib/testing/make");
  const environment = await makeEnvironment();
  const finding = await makeFinding(await makeScope(environment));
  await makeFinding(await makeScope(environment));
  const { token } = await (await rest()).makeToken(environment, "manager");
  world = { environment, finding: finding.number, token };
});

afterAll(async () => {
  await (await database()).$disconnect();
  line.close();
});

async function send(path: string, body: unknown, key: string | null) {
  const headers: Record<string, string> = key === null ? {} : { "Idempotency-Key": key };
  return (await rest()).call("POST", `/api/v1/environments/${world.environment}/${path}`, { token: world.token, body, headers });
}

const entries = async () => (await database()).auditEvent.count();

test("with a key the write itself finds out, and the answer comes although the connection was lost in COMMIT", async () => {
  const before = await entries();
  line.cutAfter(1);
  const answer = await send(`findings/${world.finding}/tags`, { add: ["kept"] }, "one");
  expect(line.cuts()).toBe(1);
  expect(answer).toMatchObject({ status: 200, body: { tags: ["kept"] } });
  expect(await entries()).toBe(before + 1);
  expect((await send(`findings/${world.finding}/tags`, { add: ["kept"] }, "one")).text).toBe(answer.text);
  expect(await entries()).toBe(before + 1);
});

test("a process that dies between commit and answer leaves what its change gave: sent again nothing is done twice, and it is the same bulk action", async () => {
  const asked = { selection: { filter: { tab: "all" } }, action: { tags: { add: ["swept"] } } };
  const first = await send("findings/bulk", asked, "two");
  const prisma = await database();
  await prisma.idempotencyKey.updateMany({ where: { key: "two" }, data: { status: null, answer: null } }); // as it stands before the answer is written
  const before = await entries();
  const again = await send("findings/bulk", asked, "two");
  expect(again).toMatchObject({ status: 202, body: first.body });
  expect(await entries()).toBe(before);
  expect(await prisma.bulk.count()).toBe(1);
  expect((await send("findings/bulk", { ...asked, note: "Other." }, "two")).status, "the key belongs to the first").toBe(422);
});

test("a secret whose COMMIT lost its connection was made and is shown to nobody: the call says so and makes no second one", async () => {
  const { call, makeToken } = await rest();
  const { token } = await makeToken(world.environment, "admin");
  const path = `/api/v1/environments/${world.environment}/connectors`;
  const made = await call("POST", path, { token, body: { kind: "github", name: "Tracker", settings: { address: "https://127.0.0.1:9", repository: "acme/app" }, secret: "s3cret" } });
  const { id } = z.object({ id: z.number() }).parse(made.body);
  const rotate = () => call("POST", `${path}/${id}/hook-secret`, { token, headers: { "Idempotency-Key": "secret" } });
  const [before, cuts] = [await entries(), line.cuts()];
  line.cutAfter(1);
  expect(await rotate()).toMatchObject({ status: 409, body: { detail: expect.stringContaining("kept nowhere") } });
  expect(line.cuts()).toBe(cuts + 1);
  expect(await entries()).toBe(before + 1);
  expect((await rotate()).status).toBe(409);
  expect(await entries()).toBe(before + 1);
});

test("without a key nobody knows, and it says so", async () => {
  line.cutAfter(1);
  const answer = await send(`findings/${world.finding}/tags`, { add: ["unknown"] }, null);
  expect(answer.status).toBe(503);
});
