import { expect, test } from "vitest";
import { prisma, sql } from "@/lib/db/client";
import { queueTotal } from "@/lib/db/sql/queue-page";
import { parseQuery } from "@/lib/domain/filter/typed";
import { MOST_OTHER_NAMES, type ReportAsset } from "@/lib/domain/scan/report";
import { assetPage } from "@/lib/queries/asset-page";
import { completions } from "@/lib/queries/completions";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";
import { imported } from "@/lib/testing/scans";

const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const host = (name: string, ...otherNames: string[]): ReportAsset => ({ name, kind: "host", otherNames });
const stored = (environment: number) => prisma.$queryRaw<{ name: string; other_names: string[]; row: string }[]>(sql`SELECT name, other_names, xmin::text AS row FROM asset WHERE environment_id = ${environment} ORDER BY name`);
const names = async (environment: number) => Object.fromEntries((await stored(environment)).map(({ name, other_names: others }) => [name, others]));

test("a host is found by every name and address that a report ever gave it, and an address that two assets bear finds both", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "viewer");
  await imported({ environment, takenAt: day(1), sees: ["a"], asset: "web-3", assets: [host("web-3", "10.0.3.7", "web-3.example.com")] });
  await imported({ environment, takenAt: day(2), sees: ["b", "c"], asset: "10.0.3.7", detector: "other", assets: [host("10.0.3.7", "web-3")] });
  const found = (q: string) => queueTotal(prisma, parseQuery(q).filter, { environment, personId: null, now: new Date(), warnDays: 14 });
  expect(await found("ip:10.0.3.7")).toBe(3);
  expect(await found("ip:10.0.*")).toBe(3);
  expect(await found("host:web-3.example.com")).toBe(1);
  expect(await found("-host:web-3.example.com")).toBe(2);
  expect(await found("ip:10.0.3")).toBe(0);
  expect(await found("asset:web-3")).toBe(1); // its own name: what the number on the asset's page opens

  const { id } = await prisma.asset.findFirstOrThrow({ where: { environmentId: environment, name: "web-3" } });
  expect(done(await assetPage(ann, { environment, asset: id })).asset.otherNames).toEqual(["10.0.3.7", "web-3.example.com"]);
  const { token } = await makeToken(environment, "viewer");
  expect(await call("GET", `/api/v1/environments/${environment}/assets/${id}`, { token })).toMatchObject({ status: 200, body: { other_names: ["10.0.3.7", "web-3.example.com"] } });
  expect(await call("GET", `/api/v1/environments/${environment}/assets?q=web-3.exam`, { token })).toMatchObject({ status: 200, body: { total: 1, items: [{ name: "web-3" }] } });
  const offered = async (prefix: string) => done(await completions(ann, { environment, source: "host", prefix })).values;
  expect(await offered("10.0")).toEqual([{ value: "10.0.3.7", label: "web-3" }]);
  expect(await offered("example")).toEqual([{ value: "web-3.example.com", label: "web-3" }]);
});

test("names add up and none is lost at a later look; a rescan that says nothing new writes no asset", async () => {
  const environment = await makeEnvironment();
  const look = (on: number, ...assets: ReportAsset[]) => imported({ environment, takenAt: day(on), sees: ["a"], assets });
  await look(1, host("web-1", "10.0.0.1"), host("web-2", "10.0.0.2"));
  await look(2, host("web-1", "10.0.0.9", "web-1", "10.0.0.1"), host("web-2"));
  expect(await names(environment)).toEqual({ "web-1": ["10.0.0.1", "10.0.0.9"], "web-2": ["10.0.0.2"] });
  const before = await stored(environment);
  await look(3, host("web-1", "10.0.0.9"), host("web-2", "10.0.0.2"));
  expect(await stored(environment)).toEqual(before);
});

test("an address handed out anew each day fills what is kept of an asset and no more", async () => {
  const environment = await makeEnvironment();
  const leased = (from: number) => Array.from({ length: 40 }, (_, at) => `10.1.0.${from + at}`);
  await imported({ environment, takenAt: day(1), sees: ["a"], assets: [host("laptop", ...leased(0))] });
  await imported({ environment, takenAt: day(2), sees: ["a"], assets: [host("laptop", ...leased(100))] });
  const { laptop = [] } = await names(environment);
  expect(laptop).toHaveLength(MOST_OTHER_NAMES);
  expect(laptop.slice(0, 40).toSorted()).toEqual(leased(0).toSorted());
  const before = await stored(environment);
  await imported({ environment, takenAt: day(3), sees: ["a"], assets: [host("laptop", ...leased(200))] });
  expect(await stored(environment)).toEqual(before);
});

test("what is only shown keeps no name", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: day(1), sees: ["a"], assets: [host("web-1", "10.0.0.1")] });
  await imported({ environment, takenAt: day(2), sees: ["a"], assets: [host("web-1", "10.0.0.2")], options: { dry_run: true } });
  expect(await names(environment)).toEqual({ "web-1": ["10.0.0.1"] });
});
