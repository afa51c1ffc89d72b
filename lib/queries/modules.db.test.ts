import { beforeAll, describe, expect, it } from "vitest";
import { respond } from "@/lib/commands/findings/respond";
import type { Actor } from "@/lib/gate/actor";
import { inModule } from "@/lib/domain/module/view";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { tabsOfFilter } from "@/lib/queries/modules";
import { shell } from "@/lib/queries/shell";
import { makeDetector, makeEnvironment, makeFinding, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

let environment: number;
let analyst: Actor;

beforeAll(async () => {
  environment = await makeEnvironment();
  analyst = await makeMember(environment);
  const [scanner, sites] = [await makeScope(environment), await makeScope(environment, { detector: await makeDetector(environment, "zap") })];
  await makeFindings(scanner, 3, { category: "Secret" });
  await makeFinding(scanner, { category: "Secret", scanner: "closed" });
  await makeFindings(sites, 2, { title: "Cross-site scripting" });
  await makeFinding(scanner, { rule: "SSL Medium Strength Cipher Suites", category: "General" });
  await makeFinding(scanner, { cve: ["CVE-2024-1"], category: "Vulnerable package" });
});

async function tabs(filter: QueueFilter) {
  const answer = await tabsOfFilter(analyst, { environment, filter });
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}

describe("the modules of an environment", () => {
  it("are those that hold a finding, each counted where that costs nothing", async () => {
    const expected = [{ key: "vulnerabilities", count: null }, { key: "web", count: null }, { key: "tls", count: null }, { key: "secrets", count: 3 }];
    expect(await shell(analyst, { environment })).toMatchObject({ ok: true, value: { modules: expected } });
  });

  it("count their own tabs, and follow a decision", async () => {
    expect(await tabs(inModule(wholeTab("all"), "secrets"))).toEqual({ needs_review: 3, investigating: 0, accepted_risk: 0, closed: 1, all: 4 });
    await respond(analyst, { environment, items: [{ number: 1, version: 0 }], response: "investigating" });
    expect(await tabs(inModule(wholeTab("all"), "secrets"))).toMatchObject({ needs_review: 2, investigating: 1 });
    expect(await tabs(inModule(wholeTab("closed"), "web"))).toMatchObject({ needs_review: 2, all: 2 });
    expect(await tabs({ ...wholeTab("all"), q: "cross-site" }), "words too").toEqual({ needs_review: 2, investigating: 0, accepted_risk: 0, closed: 0, all: 2 });
  });

  it("are none where nothing was imported, and nobody's business elsewhere", async () => {
    const empty = await makeEnvironment();
    expect(await shell(await makeMember(empty), { environment: empty })).toMatchObject({ ok: true, value: { modules: [] } });
    expect(await tabsOfFilter(analyst, { environment: empty, filter: wholeTab("all") })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  });
});
