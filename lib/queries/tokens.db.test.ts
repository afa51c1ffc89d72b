import { expect, test } from "vitest";
import { revokeToken } from "@/lib/commands/tokens/revoke";
import { createToken } from "@/lib/commands/tokens/create";
import { disablePerson } from "@/lib/commands/people/disable";
import { prisma } from "@/lib/db/client";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { listTokens } from "./tokens";

test("tokens are listed with what they may now and whether they hold, never themselves; the reason of an end is in the log", async () => {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const ann = await makeMember(environment, "analyst");
  const make = async (name: string, more: { person?: string } = {}) => done(await createToken(admin, { environment, name, role: "manager", days: 7, ...more }));
  const [, hers, old, gone] = [await make("free"), await make("hers", { person: ann.id }), await make("old"), await make("gone")];
  done(await revokeToken(admin, { environment, token: gone.id, reason: "The pipeline moved." }));
  await prisma.apiToken.update({ where: { id: old.id }, data: { createdAt: new Date("2020-01-01"), expiresAt: new Date("2020-02-01") } });
  done(await disablePerson(admin, { environment, person: ann.personId, disabled: true }));

  const { items } = done(await listTokens(admin, { environment }));
  expect(items.map(({ name, role, person, state }) => ({ name, role, person, state }))).toEqual([
    { name: "hers", role: "analyst", person: ann.id, state: "asleep" },
    { name: "free", role: "manager", person: null, state: "active" },
    { name: "old", role: "manager", person: null, state: "expired" },
    { name: "gone", role: "manager", person: null, state: "revoked" },
  ]);
  expect(JSON.stringify(items)).not.toContain(hers.token);
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "token.revoked" }, include: { body: true } });
  expect(event.body?.note).toBe("The pipeline moved.");
});
