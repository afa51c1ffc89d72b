import { beforeEach, describe, expect, test } from "vitest";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { loadRows } from "@/lib/queries/queue";
import { operatorActor } from "@/lib/gate/actor";
import { logLength } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeScope, type MadeFinding } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

// What a database would refuse by an error of its own is refused before it gets there: 422 with the place, and nothing written.

let environment: number;
let finding: MadeFinding;
let token: string;

beforeEach(async () => {
  environment = await makeEnvironment();
  finding = await makeFinding(await makeScope(environment));
  ({ token } = await makeToken(environment, "analyst"));
});

const below = (rest: string) => `/api/v1/environments/${environment}${rest}`;
const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("bodies", () => {
  test.each([
    ["a NUL in a note", "/response", { response: "investigating", note: "a\0b" }, "note"],
    ["half a character in a tag", "/tags", { add: ["fine", "\ud800"] }, "add.1"],
    ["a NUL in a reference", "/evidence", { kind: "commit", reference: "a\0" }, "reference"],
    ["a version that no integer holds", "/response", { response: "investigating", version: 99_999_999_999 }, "version"],
  ])("%s", async (_what, rest, body, path) => {
    const entries = await logLength();
    expect(await call("POST", below(`/findings/${finding.number}${rest}`), { token, body })).toMatchObject({ status: 422, body: { errors: [{ path }] } });
    expect(await logLength()).toBe(entries);
  });

  test("a NUL in the name of an asset or a file, before a byte of the report is stored", async () => {
    for (const query of ["asset=a%00b", "filename=a%00b"]) expect((await call("POST", below(`/scans?${query}`), { token, bytes: "{}" })).status).toBe(422);
  });
});

describe("addresses", () => {
  test.each([
    ["a NUL in a search", "/findings?q=a%00b"],
    ["a NUL in a filter", "/findings?asset=a%00b"],
    ["a cursor of scans on no day", "/scans?cursor=2026-13-45T99:99:99.000Z_1"],
    ["a cursor of scans after no scan", "/scans?cursor=2026-11-01T00:00:00.000Z_9999999999"],
    ["a cursor of findings on the 30th of February", `/findings?sort=added&cursor=${cursor({ s: "added", p: [0, 0], k: ["2026-02-30 00:00:00+00", "1"] })}`],
  ])("%s", async (_what, rest) => {
    expect((await call("GET", below(rest), { token })).status).toBe(422);
  });

  test.each(["9999-99-99 00:00:00+00", "2026-02-30 00:00:00+00", "0000-01-01 00:00:00+00", "2026-01-01 00:00:00+99"])("a cursor of a trail at %s", async (at) => {
    expect((await call("GET", below(`/findings/${finding.number}/audit?cursor=${cursor([at, 1, 1])}`), { token })).status).toBe(422);
  });

  test("the cursors that we give are still read, whatever the time zone they were written in", async () => {
    const read = await loadRows(operatorActor("test"), { environment, filter: { ...wholeTab("all"), sort: "added" }, cursor: cursor({ s: "added", p: [0, 0], k: ["2026-01-01 05:30:00.123+05:30", "1"] }) });
    expect(read.ok).toBe(true);
  });
});
