import { expect, test } from "vitest";
import { revokeToken } from "@/lib/commands/tokens/revoke";
import { createToken } from "@/lib/commands/tokens/create";
import { disablePerson } from "@/lib/commands/people/disable";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { listTokens } from "./tokens";

test("tokens are listed with what they may now and whether they hold, never themselves; the reason of an end is in the log", async () => {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const ann = await makeMember(environment, "analyst");
  const make = async (name: string) => done(await createToken(admin, { environment, name, role: "manager", days: 7 }));
  const hers = done(await createToken(operatorActor("test"), { environment, name: "hers", role: "manager", days: 7, person: ann.id, scopes: ["read", "import"], addresses: ["203.0.113.0/24"] }));
  const [free, old, gone] = [await make("free"), await make("old"), await make("gone")];
  done(await revokeToken(admin, { environment, token: gone.id, reason: "The pipeline moved." }));
  await prisma.apiToken.update({ where: { id: old.id }, data: { expiresAt: new Date("2020-02-01") } });
  await prisma.apiToken.update({ where: { id: free.id }, data: { createdAt: new Date("2020-01-01") } }); // older than one that expired, and it holds
  done(await disablePerson(admin, { environment, person: ann.personId, disabled: true }));

  const { items } = done(await listTokens(admin, { environment }));
  expect(items.map(({ name, role, person, state }) => ({ name, role, person, state }))).toEqual([
    { name: "hers", role: "analyst", person: ann.id, state: "asleep" },
    { name: "free", role: "manager", person: null, state: "active" },
    { name: "gone", role: "manager", person: null, state: "revoked" },
    { name: "old", role: "manager", person: null, state: "expired" },
  ]);
  expect(items.slice(0, 2).map(({ scopes, addresses }) => ({ scopes, addresses }))).toEqual([{ scopes: ["read", "import"], addresses: ["203.0.113.0/24"] }, { scopes: ["read", "decide", "import", "tickets", "manage"], addresses: [] }]);
  expect(JSON.stringify(items)).not.toContain(hers.token);
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "token.revoked" }, include: { body: true } });
  expect(event.body?.note).toBe("The pipeline moved.");
});
