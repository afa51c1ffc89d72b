import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeCrowd } from "@/lib/testing/crowd";
import { makeEnvironment } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

// The filter language over REST: one text asks a list and its counts alike, and a mistake is answered with its place.

let environment: number;
let token: string;

beforeAll(async () => {
  environment = await makeEnvironment();
  await makeCrowd({ environment, size: 60, seed: 9, empty: 0.2 });
  ({ token } = await makeToken(environment, "viewer"));
});

const ask = (path: string) => call("GET", `/api/v1/environments/${environment}/${path}`, { token });
const list = z.object({ status: z.literal(200), body: z.object({ total: z.number(), items: z.array(z.object({ number: z.number(), severity: z.object({ calibrated: z.string() }), tags: z.array(z.string()), response: z.string(), port: z.number().nullish() })) }) });
const asked = async (q: string) => list.parse(await ask(`findings?limit=500&q=${encodeURIComponent(q)}`)).body;

test("negations and alternatives come as they were asked, and the counts say the same", async () => {
  const { items, total } = await asked("-severity:info (tag:pci OR port:443) -number:<10");
  expect(items).toHaveLength(total);
  expect(total).toBeGreaterThan(0);
  expect(items.every(({ number, severity }) => number >= 10 && severity.calibrated !== "info")).toBe(true);
  const counts = await ask(`findings/counts?q=${encodeURIComponent("-severity:info (tag:pci OR port:443) -number:<10")}`);
  expect(counts).toMatchObject({ status: 200, body: { tabs: { all: total } } });
  const [everything, without, only] = [await asked(""), await asked("-tag:*"), await asked("tag:*")];
  expect(without.total + only.total).toBe(everything.total);
});

test("what a finding was answered with is a tag on it, that follows the response and is nobody's to give", async () => {
  const { items } = await asked("");
  const isAnswered = ({ response, tags }: (typeof items)[number]) => tags.filter((tag) => tag.startsWith("response:")).join() === (response === "needs_review" ? "" : `response:${response}`);
  expect(items.every(isAnswered)).toBe(true);
  expect((await asked("tag:response:closed")).total).toBe((await asked("response:closed")).total);
  expect((await asked("-tag:response:*")).total).toBe((await asked("response:needs_review")).total);

  const { number } = items.find(({ response, tags }) => response === "needs_review" && tags.includes("pci"))!;
  const { token: analyst } = await makeToken(environment, "analyst");
  const say = (path: string, body: object) => call("POST", `/api/v1/environments/${environment}/findings/${number}/${path}`, { token: analyst, body });
  expect(await say("tags", { add: ["response:closed"] })).toMatchObject({ status: 422, body: { errors: [{ path: "add" }] } });
  expect(await say("response", { response: "investigating" })).toMatchObject({ status: 200, body: { tags: expect.arrayContaining(["pci", "response:investigating"]) } });
  const back = await say("response", { response: "needs_review" });
  expect(back).toMatchObject({ status: 200, body: { tags: expect.arrayContaining(["pci"]) } });
  expect(JSON.stringify(back.body)).not.toContain("response:investigating");
});

test("a tag is asked for in any spelling that it could be given in", async () => {
  const { token: analyst } = await makeToken(environment, "analyst");
  await call("POST", `/api/v1/environments/${environment}/findings/1/tags`, { token: analyst, body: { add: ["Payment Card"] } });
  for (const spelling of ["payment-card", "Payment-Card", '"PAYMENT  card"', "Pay*"]) {
    expect((await asked(`tag:${spelling}`)).items.map(({ number }) => number), spelling).toEqual([1]);
    expect((await asked(`-tag:${spelling}`)).total, spelling).toBe(59);
    expect(list.parse(await ask(`findings?tag=${encodeURIComponent(spelling)}`)).body.total, spelling).toBe(1);
  }
});

test("a single parameter and the language add up, as they did", async () => {
  const both = list.parse(await ask("findings?severity=high&q=severity:critical")).body;
  expect(both.total).toBe((await asked("severity:high,critical")).total);
});

test.each<[string, number, number, RegExp]>([
  ["severity:hihg", 9, 4, /Did you mean high/],
  ["tag:pci severty:low", 8, 7, /Did you mean severity/],
  ["(tag:pci OR", 0, 1, /never closed/],
  ['asset:"web', 6, 1, /quote is never closed/],
  ["cvss:>=eleven", 5, 8, /not a number/],
  ["nonsense:x", 0, 8, /no field "nonsense"/],
  [`${"(".repeat(300)}a`, 0, 1, /./],
  ["a ".repeat(2_100), 200, 1, /at most 100 conditions/],
])("%.30j is refused with the place of its mistake, never read as everything", async (q, at, length, message) => {
  const answer = await ask(`findings?q=${encodeURIComponent(q)}`);
  expect(answer).toMatchObject({ status: 422, body: { type: "urn:docket:problem:invalid" } });
  const { errors } = z.object({ errors: z.array(z.object({ path: z.string(), message: z.string(), at: z.number().optional(), length: z.number().optional() })) }).parse(answer.body);
  expect(errors[0]?.path).toBe("q");
  if (q.length < 4_000) expect(errors[0]).toMatchObject({ at, length, message: expect.stringMatching(message) });
});

test.each(["';DROP TABLE finding;--", "tag:\"'); DELETE FROM finding; --\"", "asset:%", "rule:\\", "category:$1", "text:\"${1}\",'", "number:1..2147483647", "-(a -(b -(c)))", "cwe:<=2147483647"])("%j asks nothing but itself", async (q) => {
  expect((await ask(`findings?q=${encodeURIComponent(q)}`)).status).toBe(200);
  expect((await asked("")).total).toBe(60);
});
