import { makeWorkerUtils } from "graphile-worker";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET } from "@/app/api/e/[env]/events/route";
import { setMembership } from "@/lib/commands/memberships/set";
import { look } from "@/lib/commands/presence/look";
import { bulk } from "@/lib/commands/findings/bulk";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import { CHANGED } from "@/lib/domain/live";
import { LISTENER } from "@/lib/db/listen";
import { openStreams } from "@/lib/doors/events/streams";
import { sealSession } from "@/lib/doors/session-cookie";
import { live } from "@/lib/gate/live";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { relayOnce } from "@/lib/worker/relay";

const jar = vi.hoisted((): { value: string | undefined } => ({ value: undefined }));
vi.mock("next/headers", () => ({ cookies: () => Promise.resolve({ get: (name: string) => (jar.value === undefined ? undefined : { name, value: jar.value }) }) }));

beforeAll(async () => {
  const utils = await makeWorkerUtils({ connectionString: process.env.DATABASE_URL ?? "" });
  await utils.migrate();
  await utils.release();
});
afterAll(() => live.stop());

type Told = { event: string; data: unknown };

/** A browser of this person: what it hears, one event after the other; null when the stream has ended. */
async function listenAs(person: number, environment: number) {
  jar.value = await sealSession({ person, version: 1 });
  const answer = await GET(new Request("http://127.0.0.1:3000/"), { params: Promise.resolve({ env: String(environment) }) });
  expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([200, "text/event-stream; charset=utf-8", "private, no-store, no-transform"]);
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  async function next(): Promise<Told | null> {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end < 0) {
        const { done, value } = await reader.read();
        if (done) return null;
        text += value;
        continue;
      }
      const [, event = "", data = ""] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (event) return { event, data: JSON.parse(data) };
    }
  }
  async function until(event: string): Promise<unknown> {
    for (let told = await next(); told; told = await next()) if (told.event === event) return told.data;
    return null;
  }
  return { next, until, leave: () => reader.cancel() };
}

const messages = () => prisma.outbox.count({ where: { job: CHANGED } });

test("a decision reaches who listens, once and by its number; ten thousand in a bulk are one word; another environment hears nothing", async () => {
  const [environment, elsewhere] = [await makeEnvironment(), await makeEnvironment()];
  await makeFindings(await makeScope(environment), 250);
  const [ann, ben] = [await makeMember(environment), await makeMember(elsewhere)];
  const [here, there] = [await listenAs(ann.personId, environment), await listenAs(ben.personId, elsewhere)];
  expect(await here.next()).toEqual({ event: "resync", data: {} });
  expect(await here.next()).toEqual({ event: "presence", data: [] });
  await there.until("presence");

  await respond(ann, { environment, items: [{ number: 3 }, { number: 4 }], response: "investigating" });
  await respond(ann, { environment, items: [{ number: 3 }], response: "needs_review" });
  expect(await messages()).toBe(2);
  await relayOnce();
  expect(await here.next()).toEqual({ event: "changed", data: { findings: [3, 4] } });
  expect(await messages()).toBe(0);

  await bulk(ann, { environment, items: Array.from({ length: 250 }, (_, at) => ({ number: at + 1 })), action: { tags: { add: ["x"], remove: [] } } });
  expect(await messages()).toBe(1);
  await relayOnce();
  expect(await here.next()).toEqual({ event: "changed", data: { findings: "many", bulks: [expect.any(Number)] } });

  await Promise.all([here.leave(), there.leave()]);
  expect(openStreams()).toBe(0);
});

test("who is removed hears no more: the stream ends at once, and the next one is refused", async () => {
  const environment = await makeEnvironment();
  const [ann, root] = [await makeMember(environment), await makeMember(environment, "admin")];
  const stream = await listenAs(ann.personId, environment);
  await stream.until("presence");
  await setMembership(root, { environment, email: ann.id, role: null });
  await relayOnce();
  expect(await stream.next()).toBeNull();
  jar.value = await sealSession({ person: ann.personId, version: 1 });
  expect((await GET(new Request("http://127.0.0.1:3000/"), { params: Promise.resolve({ env: String(environment) }) })).status).toBe(404);
});

test("the listener's connection is ended from outside: it comes back by itself, says so, and hears what follows", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 1);
  const ann = await makeMember(environment);
  const stream = await listenAs(ann.personId, environment);
  await stream.until("presence");

  const ended = await prisma.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${LISTENER} AND datname = current_database()`;
  expect(ended).toHaveLength(1);
  expect(await stream.next()).toEqual({ event: "resync", data: {} });
  await respond(ann, { environment, items: [{ number: 1 }], response: "investigating" });
  await relayOnce();
  expect(await stream.until("changed")).toEqual({ findings: [1] });
  await stream.leave();
});

test("who looks at a finding is told to the others, goes with the last word, and runs out without one", async () => {
  const environment = await makeEnvironment();
  await makeFindings(await makeScope(environment), 2);
  const [ann, ben] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "viewer", "Ben")];
  const stream = await listenAs(ann.personId, environment);
  await stream.until("presence");

  expect(await look(ben, { environment, tab: "tab-00001", number: 2 })).toEqual({ ok: true, value: null });
  expect(await stream.until("presence")).toEqual([{ number: 2, person: { id: ben.personId, name: "Ben" } }]);
  await look(ben, { environment, tab: "tab-00002", number: 2 });
  await look(ben, { environment, tab: "tab-00001", number: null });
  await look(ben, { environment, tab: "tab-00002", number: 1 });
  expect(await stream.until("presence")).toEqual([{ number: 1, person: { id: ben.personId, name: "Ben" } }]);

  await prisma.$executeRaw`UPDATE presence SET seen_at = now() - interval '13 seconds' WHERE environment_id = ${environment}`;
  expect(await stream.until("presence")).toEqual([]);
  expect(await look(ben, { environment, tab: "no", number: 1 })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  await stream.leave();
});

test("a ninth tab is served, and the oldest is told not to come back", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  const streams = [];
  for (let tab = 0; tab < 9; tab++) streams.push(await listenAs(ann.personId, environment));
  expect(await streams[0]?.until("crowded")).toEqual({});
  expect(await streams[0]?.next()).toBeNull();
  expect(await streams[8]?.next()).toEqual({ event: "resync", data: {} });
  expect(openStreams()).toBe(8);
  for (const stream of streams) await stream.leave();
});
