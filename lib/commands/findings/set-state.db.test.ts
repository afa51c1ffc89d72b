import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bulk } from "@/lib/commands/findings/bulk";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { setState } from "@/lib/commands/findings/set-state";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { MODULE_STATES } from "@/lib/domain/module/table";
import type { Actor } from "@/lib/gate/actor";
import { listFindings } from "@/lib/queries/rest-findings";
import { loadTimeline } from "@/lib/queries/timeline";
import { makeEnvironment, makeFinding, makeMember, makeScope, type MadeScope } from "@/lib/testing/make";

let environment: number;
let analyst: Actor;
let scope: MadeScope;

beforeAll(async () => {
  environment = await makeEnvironment();
  analyst = await makeMember(environment, "analyst", "Ada Lovelace");
  scope = await makeScope(environment);
});

const one = (number: number) => prisma.finding.findUniqueOrThrow({ where: { environmentId_number: { environmentId: environment, number } } });
const say = (state: string | null, ...numbers: number[]) => setState(analyst, { environment, items: numbers.map((number) => ({ number, version: 0 })), state });

async function numbersOf(q: string): Promise<number[]> {
  const found = await listFindings(analyst, { environment, filter: { q } });
  if (!found.ok) throw new Error(found.refusal.message);
  return found.value.items.map(({ number }) => number);
}

describe("saying how a finding stands in its module", () => {
  it("stands beside the response and leaves it, its clocks and its status alone; the log tells it, and undo takes exactly it back", async () => {
    const { number } = await makeFinding(scope, { category: "Secret" });
    const before = await one(number);
    const said = await say("offline", number);
    expect(said).toMatchObject({ ok: true, value: { changed: [number], skipped: [] } });
    const after = await one(number);
    expect(after).toEqual({ ...before, moduleState: "offline", version: 1 });
    const event = await prisma.auditEvent.findFirstOrThrow({ where: { findingId: after.id, version: 1 }, include: { body: true } });
    expect(event).toMatchObject({ action: "finding.state_set", fields: ["state"], body: { after: { module_state: "offline" } } });
    const trail = await loadTimeline(analyst, { environment, number, cursor: null, kind: null });
    expect(trail).toMatchObject({ ok: true, value: { entries: [{ action: "finding.state_set", changes: [{ field: "State", before: null, after: "Offline" }] }] } });

    expect(await respond(analyst, { environment, items: [{ number, version: 1 }], response: "investigating" })).toMatchObject({ ok: true });
    expect((await one(number)).moduleState).toBe("offline");
    const newer = said.ok ? await revert(analyst, { environment, actionId: said.value.actionId }) : said;
    expect(newer).toMatchObject({ ok: true, value: { changed: [], skipped: [{ number, code: "conflict" }] } });
  });

  it("is taken back exactly, by undo and by saying nothing", async () => {
    const { number } = await makeFinding(scope, { category: "Phishing" });
    const asked = await say("requested", number);
    if (!asked.ok) throw new Error(asked.refusal.message);
    expect(await revert(analyst, { environment, actionId: asked.value.actionId })).toMatchObject({ ok: true, value: { changed: [number] } });
    expect(await one(number)).toMatchObject({ moduleState: null, version: 2 });
    await setState(analyst, { environment, items: [{ number }], state: "taken_down" });
    expect(await setState(analyst, { environment, items: [{ number }], state: null })).toMatchObject({ ok: true, value: { changed: [number] } });
    expect(await one(number)).toMatchObject({ moduleState: null, version: 4 });
  });

  it("is refused of another module's finding, in words, and what is so already is left alone", async () => {
    const key = await makeFinding(scope, { category: "Secret" });
    const plain = await makeFinding(scope, { category: "Network" });
    const strict = await setState(analyst, { environment, strict: true, items: [{ number: plain.number }], state: "live" });
    expect(strict).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "state", message: expect.stringContaining(`F-${plain.number} is none`) }] } });
    const both = await say("live", key.number, plain.number);
    expect(both).toMatchObject({ ok: true, value: { changed: [key.number], skipped: [{ number: plain.number, code: "invalid" }] } });
    expect(await setState(analyst, { environment, items: [{ number: key.number }], state: "live" })).toMatchObject({ ok: true, value: { changed: [], skipped: [{ code: "conflict" }] } });
    expect(await setState(await makeMember(environment, "viewer"), { environment, items: [{ number: key.number }], state: null })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  });

  it("is put on top of what a colleague changed elsewhere, and not on another state", async () => {
    const { number } = await makeFinding(scope, { category: "Data breach" });
    await respond(analyst, { environment, items: [{ number, version: 0 }], response: "investigating" });
    expect(await say("relevant", number)).toMatchObject({ ok: true, value: { changed: [number] } });
    expect(await setState(analyst, { environment, items: [{ number, version: 1 }], state: "not_relevant" })).toMatchObject({ ok: true, value: { changed: [], skipped: [{ number, code: "stale", why: expect.stringContaining("State – → Relevant") }] } });
  });

  it("goes along in a bulk action, and is what the filter finds", async () => {
    const made = [await makeFinding(scope, { category: "Domain squatting" }), await makeFinding(scope, { category: "S3 bucket" }), await makeFinding(scope, { category: "Network" })];
    const done = await bulk(await makeMember(environment, "manager"), { environment, items: made.map(({ number }) => ({ number })), action: { state: "online", tags: { add: ["brand"], remove: [] } } });
    expect(done).toMatchObject({ ok: true, value: { changed: 2, skipped: [{ number: made[2]?.number }] } });
    expect((await numbersOf("state:online")).toSorted((a, b) => a - b)).toEqual(made.slice(0, 2).map(({ number }) => number));
    expect(await numbersOf("module:brand state:none")).toEqual(expect.not.arrayContaining(made.map(({ number }) => number)));
    expect(await listFindings(analyst, { environment, filter: { state: "gone" } })).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "filter.state" }] } });
  });
});

describe("the database", () => {
  it("knows the same states as the table, and lets nobody write one without its entry", async () => {
    const [law] = await rows(prisma, z.object({ text: z.string() }), sql`SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'finding_module_state_known'`);
    expect([...(law?.text.matchAll(/'(\w+)'/g) ?? [])].map(([, state]) => state).toSorted()).toEqual([...MODULE_STATES].toSorted());
    const { id } = await makeFinding(scope, { category: "Secret" });
    await expect(prisma.$executeRaw(sql`UPDATE finding SET module_state = 'live' WHERE id = ${id}`)).rejects.toThrow(/without its entry/);
    await expect(prisma.$executeRaw(sql`UPDATE finding SET module_state = 'gone' WHERE id = ${id}`)).rejects.toThrow(/finding_module_state_known/);
    await expect(prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL ROLE docket_scanner`;
      await tx.$executeRaw(sql`UPDATE finding SET module_state = 'live' WHERE id = ${id}`);
    })).rejects.toThrow(/permission denied/);
  });
});
