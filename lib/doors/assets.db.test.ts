import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { assetImportRecord, assetListRecord, assetRecord, assetsChangedRecord } from "@/lib/domain/records/asset";
import { makeAsset, makeEnvironment } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

let environment: number;
let token: string;
const at = (path = "") => `/api/v1/environments/${environment}/assets${path}`;
const problem = z.object({ detail: z.string(), errors: z.array(z.object({ path: z.string(), message: z.string() })).optional() });

beforeAll(async () => {
  environment = await makeEnvironment();
  ({ token } = await makeToken(environment, "manager"));
});

test("an asset is entered, found, changed on the version that was seen, and retired by a date", async () => {
  const made = await call("POST", at(), { token, body: { name: "vpn.test", exposure: "internet", team: "Network" } });
  const asset = assetRecord.parse(made.body);
  expect([made.status, asset.url]).toEqual([201, expect.stringMatching(`^http.*/e/${environment}/assets/${asset.id}$`)]);
  const list = assetListRecord.parse((await call("GET", at("?exposure=internet&team=Network&limit=1"), { token })).body);
  expect([list.items.map(({ name }) => name), list.total]).toEqual([["vpn.test"], 1]);

  const changed = await call("PATCH", at(`/${asset.id}`), { token, body: { decommission_on: "2020-01-01", owner: "Lead" }, headers: { "if-match": '"0"' } });
  expect([changed.status, changed.body]).toEqual([200, expect.objectContaining({ stage: "retired", owner: "Lead", exposure: "internet", version: 1 })]);
  const stale = await call("PATCH", at(`/${asset.id}`), { token, body: { owner: "Other", version: 0 } });
  expect([stale.status, problem.parse(stale.body).detail]).toEqual([409, expect.stringMatching(/^a manager changed vpn.test at /)]);
});

test("what is no word of the inventory is named with its place", async () => {
  const wrong = await call("GET", at("?exposure=moon&colour=red&sort=size"), { token });
  expect([wrong.status, problem.parse(wrong.body).errors?.map(({ path }) => path)]).toEqual([422, ["exposure", "sort", "colour"]]);
  expect((await call("POST", at(), { token, body: { name: "two\nlines" } })).status).toBe(422);
  expect((await call("GET", at("?cursor=abc"), { token })).status).toBe(422);
});

test("a sheet is tried, applied, exported and tried again: the second time it changes nothing, even sent twice under one key", async () => {
  await makeAsset(environment, { name: "=2+5" });
  const sheet = "name;exposure\nnew-1;internet\n'=2+5;internal\n";
  const tried = assetImportRecord.parse((await call("POST", at("/import?dry_run=true"), { token, bytes: sheet })).body);
  expect(tried).toMatchObject({ applied: false, new: 1, changed: 1 });
  const headers = { "idempotency-key": "assets-1" };
  const done = await call("POST", at(`/import?expects=${tried.digest}`), { token, bytes: sheet, headers });
  const again = await call("POST", at(`/import?expects=${tried.digest}`), { token, bytes: sheet, headers });
  expect([done.status, again.status, again.text]).toEqual([200, 200, done.text]);
  expect((await call("POST", at(`/import?expects=${tried.digest}`), { token, bytes: sheet })).status).toBe(409);

  const out = await call("GET", at("/export?format=csv"), { token });
  expect([out.headers.get("content-type"), out.headers.get("content-disposition")]).toEqual(["text/csv; charset=utf-8", 'attachment; filename="assets.csv"']);
  expect(out.text).toContain("\n'=2+5,host,internal,");
  expect(assetImportRecord.parse((await call("POST", at("/import"), { token, bytes: out.text })).body)).toMatchObject({ applied: true, new: 0, changed: 0, refused: 0 });
  const lines = (await call("GET", at("/export?format=jsonl&q=new-1"), { token })).text.trimEnd().split("\n");
  expect(lines.map((line) => assetRecord.parse(JSON.parse(line)).name)).toEqual(["new-1"]);
});

test("many are changed at once and taken back by the name of that action, or each by the number of its entry", async () => {
  const ids = [await makeAsset(environment), await makeAsset(environment)];
  const body = { items: [...ids.map((id) => ({ id })), { id: 999_999 }], change: { exposure: "internet", decommission_on: "2031-01-01" }, note: "The new list." };
  const done = assetsChangedRecord.parse((await call("POST", at("/bulk"), { token, body })).body);
  expect([done.changed.map(({ id }) => id), done.skipped.map(({ code }) => code)]).toEqual([ids, ["missing"]]);
  expect((await call("POST", at("/bulk"), { token, body: { ...body, change: { colour: "red" } } })).status).toBe(422);
  expect((await call("POST", at("/revert"), { token, body: {} })).status).toBe(422);

  const back = assetsChangedRecord.parse((await call("POST", at("/revert"), { token, body: { action: done.action, ids: [ids[0]], note: "Not that one." } })).body);
  expect(back.changed).toEqual([{ id: ids[0], version: 2 }]);
  const rest = assetsChangedRecord.parse((await call("POST", at("/revert"), { token, body: { action: done.action } })).body);
  expect([rest.changed.map(({ id }) => id), rest.skipped.map(({ id, why }) => [id, why.replace(/ at .+ UTC/, "")])]).toEqual([[ids[1]], [[ids[0], expect.stringMatching(/^a manager changed \S+, after this\.$/)]]]);
  expect(assetRecord.parse((await call("GET", at(`/${ids[1]}`), { token })).body)).toMatchObject({ exposure: "unknown", decommission_on: null, stage: "in_service", version: 2 });
});
