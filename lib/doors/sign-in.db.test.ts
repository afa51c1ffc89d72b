import { beforeEach, describe, expect, test } from "vitest";
import { createPerson } from "@/lib/commands/people/create";
import { disablePerson } from "@/lib/commands/people/disable";
import { setPassword } from "@/lib/commands/people/set-password";
import { setMembership } from "@/lib/commands/memberships/set";
import { prisma } from "@/lib/db/client";
import { operatorActor, roleIn, type Actor } from "@/lib/gate/actor";
import { hashPassword } from "@/lib/gate/secrets";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { sealSession, readSession } from "./session-cookie";
import { personActor } from "./session";
import { addressOf } from "./caller-address";
import { signIn } from "./sign-in";

const PASSWORD = "correct horse battery";
const operator = operatorActor("test");
let turn = 0;
let environment: number;
let admin: Actor;
let person: number;
let email: string;
let from: string;

beforeEach(async () => {
  turn++;
  email = `ann-${turn}@example.test`;
  from = `192.0.2.${turn}`;
  environment = await makeEnvironment();
  admin = await makeMember(environment, "admin", "Ada");
  const made = await createPerson(admin, { environment, email, name: "Ann", role: "analyst", password: PASSWORD });
  if (!made.ok) throw new Error(made.refusal.message);
  person = made.value.person;
});

const actions = async () => (await prisma.auditEvent.findMany({ where: { recordType: "person", recordNumber: person }, orderBy: { sequence: "asc" } })).map(({ action, actorName }) => `${actorName}: ${action}`);
const spend = (key: string, points: number) => prisma.rateLimit.update({ where: { key }, data: { points } });

describe("signing in", () => {
  test("works whatever the case of the e-mail, and is an entry of the environment's log", async () => {
    expect(await signIn({ email: ` ${email.toUpperCase()} `, password: PASSWORD }, from)).toMatchObject({ ok: true, value: { id: person, version: 1 } });
    expect(await actions()).toEqual(["Ada: person.created", "Ada: membership.granted", "Ann: session.signed_in"]);
    const log = await prisma.auditBody.findMany({});
    expect(JSON.stringify(log, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))).not.toContain(PASSWORD);
  });

  test("is refused alike for a wrong password, an unknown account and a disabled one; the log knows which", async () => {
    const wrong = await signIn({ email, password: "wrong" }, from);
    const unknown = await signIn({ email: `nobody-${turn}@example.test`, password: PASSWORD }, from);
    await disablePerson(admin, { environment, person, disabled: true });
    const disabled = await signIn({ email, password: PASSWORD }, from);
    expect(unknown).toEqual(wrong);
    expect(disabled).toEqual(wrong);
    const reasons = await prisma.auditEvent.findMany({ where: { action: "session.failed" }, orderBy: { sequence: "desc" }, take: 3, include: { body: true } });
    expect(reasons.map(({ body, actorType, environmentId }) => [body?.reason, actorType, environmentId])).toEqual([
      ["disabled", "system", environment], ["unknown account", "system", null], ["wrong password", "system", environment],
    ]);
  });

  test("an account without a password is nobody's, and the demo accounts are off unless asked for", async () => {
    await prisma.person.update({ where: { id: person }, data: { passwordHash: null } });
    expect(await signIn({ email, password: "" }, from)).toMatchObject({ ok: false });
    expect(await signIn({ email, password: PASSWORD }, from)).toMatchObject({ ok: false });
    await prisma.person.create({ data: { email: "admin@demo.test", name: "Demo", passwordHash: await hashPassword("docket-demo") } });
    expect(await signIn({ email: "admin@demo.test", password: "docket-demo" }, from)).toMatchObject({ ok: false, refusal: { code: "unauthenticated" } });
  });

  test("stops after eight failures from one address, and the owner still comes in from another", async () => {
    for (let attempt = 0; attempt < 8; attempt++) expect(await signIn({ email, password: "wrong" }, from)).toMatchObject({ refusal: { code: "unauthenticated" } });
    expect(await signIn({ email, password: PASSWORD }, from)).toMatchObject({ ok: false, refusal: { code: "limited", retryAfter: expect.any(Number) } });
    expect(await signIn({ email, password: PASSWORD }, `${from}9`)).toMatchObject({ ok: true });
  });

  test("from many addresses stops at the account, on many accounts at the address; success costs nothing", async () => {
    for (let attempt = 0; attempt < 10; attempt++) expect((await signIn({ email, password: PASSWORD }, from)).ok).toBe(true);
    await spend(`sign-in-account:${email}`, 40);
    expect(await signIn({ email, password: PASSWORD }, "198.51.100.1")).toMatchObject({ refusal: { code: "limited" } });
    await spend(`sign-in-account:${email}`, 0);
    await spend(`sign-in-address:${from}`, 60);
    expect(await signIn({ email, password: PASSWORD }, from)).toMatchObject({ refusal: { code: "limited" } });
  });
});

describe("a session", () => {
  const again = () => personActor({ person, version: 1 });

  test("is the person as they are now: demoted, moved out or disabled counts at the next request", async () => {
    expect(roleIn((await again())!, environment)).toBe("analyst");
    await setMembership(admin, { environment, email, role: "viewer" });
    expect(roleIn((await again())!, environment)).toBe("viewer");
    await setMembership(admin, { environment, email, role: null });
    expect(roleIn((await again())!, environment)).toBeUndefined();
    await setMembership(admin, { environment, email, role: "analyst" });
    await disablePerson(admin, { environment, person, disabled: true });
    expect(await again()).toBeNull();
    await disablePerson(admin, { environment, person, disabled: false });
    expect(await again(), "the old session stays ended").toBeNull();
  });

  test("ends with a new password", async () => {
    await setPassword(admin, { environment, person, password: "another long secret" });
    expect(await again()).toBeNull();
    expect(await signIn({ email, password: PASSWORD }, from)).toMatchObject({ ok: false });
    expect(await signIn({ email, password: "another long secret" }, from)).toMatchObject({ ok: true, value: { version: 2 } });
  });

  test("is read from a sealed cookie alone: a changed letter is nobody", async () => {
    const cookie = await sealSession({ person, version: 1 });
    expect(await readSession(cookie)).toMatchObject({ person, version: 1 });
    expect(await readSession(`${cookie.slice(0, -2)}${cookie.endsWith("A") ? "B" : "A"}x`)).toBeNull();
    expect(await readSession(undefined)).toBeNull();
  });

  test("counts attempts by the address that the nearest proxy saw", () => {
    expect([addressOf("10.9.9.9, 203.0.113.7"), addressOf(undefined), addressOf("")]).toEqual(["203.0.113.7", "unknown", "unknown"]);
  });
});

describe("people", () => {
  test("the last admin cannot be taken away, not even by two at once", async () => {
    const second = await makeMember(environment, "admin", "Bea");
    const both = await Promise.all([
      setMembership(admin, { environment, email: second.id, role: "viewer" }),
      setMembership(second, { environment, email: admin.id, role: "viewer" }),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await prisma.membership.count({ where: { environmentId: environment, role: "admin", active: true } })).toBe(1);
  });

  test("an admin who is shut out is no admin: the other one cannot leave, and two cannot shut each other out at once", async () => {
    const [second, third] = [await makeMember(environment, "admin", "Bea"), await makeMember(environment, "admin", "Cy")];
    const out = (by: Parameters<typeof disablePerson>[0], who: number) => disablePerson(by, { environment, person: who, disabled: true });
    const both = await Promise.all([out(second, third.personId), out(third, second.personId)]);
    expect(both.filter(({ ok }) => ok).length, "the first admin is left either way").toBeGreaterThan(0);
    for (const one of [second, third]) await disablePerson(admin, { environment, person: one.personId, disabled: true });
    expect(await setMembership(admin, { environment, email: admin.id, role: "viewer" })).toMatchObject({ ok: false, refusal: { code: "conflict" } });

    await disablePerson(operator, { environment, person: second.personId, disabled: false });
    const last = await Promise.all([out(admin, second.personId), out(second, admin.personId ?? 0)]);
    expect(last.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test("an admin cannot take over somebody who also belongs to an environment of others", async () => {
    const elsewhere = await makeEnvironment();
    await setMembership(operator, { environment: elsewhere, email, role: "admin" });
    const trick = await setPassword(admin, { environment, person, password: "mine from now on" });
    expect(trick).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
    expect(await disablePerson(admin, { environment, person, disabled: true })).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await setPassword(admin, { environment: elsewhere, person, password: "mine from now on" })).toMatchObject({ refusal: { code: "missing" } });
    expect(await setPassword(operator, { environment, person, password: "mine from now on" })).toMatchObject({ ok: true });
  });

  test("one e-mail is one account, also when two admins add it at once", async () => {
    const twice = await Promise.all([1, 2].map(() => createPerson(admin, { environment, email: `new-${turn}@example.test`, name: "New", role: "viewer", password: PASSWORD })));
    expect(twice.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await createPerson(admin, { environment, email, name: "Ann", role: "viewer", password: "short" })).toMatchObject({ refusal: { code: "invalid", errors: [{ path: "password" }] } });
  });
});
