import { beforeEach, expect, test } from "vitest";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { assign } from "@/lib/commands/findings/assign";
import { bulk } from "@/lib/commands/findings/bulk";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/can";
import type { Actor } from "@/lib/gate/actor";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

type Person = Actor & { personId: number };
let environment: number;
let mia: Person;

beforeEach(async () => {
  environment = await makeEnvironment();
  mia = await makeMember(environment, "manager", "Mia");
  await makeFindings(await makeScope(environment), 2);
});

const items = [{ number: 1 }, { number: 2 }];
const assigned = async () => (await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { number: "asc" } })).map(({ assigneeId }) => assigneeId);
const refused = (path: string, who: string) => ({ ok: false, refusal: { code: "invalid", errors: [{ path, message: expect.stringMatching(new RegExp(`^${who} .*analyst, manager, admin`)) }] } });

test.each(["viewer", "auditor"] as const)("a %s, who may only look, is given nothing: one by one, by list, by filter or by a token", async (role) => {
  const val = await makeMember(environment, role, "Val");
  expect(await assign(mia, { environment, items, assignee: val.personId })).toMatchObject(refused("assignee", "Val"));
  expect(await assign(mia, { environment, items, assignee: val.id })).toMatchObject(refused("assignee", "Val"));
  expect(await bulk(mia, { environment, items, action: { assignee: val.id } })).toMatchObject(refused("action.assignee", "Val"));
  expect(await prepareBulk(mia, { environment, filter: { tab: "all" }, action: { assignee: val.personId }, start: true })).toMatchObject(refused("action.assignee", "Val"));

  const { token } = await makeToken(environment, "analyst");
  const single = await call("POST", `/api/v1/environments/${environment}/findings/1/assign`, { token, body: { assignee: val.id } });
  expect(single).toMatchObject({ status: 422, body: { errors: [{ path: "assignee", message: expect.stringContaining("analyst, manager, admin") }] } });
  const many = await call("POST", `/api/v1/environments/${environment}/findings/bulk`, { token, body: { selection: { numbers: [1, 2] }, action: { assignee: val.id } } });
  expect(many).toMatchObject({ status: 422 });
  expect(await assigned()).toEqual([null, null]);
});

test.each(["analyst", "manager", "admin"] as const)("a %s is given findings", async (role: Role) => {
  const ann = await makeMember(environment, role);
  expect(await assign(mia, { environment, items, assignee: ann.id })).toMatchObject({ ok: true, value: { changed: [1, 2] } });
  expect(await assigned()).toEqual([ann.personId, ann.personId]);
});

test("somebody who was disabled or has left is no member to be given anything", async () => {
  const [dan, lee] = [await makeMember(environment), await makeMember(environment)];
  await prisma.person.update({ where: { id: dan.personId }, data: { disabledAt: new Date() } });
  await prisma.membership.updateMany({ where: { personId: lee.personId }, data: { active: false } });
  for (const gone of [dan, lee]) expect(await assign(mia, { environment, items, assignee: gone.id })).toMatchObject(refused("assignee", gone.id));
});

test("what they have already stays theirs, through the decisions of others", async () => {
  const ann = await makeMember(environment);
  await assign(mia, { environment, items, assignee: ann.personId });
  await prisma.membership.updateMany({ where: { personId: ann.personId }, data: { role: "viewer" } });
  expect(await respond(mia, { environment, items, response: "investigating" })).toMatchObject({ ok: true, value: { changed: [1, 2] } });
  expect(await assigned()).toEqual([ann.personId, ann.personId]);
});
