import { beforeAll, expect, test } from "vitest";
import { prisma, sql } from "@/lib/db/client";
import { LIVE_SOURCES, type LiveSource } from "@/lib/domain/filter/fields";
import type { Actor } from "@/lib/gate/actor";
import { completions } from "@/lib/queries/completions";
import { makeCrowd } from "@/lib/testing/crowd";
import { makeEnvironment, makeMember } from "@/lib/testing/make";

let here: number;
let there: number;
let ann: Actor;

beforeAll(async () => {
  [here, there] = [await makeEnvironment(), await makeEnvironment()];
  await makeCrowd({ environment: here, size: 40, seed: 3, empty: 0.1 });
  ann = await makeMember(here, "viewer");
  await prisma.$executeRaw(sql`UPDATE finding SET package = (ARRAY['openssl', 'openssh', 'left_pad', 'log4j'])[1 + number % 4], cve = ARRAY['CVE-2023-9999'], ghsa = ARRAY['GHSA-jfh8-c2jp-5v3q'], component = 'openssl 3.0.7' WHERE environment_id = ${here}`);
  await prisma.asset.createMany({ data: Array.from({ length: 40 }, (_, at) => ({ environmentId: here, name: `api-${String(at).padStart(2, "0")}.test`, owner: "Head of APIs", team: "Platform" })) });
});

async function offered(source: LiveSource, prefix: string): Promise<string[]> {
  const answer = await completions(ann, { environment: here, source, prefix });
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value.values.map(({ value }) => value);
}

test.each<[LiveSource, string, string[]]>([
  ["asset", "web", ["web-1.test", "web-2.test"]],
  ["asset", "b_1", ["db_1.test"]],
  ["asset", "100%", []],
  ["detector", "TRI", ["trivy"]],
  ["rule", "rule of n", ["nuclei-rule"]],
  ["category", "net", ["Network"]],
  ["tag", "p", ["pci"]],
  ["tag", "A,B", ["a,b"]],
  ["cve", "2023-9", ["CVE-2023-9999"]],
  ["ghsa", "ghsa-jf", ["GHSA-jfh8-c2jp-5v3q"]],
  ["component", "openssl 3", ["openssl 3.0.7"]],
  ["package", "open", ["openssh", "openssl"]],
  ["package", "left_", ["left_pad"]],
  ["package", "", ["left_pad", "log4j", "openssh", "openssl"]],
  ["team", "plat", ["Platform"]],
  ["owner", "apis", ["Head of APIs"]],
])("%s by %j", async (source, prefix, values) => {
  expect(await offered(source, prefix)).toEqual(values);
});

test("what begins with the text comes before what only holds it, and never more than twelve", async () => {
  await prisma.asset.create({ data: { environmentId: here, name: "zz-api.test" } });
  const names = await offered("asset", "api");
  expect(names).toHaveLength(12);
  expect(names.every((name) => name.startsWith("api-"))).toBe(true);
});

test("nothing of another environment is offered, and a stranger is told nothing of it", async () => {
  const bob = await makeMember(there, "admin");
  for (const source of LIVE_SOURCES) {
    const own = await completions(bob, { environment: there, source, prefix: "" });
    expect(own.ok && own.value.values.filter(({ value }) => value !== bob.id)).toEqual([]);
    expect(await completions(bob, { environment: here, source, prefix: "" })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  }
});
