import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeEnvironment, makeFinding, makeMember, makeScope, type MadeScope } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

let environment: number;
let scope: MadeScope;
let token: string;
let email: string;

beforeAll(async () => {
  environment = await makeEnvironment();
  scope = await makeScope(environment);
  const ann = await makeMember(environment, "analyst", "Ann");
  email = ann.id;
  token = (await makeToken(environment, "analyst", 7, ann.id)).token;
});

const at = (path: string) => `/api/v1/environments/${environment}/tickets${path}`;
const record = z.looseObject({ number: z.number(), version: z.number() });
const post = (path: string, body: unknown) => call("POST", at(path), { token, body });
const get = async (path: string) => (await call("GET", at(path), { token })).body;

test("a ticket is made, closed with reason and notes alone, and reopened with a reason, as older systems call it", async () => {
  const finding = await makeFinding(scope);
  const made = await post("", { findings: [finding.number], assignee: email, destination: "internal", priority: "high" });
  expect(made).toMatchObject({ status: 201, body: { state: "open", findings: [finding.number], assignee: email, priority: "high", severity: "high", external: null, remediation: { status: "open", attempts: 0 } } });
  const { number } = record.parse(made.body);
  expect(made.body).toMatchObject({ url: `http://127.0.0.1:3000/e/${environment}/tickets/${number}` });

  expect(await post(`/${number}/close`, { reason: "patched", notes: "Firmware 4.2." })).toMatchObject({ status: 200, body: { state: "closed", close_reason: "patched", notes: "Firmware 4.2.", version: 2 } });
  expect(await post(`/${number}/close`, { reason: "patched" })).toMatchObject({ status: 409 });
  expect(await get("?state=closed")).toMatchObject({ items: [{ number }], total: 1, next_cursor: null });
  expect(await post(`/${number}/reopen`, { reason: "Rolled back." })).toMatchObject({ status: 200, body: { state: "open", reopen_count: 1, close_reason: null } });
  expect(await get("?state=reopened")).toMatchObject({ items: [{ number }] });

  const shown = (await call("GET", `/api/v1/environments/${environment}/findings/${finding.number}`, { token })).body;
  expect(shown).toMatchObject({ tickets: [number], chain: [{ step: "matched" }, { step: "ticket_created", label: `T-${number}` }, { step: "ticket_closed", at: null }, { step: "disposition", at: null }] });
});

test("what stands in the way is a conflict that names it, a stale version says who moved it, an unknown field is refused", async () => {
  const finding = await makeFinding(scope);
  const { number } = record.parse((await post("", { findings: [finding.number] })).body);
  expect(await post("", { findings: [finding.number] })).toMatchObject({ status: 409, body: { detail: expect.stringContaining(`T-${number}`) } });
  expect((await call("PATCH", at(`/${number}`), { token, body: { priority: "low" } })).status).toBe(200);
  expect(await post(`/${number}/close`, { reason: "patched", version: 1 })).toMatchObject({ status: 409, body: { changes: [{ by: "a analyst, for Ann", action: "ticket.changed" }] } });
  expect((await post(`/${number}/close`, { reason: "patched", severity: "low" })).status).toBe(422);
  expect((await post(`/${number}/close`, { reason: "risk_accepted" })).status).toBe(422);
  expect((await post("/999999/close", { reason: "patched" })).status).toBe(404);
  expect((await post("", { findings: [999_999] })).status).toBe(404);
});

test("split answers with the new ticket, merge with the one that remains", async () => {
  const [one, two] = [await makeFinding(scope), await makeFinding(scope)];
  const first = record.parse((await post("", { findings: [one.number, two.number] })).body).number;
  const split = await post(`/${first}/split`, { findings: [two.number], title: "Apart" });
  expect(split).toMatchObject({ status: 201, body: { title: "Apart", split_from: first, findings: [two.number] } });
  const second = record.parse(split.body).number;
  expect(await post(`/${first}/merge`, { from: [second] })).toMatchObject({ status: 200, body: { number: first, findings: [one.number, two.number] } });
  expect(await get(`/${second}`)).toMatchObject({ state: "closed", merged_into: first, findings: [], unlinked: [two.number] });
  expect(await post(`/${first}/check`, { position: 2, ticked: true })).toMatchObject({ body: { checklist: [{ ticked_by: null }, { ticked_by: "a analyst, for Ann" }, { ticked_by: null }] } });
});
