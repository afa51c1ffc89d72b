import { decode, encode } from "next-auth/jwt";
import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { needed } from "@/lib/env";
import type { Actor } from "@/lib/gate/actor";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { sessionActor } from "./session";
import { readSession, sealSession, SESSION_AGE } from "./session-cookie";
import { signInOptions } from "./sign-in-options";

let environment: number;
let ann: Actor & { personId: number };

beforeEach(async () => {
  environment = await makeEnvironment();
  ann = await makeMember(environment, "analyst", "Ann");
});

const secret = needed("AUTH_SECRET");
const signIn = () => sealSession({ person: ann.personId, version: 1 });
/** Who a cookie makes one, as every page and stream asks. */
async function who(cookie: string): Promise<string | null> {
  const claims = await readSession(cookie);
  return claims && ((await sessionActor(claims))?.name ?? null);
}
/** What the sign-in library does with the cookie of whoever signs out. */
async function signOut(cookie: string): Promise<void> {
  const token = await decode({ token: cookie, secret });
  if (!token) throw new Error("The cookie could not be read.");
  await signInOptions().events?.signOut?.({ token, session: { expires: "" } });
}
const log = async () => (await prisma.auditEvent.findMany({ where: { environmentId: environment, recordType: "person" }, orderBy: { sequence: "asc" } })).map(({ action, actorName }) => `${actorName}: ${action}`);

test("a copy of the cookie is nobody once its session was signed out of; the other browser stays signed in", async () => {
  const [here, there] = [await signIn(), await signIn()];
  expect([await who(here), await who(there)]).toEqual(["Ann", "Ann"]);
  await signOut(here);
  expect([await who(here), await who(there)]).toEqual([null, "Ann"]);
  await signOut(here);
  expect(await log()).toEqual(["Ann: session.signed_out"]);
});

test("nor does sealing the copy anew bring it back, or make a session longer than it was", async () => {
  const cookie = await signIn();
  const token = await decode({ token: cookie, secret });
  const renewed = async () => encode({ token: token ?? {}, secret, maxAge: 100 * SESSION_AGE });
  expect((await readSession(await renewed()))?.until).toEqual((await readSession(cookie))?.until);
  await signOut(cookie);
  expect(await who(await renewed())).toBeNull();
  const over = await encode({ token: { ...token, until: Math.floor(Date.now() / 1000) - 1 }, secret, maxAge: SESSION_AGE });
  expect(await readSession(over)).toBeNull();
});

test("what sign-in seals is a session of its own each time", async () => {
  const jwt = signInOptions().callbacks?.jwt;
  const user = { id: String(ann.personId), name: "Ann", email: ann.id, version: 1 };
  const sealed = async () => encode({ token: (await jwt?.({ token: {}, user, account: null })) ?? {}, secret });
  const [first, second] = [await readSession(await sealed()), await readSession(await sealed())];
  expect(first).toMatchObject({ person: ann.personId, version: 1 });
  expect(first?.session).not.toBe(second?.session);
});
