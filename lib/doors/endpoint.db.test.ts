import { beforeEach, describe, expect, test } from "vitest";
import { logLength } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeFindings, makeScope, type MadeFinding, type MadeScope } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

let environment: number;
let scope: MadeScope;
let finding: MadeFinding;
let token: string;

beforeEach(async () => {
  environment = await makeEnvironment();
  scope = await makeScope(environment);
  finding = await makeFinding(scope);
  ({ token } = await makeToken(environment, "analyst"));
});

const at = (rest = "") => `/api/v1/environments/${environment}/findings/${finding.number}${rest}`;
const post = (rest: string, body: unknown, headers: Record<string, string> = {}) => call("POST", at(rest), { token, body, headers });

describe("what is refused says why", () => {
  test("an illegal step is 409 with the legal ones, and leaves no entry", async () => {
    await post("/transition", { to: "false_positive", note: "Not reachable." });
    const entries = await logLength();
    expect(await post("/transition", { to: "in_progress" })).toMatchObject({ status: 409, body: { type: "urn:docket:problem:illegal", allowed_transitions: ["open"] } });
    expect(await logLength()).toBe(entries);
  });

  test("a stale version is 409 with what moved and who did it, named by body or by If-Match", async () => {
    await post("/transition", { to: "in_progress", version: 0 });
    expect(await post("/transition", { to: "in_progress" })).toMatchObject({ status: 409, body: { type: "urn:docket:problem:conflict", allowed_transitions: expect.arrayContaining(["open", "resolved"]) } });
    expect(await post("/transition", { to: "open", version: 0 })).toMatchObject({ status: 409, body: { type: "urn:docket:problem:stale", allowed_transitions: expect.arrayContaining(["open", "resolved"]), changes: [{ by: "a analyst", to: "in_progress" }] } });
    await post("/tags", { add: ["edge"] });
    await post("/tags", { add: ["dmz"], remove: ["edge"] });
    expect(await post("/tags", { add: ["late"], version: 1 })).toMatchObject({ status: 409, body: {
      detail: expect.stringMatching(/^a analyst changed it at .*: Tags – → dmz\.$/),
      changes: [
        { version: 3, by: "a analyst", at: expect.stringMatching(/^\d{4}-.*Z$/), action: "finding.tagged", fields: ["tags"], changes: [{ field: "Tags", from: "edge", to: "dmz" }] },
        { version: 2, changes: [{ field: "Tags", from: null, to: "edge" }] },
      ],
    } });
    expect(await post("/transition", { to: "open", version: 0 })).toMatchObject({ body: { changes: expect.arrayContaining([expect.objectContaining({ version: 1, changes: [{ field: "Status", from: "Open", to: "In progress" }] })]) } });
    expect((await post("/transition", { to: "open" }, { "If-Match": '"0"' })).status).toBe(409);
    expect((await post("/transition", { to: "open" }, { "If-Match": '"3"' })).status).toBe(200);
    expect((await post("/transition", { to: "in_progress" }, { "If-Match": "yesterday" })).status).toBe(422);
  });

  test.each([
    ["half of a body", '{"to": "in_pro', "body"],
    ["an unknown status", '{"to": "gone"}', "to"],
    ["a field that is not there", '{"to": "in_progress", "comment": "x"}', ""],
    ["an acceptance in the past", '{"to": "accepted_risk", "expires_at": "2020-01-01", "note": "x"}', "expires_at"],
    ["an acceptance without an end", '{"to": "accepted_risk", "note": "x"}', "expires_at"],
    ["what is no UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), "body"],
  ])("%s is 422 and names the place", async (_what, bytes, path) => {
    const answer = await call("POST", at("/transition"), { token, bytes });
    expect(answer).toMatchObject({ status: 422, body: { type: "urn:docket:problem:invalid", title: "Invalid input", status: 422, errors: [{ path }] } });
  });

  test("more than a megabyte is 413, whatever length it claims", async () => {
    const text = JSON.stringify({ to: "in_progress", note: "x".repeat(1_000_001) });
    expect((await call("POST", at("/transition"), { token, bytes: text })).status).toBe(413);
  });

  test("an address that names nothing is 404", async () => {
    expect((await call("GET", `/api/v1/environments/${environment}/findings/F-1`, { token })).status).toBe(404);
    expect((await call("GET", `/api/v1/environments/${environment}/findings/99`, { token })).status).toBe(404);
    expect((await call("GET", `/api/v1/environments/1e3/findings`, { token })).status).toBe(404);
  });
});

describe("findings", () => {
  test("a decision gives the finding back, both axes and three severities apart", async () => {
    const answer = await post("/response", { response: "closed", reason: "false_positive", note: "The parser never runs.", version: 0 });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        number: finding.number, scanner_status: "open", governance_status: "false_positive", response: "closed", response_code: 3, close_reason: "false_positive",
        severity: { technical: "high", calibrated: "high", effective: "info" }, allowed_transitions: ["open"], url: `http://127.0.0.1:3000/e/${environment}/findings/${finding.number}`,
      },
    });
  });

  test("are told page by page with an exact total, and a cursor of another list is refused", async () => {
    await makeFindings(scope, 6);
    const list = `/api/v1/environments/${environment}/findings`;
    const numbers: unknown[] = [];
    let cursor = "";
    for (let page = 0; page < 4; page++) {
      const { body } = await call("GET", `${list}?limit=2${cursor}`, { token });
      expect(body).toMatchObject({ total: page === 0 ? 7 : null });
      const { items, next_cursor: next } = Object(body);
      numbers.push(...items.map((item: { number: number }) => item.number));
      cursor = `&cursor=${encodeURIComponent(String(next))}`;
      if (next === null) break;
    }
    expect(new Set(numbers).size).toBe(7);
    expect((await call("GET", `${list}?cursor=abc`, { token })).status).toBe(422);
    expect((await call("GET", `${list}?limit=501`, { token })).status).toBe(422);
    expect((await call("GET", `${list}?colour=red`, { token }))).toMatchObject({ status: 422, body: { errors: [{ path: "colour" }] } });
  });

  test("counts follow the union: not detected any more counts as Closed whatever was decided", async () => {
    await makeFinding(scope, { scanner: "closed" });
    const { body } = await call("GET", `/api/v1/environments/${environment}/findings/counts`, { token });
    expect(body).toEqual({
      tabs: { needs_review: 1, investigating: 0, accepted_risk: 0, closed: 1, all: 2 },
      responses: { needs_review: 2, investigating: 0, accepted_risk: 0, closed: 0 }, unassigned: 1,
    });
    const critical = await call("GET", `/api/v1/environments/${environment}/findings/counts?severity=critical`, { token });
    expect(critical.body).toMatchObject({ tabs: { all: 0 } });
  });

  test("a trail names each act with its author, its reason and its older name", async () => {
    await post("/response", { response: "closed", reason: "patched", note: "Fixed in 1.2." });
    await post("/revert", { event: Number((await newestSequence())) });
    const { body } = await call("GET", at("/audit"), { token });
    expect(body).toMatchObject({ items: [{ action: "finding.reverted", actor: { type: "token" } }, { action: "finding.acknowledged", alias: "FINDING_ACKNOWLEDGED", reason: "patched" }, {}] });
  });

  test("in bulk: those that cannot take part are skipped with the reason, and all of it can be undone", async () => {
    await post("/transition", { to: "in_progress" });
    const other = await makeFinding(scope);
    const started = await call("POST", `/api/v1/environments/${environment}/findings/bulk`, {
      token, body: { selection: { numbers: [finding.number, other.number, 77] }, action: { response: "investigating" } },
    });
    expect(started.status).toBe(202);
    const { id } = Object(Object(started.body).bulk);
    const shown = await call("GET", `/api/v1/environments/${environment}/bulk/${id}`, { token });
    expect(shown.body).toMatchObject({ id, status: "completed", total: 3, changed: 1, skipped: expect.arrayContaining([expect.objectContaining({ number: 77 })]) });
    const undone = await call("POST", `/api/v1/environments/${environment}/bulk/${id}/undo`, { token });
    expect(undone).toMatchObject({ status: 202, body: { bulk: { undo_of: id } } });
    expect((await call("GET", `/api/v1/environments/${environment}/findings/${other.number}`, { token })).body).toMatchObject({ governance_status: "open" });
  });
});

async function newestSequence(): Promise<unknown> {
  const { body } = await call("GET", at("/audit"), { token });
  return Object(body).items[0].sequence;
}
