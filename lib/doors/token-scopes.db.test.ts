import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createToken } from "@/lib/commands/tokens/create";
import { prisma } from "@/lib/db/client";
import { isWithin, SCOPES, type Scope } from "@/lib/domain/access/scopes";
import { OPERATIONS } from "@/lib/doors/operations/all";
import { actorNow } from "@/lib/gate/actor-now";
import { operatorActor } from "@/lib/gate/actor";
import { permit } from "@/lib/gate/permit";
import { addressOf, BODIES } from "@/lib/testing/bodies";
import { done } from "@/lib/testing/done";
import { logLength } from "@/lib/testing/expect-audit";
import { makeGround } from "@/lib/testing/ground";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { call } from "@/lib/testing/rest";

// What a token was made for narrows its role, and where it is taken from narrows who may use it: every call of the list is tried.

const METHODS = { get: "GET", post: "POST", patch: "PATCH", put: "PUT", delete: "DELETE" } as const;
const CALLS = Object.entries(OPERATIONS);

test.each(SCOPES)("a token of an admin that was made to %s does what that holds and shows the answer; every other call is refused, and nothing is written", async (scope: Scope) => {
  const ground = await makeGround();
  const { environment } = ground;
  const boss = await makeMember(environment, "admin");
  const { token } = done(await createToken(boss, { environment, name: "narrow", role: "admin", days: 1, person: boss.id, scopes: [scope] }));
  const refusal = { status: 403, body: { detail: `This token was made for ${scope}: it may not do that.`, next: expect.stringContaining("scope") } };
  for (const [name, { method, path, act }] of CALLS) {
    const entries = await logLength();
    const at = name === "removeConnector" ? { ...ground, connector: ground.spares.call } : ground;
    const sound = BODIES[name]?.(at);
    const answer = await call(METHODS[method], addressOf(path, at, "own"), { token, ...(typeof sound === "string" ? { bytes: sound } : { body: sound }) });
    if (act === null || isWithin([scope], act)) {
      expect(answer.text, name).not.toContain("was made for");
      continue;
    }
    expect(answer, name).toMatchObject(refusal);
    expect(await logLength(), name).toBe(entries);
  }
}, 60_000);

describe("where a token is taken from", () => {
  let environment: number;

  beforeEach(async () => {
    environment = await makeEnvironment();
  });
  const made = async (addresses: string[]) => done(await createToken(operatorActor("test"), { environment, name: "ci", role: "viewer", days: 1, addresses }));
  const ask = (token: string, from: string | null) => call("GET", `/api/v1/environments/${environment}/findings`, { token, headers: from === null ? {} : { "x-forwarded-for": from } });
  const refusals = () => prisma.auditEvent.findMany({ where: { environmentId: environment, action: "token.refused" }, include: { body: true } });

  test("from one of its addresses it calls, from elsewhere it is refused before anything is read, and the log says from where", async () => {
    const { token, id } = await made(["203.0.113.0/24", "2001:db8::7"]);
    for (const from of ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8:0::7", "198.51.100.1, 203.0.113.9"]) expect((await ask(token, from)).status, from).toBe(200);
    await prisma.apiToken.update({ where: { id }, data: { lastUsedAt: null } });
    for (const from of ["203.0.114.1", "203.0.113.9, 198.51.100.1", null, "203.0.113.9:4711"]) expect(await ask(token, from), String(from)).toMatchObject({ status: 403, body: { detail: expect.stringContaining("not taken from"), next: expect.stringContaining("address") } });
    expect((await prisma.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt).toBeNull();
    expect(await refusals()).toMatchObject(["203.0.114.1", "198.51.100.1", "unknown", "203.0.113.9:4711"].map((address) => ({ actorType: "system", recordNumber: id, body: { after: { address } } })));
  });

  test("whoever has it in hand elsewhere does not fill the log", async () => {
    const { token } = await made(["203.0.113.7"]);
    for (let turn = 0; turn < 14; turn++) expect((await ask(token, `198.51.100.${turn}`)).status).toBe(403);
    expect(await refusals()).toHaveLength(10);
  });

  test("a token that names none is taken from anywhere, one that does not hold says nothing of addresses", async () => {
    const [anywhere, narrow] = [await made([]), await made(["203.0.113.7"])];
    expect((await ask(anywhere.token, "198.51.100.1")).status).toBe(200);
    await prisma.apiToken.update({ where: { id: narrow.id }, data: { revokedAt: new Date() } });
    expect((await ask(narrow.token, "198.51.100.1")).status).toBe(401);
    expect(await refusals()).toEqual([]);
  });

  test.each([[["the office"]], [["203.0.113.9/24"]], [["203.0.113.0/33"]], [Array.from({ length: 21 }, (_, at) => `203.0.113.${at}`)]])("%j is not kept", async (addresses) => {
    const refused = await createToken(operatorActor("test"), { environment, name: "ci", role: "viewer", days: 1, addresses });
    expect(refused).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: expect.stringMatching(/^addresses/) }] } });
  });
});

test("what a token began goes on in the background with its scopes alone, and one that was made without a word has all", async () => {
  const environment = await makeEnvironment();
  const make = async (scopes?: Scope[]) => done(await createToken(operatorActor("test"), { environment, name: "ci", role: "manager", days: 1, scopes }));
  const [narrow, whole] = [await make(["tickets", "read", "tickets"]), await make()];
  expect(await prisma.apiToken.findUniqueOrThrow({ where: { id: narrow.id } })).toMatchObject({ scopes: ["read", "tickets"], addresses: [] });
  expect(await prisma.apiToken.findUniqueOrThrow({ where: { id: whole.id } })).toMatchObject({ scopes: [...SCOPES] });
  const now = (id: number) => actorNow({ type: "token", id: String(id), name: "", personId: null }, randomUUID());
  expect(permit(await now(narrow.id), "finding.decide", { environment })).toMatchObject({ ok: false, refusal: { code: "forbidden", message: "This token was made for read, tickets: it may not do that.", next: "A token with the scope decide may." } });
  expect(permit(await now(narrow.id), "ticket.write", { environment }).ok).toBe(true);
  expect(permit(await now(whole.id), "finding.decide", { environment }).ok).toBe(true);
  expect(permit(await now(whole.id), "connector.manage", { environment })).toMatchObject({ ok: false, refusal: { message: expect.stringContaining("role") } }); // scopes add nothing
});
