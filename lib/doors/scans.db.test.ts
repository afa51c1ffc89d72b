import { expect, test } from "vitest";
import { z } from "zod";
import { runImport } from "@/lib/worker/jobs/run-import";
import { makeEnvironment } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

const sarif = (count: number, text = "") => JSON.stringify({
  version: "2.1.0",
  runs: [{
    tool: { driver: { name: "linter", rules: [{ id: "one-check" }] } },
    results: Array.from({ length: count }, (_, n) => ({
      ruleId: "one-check", level: "error", message: { text: `Weakness ${n}${text}` }, locations: [{ physicalLocation: { artifactLocation: { uri: `src/file-${n}.ts` }, region: { startLine: 1 } } }],
    })),
  }],
});

const accepted = z.object({ scan: z.object({ id: z.number() }) });
const shown = z.object({ digest: z.string(), brakes: z.array(z.object({ why: z.string() })) });

async function ground() {
  const environment = await makeEnvironment();
  const [analyst, manager] = [(await makeToken(environment, "analyst")).token, (await makeToken(environment, "manager")).token];
  const at = (path: string) => `/api/v1/environments/${environment}${path}`;
  const send = async (token: string, bytes: string, query = "") => {
    const answer = await call("POST", at(`/scans?asset=shop${query}`), { token, bytes });
    if (answer.status !== 202) return { answer, scan: 0 };
    const { scan } = accepted.parse(answer.body);
    await runImport(scan.id);
    return { answer, scan: scan.id };
  };
  const get = (path: string, token = analyst) => call("GET", at(path), { token });
  const post = (token: string, path: string, body: unknown = {}) => call("POST", at(path), { token, body });
  return { analyst, manager, at, send, get, post };
}

test("a dry run tells the counts and their rows, and is applied by the digest that was seen", async () => {
  const { analyst, send, get, post } = await ground();
  const { scan } = await send(analyst, sarif(3), "&dry_run=true");
  const record = await get(`/scans/${scan}`);
  expect(record.body).toMatchObject({ status: "previewed", new: 3, observed: 3, preserved: 0, dry_run: true, parts: [], held: [] });
  const { digest } = shown.parse((await get(`/scans/${scan}/preview`)).body);
  expect(record.body).toMatchObject({ digest });
  const page = await get(`/scans/${scan}/rows?kind=new&limit=2`);
  expect(page.body).toMatchObject({ items: [{ finding: null, asset: "shop", why: expect.stringContaining("reports it for the first time") }, {}], next_cursor: "2" });
  expect((await get(`/scans/${scan}/rows?kind=new&limit=2&cursor=2`)).body).toMatchObject({ items: [{}], next_cursor: null });

  expect((await post(analyst, `/scans/${scan}/apply`, { expects: "f".repeat(64) })).status).toBe(409);
  expect((await post(analyst, `/scans/${scan}/apply`, { expects: digest })).status).toBe(202);
  await runImport(scan);
  expect((await get(`/scans/${scan}`)).body).toMatchObject({ status: "completed", new: 3, dry_run: false });
  expect((await get(`/scans/${scan}/preview`)).body).toMatchObject({ applied: true, digest, attempts: [{}, {}] });
  expect((await get(`/scans/${scan}/rows?kind=new`)).body).toMatchObject({ items: [{ finding: expect.any(Number) }, {}, {}] });
});

test("what the brake holds, an analyst can neither apply nor release nor send around it", async () => {
  const { analyst, manager, send, get, post } = await ground();
  await send(analyst, sarif(60));
  const { scan } = await send(analyst, sarif(10));
  expect((await get(`/scans/${scan}`)).body).toMatchObject({ status: "held", unseen: 50, held: ["50 of 60 detected findings of linter on shop would vanish (83 %; the limit is 20 % and 25)."] });
  expect((await post(analyst, `/scans/${scan}/apply`)).body).toMatchObject({ status: 409, next: "The brake holds it: a manager releases it." });
  expect((await post(analyst, `/scans/${scan}/release`)).status).toBe(403);
  const around = await send(analyst, sarif(10), "&brake=off&note=fine");
  expect(around.answer.body).toMatchObject({ status: 403, detail: "Only a manager may switch the brake off." });
  expect((await send(manager, sarif(10), "&brake=off")).answer).toMatchObject({ status: 422, body: { errors: [{ path: "note" }] } });

  expect((await post(manager, `/scans/${scan}/release`, { note: "The module was retired." })).status).toBe(202);
  await runImport(scan);
  expect((await get(`/scans/${scan}`)).body).toMatchObject({ status: "completed", unseen: 50, held: [] });
});

test("mappings are saved by name, once for each version", async () => {
  const { analyst, at, get } = await ground();
  const body = { name: "Sheet", format: "generic-csv", mapping: { title: "Finding" } };
  expect((await call("PUT", at("/mappings"), { token: analyst, body })).body).toEqual({ name: "Sheet", version: 1 });
  expect((await call("PUT", at("/mappings"), { token: analyst, body })).body, "the same again changes nothing").toEqual({ name: "Sheet", version: 1 });
  const other = { ...body, mapping: { title: "Issue" }, version: 0 };
  expect((await call("PUT", at("/mappings"), { token: analyst, body: other })).status, "somebody else's is not written over").toBe(409);
  expect((await get("/mappings")).body).toMatchObject({ items: [{ name: "Sheet", version: 1, mapping: { title: "Finding" } }] });
});
