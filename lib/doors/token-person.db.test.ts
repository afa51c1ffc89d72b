import { beforeEach, describe, expect, test } from "vitest";
import { approveAcceptance } from "@/lib/commands/acceptances/approve";
import { respond } from "@/lib/commands/findings/respond";
import { createToken } from "@/lib/commands/tokens/create";
import { prisma } from "@/lib/db/client";
import { operatorActor, type Actor } from "@/lib/gate/actor";
import { actorNow } from "@/lib/gate/actor-now";
import { entriesOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeMember, makePerson, makeScope, type MadeFinding } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

type Person = Actor & { personId: number };
const UNTIL = new Date(Date.now() + 30 * 86_400_000).toISOString();

let environment: number;
let ann: Person;
let mia: Person;
let finding: MadeFinding;

beforeEach(async () => {
  environment = await makeEnvironment({ policy: { acceptance: { approval_required: true } } });
  ann = await makeMember(environment, "manager", "Ann");
  mia = await makeMember(environment, "manager", "Mia");
  finding = await makeFinding(await makeScope(environment));
});

const tokenOf = async (person?: Person, role: "manager" | "admin" | "viewer" = "manager") => makeToken(environment, role, 7, person?.id);
const post = (token: string, what: string, body: unknown) => call("POST", `/api/v1/environments/${environment}/findings/${finding.number}/${what}`, { token, body });
const asks = (who: Person) => respond(who, { environment, items: [{ number: finding.number }], response: "accepted_risk", expiresAt: UNTIL, note: "Lab." });
const status = async () => (await prisma.finding.findUniqueOrThrow({ where: { id: finding.id } })).governanceStatus;

describe("an acceptance is answered by a person", () => {
  test("a token that nobody stands behind neither approves nor refuses, and says what would", async () => {
    await asks(ann);
    const { token } = await tokenOf();
    for (const [what, body] of [["acceptance/approve", {}], ["acceptance/refuse", { note: "No." }]] as const) {
      expect(await post(token, what, body)).toMatchObject({ status: 403, body: { detail: expect.stringContaining("Nobody stands behind"), next: expect.stringContaining("--person") } });
    }
    expect(await status()).toBe("open");
  });

  test("whoever asked in the browser does not approve by their own token", async () => {
    await asks(ann);
    const { token } = await tokenOf(ann, "admin");
    expect(await post(token, "acceptance/approve", {})).toMatchObject({ status: 403, body: { detail: expect.stringContaining("You asked for it") } });
    expect(await post(token, "acceptance/refuse", { note: "No." })).toMatchObject({ status: 403 });
    expect(await status()).toBe("open");
  });

  test("nor in turn: what a token asked for, its person approves neither by another token nor in the browser", async () => {
    const [first, second] = [await tokenOf(ann), await tokenOf(ann)];
    expect(await post(first.token, "response", { response: "accepted_risk", expires_at: UNTIL, note: "Lab." })).toMatchObject({ status: 200, body: { requested: true } });
    expect(await post(second.token, "acceptance/approve", {})).toMatchObject({ status: 403 });
    expect(await approveAcceptance(ann, { environment, items: [{ number: finding.number }] })).toMatchObject({ value: { changed: [], skipped: [{ code: "forbidden" }] } });
    expect(await status()).toBe("open");
  });

  test("somebody else's token approves: the acceptance names the person, the log the token and whom it stands for", async () => {
    await asks(ann);
    const { token, id } = await tokenOf(mia);
    expect(await post(token, "acceptance/approve", {})).toMatchObject({ status: 200, body: { governance_status: "accepted_risk" } });
    expect(await prisma.acceptance.findFirst({ where: { findingId: finding.id } })).toMatchObject({ actorName: "Ann", approverId: mia.personId });
    const approved = (await entriesOf(finding.id)).find(({ action }) => action === "acceptance.approved");
    expect(approved).toMatchObject({ actorType: "token", actorId: String(id), actorName: "a manager, for Mia", personId: mia.personId });
  });
});

describe("a token of a person", () => {
  const reads = (token: string) => call("GET", `/api/v1/environments/${environment}/findings`, { token });

  test("may what both may, now: a role taken from its person is taken from it", async () => {
    const { token, id } = await tokenOf(mia, "admin");
    expect((await post(token, "tags", { add: ["a"] })).status).toBe(200);
    const membership = { environmentId_personId: { environmentId: environment, personId: mia.personId } };
    await prisma.membership.update({ where: membership, data: { role: "auditor" } });
    expect((await post(token, "tags", { add: ["b"] })).status).toBe(403);
    expect((await reads(token)).status).toBe(200);
    const known = { type: "token", id: String(id), name: "", personId: mia.personId } as const;
    expect((await actorNow(known, "test")).roles).toEqual(new Map([[environment, "auditor"]]));
    expect((await post((await tokenOf(ann, "viewer")).token, "tags", { add: ["c"] })).status).toBe(403);
  });

  test.each([
    ["is disabled", (personId: number) => prisma.person.update({ where: { id: personId }, data: { disabledAt: new Date() } })],
    ["is no member any more", (personId: number) => prisma.membership.updateMany({ where: { personId }, data: { active: false } })],
  ])("ends at the next request when its person %s, in the background too", async (_how, end) => {
    const { token, id } = await tokenOf(mia);
    expect((await reads(token)).status).toBe(200);
    await end(mia.personId);
    expect((await reads(token)).status).toBe(401);
    expect((await actorNow({ type: "token", id: String(id), name: "", personId: mia.personId }, "test")).roles).toEqual(new Map());
  });

  test("attests for somebody else alone, and means its person by me", async () => {
    const { token } = await tokenOf(mia);
    expect(await post(token, "evidence", { kind: "attestation", note: "Seen.", approver: mia.id })).toMatchObject({ status: 422, body: { errors: [{ path: expect.stringContaining("approver") }] } });
    await post(token, "assign", { assignee: mia.id });
    expect((await call("GET", `/api/v1/environments/${environment}/findings?q=assignee:me`, { token })).body).toMatchObject({ total: 1 });
  });

  test("is made by its person or by the operator: nobody has a colleague's token in hand, and none makes another", async () => {
    const made = (who: Actor, person?: string) => createToken(who, { environment, name: "ci", role: "manager", days: 1, person });
    const boss = await makeMember(environment, "admin", "Boss");
    expect(await made(boss, mia.id)).toMatchObject({ ok: false, refusal: { code: "forbidden", errors: [{ path: "person" }], next: expect.stringContaining("--person") } });
    expect(await made(boss, "nobody@example.test")).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
    expect(await prisma.apiToken.count({ where: { environmentId: environment } })).toBe(0);
    for (const [who, person] of [[boss, boss.id], [boss, undefined], [operatorActor("test"), mia.id]] as const) expect(await made(who, person)).toMatchObject({ ok: true });
    expect(await prisma.apiToken.findMany({ where: { environmentId: environment }, select: { personId: true }, orderBy: { id: "asc" } })).toEqual([{ personId: boss.personId }, { personId: null }, { personId: mia.personId }]);

    const { id } = await prisma.apiToken.findFirstOrThrow({ where: { personId: boss.personId } });
    const heir = await createToken({ ...boss, type: "token", id: String(id) }, { environment, name: "heir", role: "admin", days: 366 });
    expect(heir).toMatchObject({ ok: false, refusal: { code: "forbidden", message: "A token makes no tokens.", next: expect.stringContaining("settings") } });
    expect(await prisma.apiToken.count({ where: { name: "heir" } })).toBe(0);
  });

  test("is made for members alone", async () => {
    const stranger = await makePerson();
    const gone = await makeMember(environment, "manager");
    await prisma.person.update({ where: { id: gone.personId }, data: { disabledAt: new Date() } });
    for (const person of [stranger.email, gone.id]) {
      const made = await createToken(operatorActor("test"), { environment, name: "ci", role: "manager", days: 1, person });
      expect(made).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "person" }] } });
    }
  });
});
