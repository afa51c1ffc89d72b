import { expect, test } from "vitest";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { prisma, sql } from "@/lib/db/client";
import { assetCoverage, assetTotal } from "@/lib/db/sql/asset-page";
import type { AssetFilter } from "@/lib/domain/asset/input";
import type { Coverage } from "@/lib/domain/asset/words";
import { assetPage } from "@/lib/queries/asset-page";
import { done } from "@/lib/testing/done";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const DAY = 86_400_000;
const now = new Date();
const ago = (days: number) => new Date(now.getTime() - days * DAY);
const feed = Array.from({ length: 10_000 }, (_, plugin) => `plugin-${plugin}`);

const scopes = async (environment: number) => Object.fromEntries((await prisma.scope.findMany({ where: { environmentId: environment }, include: { asset: true } }))
  .map(({ asset, lastScanned, lookedAt }) => [asset.name, { full: lastScanned, any: lookedAt }]));
/** Which version of its row each finding is: it changes with every write. */
const versions = (environment: number) => prisma.$queryRaw<{ title: string; row: string }[]>(sql`SELECT title, xmin::text AS row FROM finding WHERE environment_id = ${environment} ORDER BY title`);
const filter = (coverage: Coverage): AssetFilter => ({ q: "", kind: [], exposure: [], sensitivity: [], team: [], owner: [], stage: [], coverage: [coverage], detector: [], days: 30, sort: "name" });
const howMany = (environment: number, coverage: Coverage) => assetTotal(prisma, environment, filter(coverage), now);

test("a check that has left the feed holds up the one asset where it still stands: all others are covered whole, an unchanged rescan writes none of their findings, and none counts as stale", async () => {
  const environment = await makeEnvironment();
  const on = (is: string, asset: string) => ({ is, asset });
  const all = { environment, assets: ["web-1", "web-2", "web-3"] };
  await imported({ ...all, takenAt: ago(50), sees: [on("a", "web-1"), on("retired", "web-2"), on("b", "web-2"), on("retired once", "web-3")], rules: [...feed, "rule-a", "rule-b", "rule-retired", "rule-retired once"] });
  await imported({ ...all, takenAt: ago(40), sees: [on("a", "web-1"), on("retired", "web-2"), on("b", "web-2")], rules: [...feed, "rule-a", "rule-b", "rule-retired", "rule-retired once"] });
  const before = await versions(environment);
  const rescan = await imported({ ...all, takenAt: ago(1), sees: [on("a", "web-1"), on("b", "web-2")], rules: [...feed, "rule-a", "rule-b"] });
  expect(rescan).toMatchObject({ persisting: 2, unseen: 0 });
  expect(await scopes(environment)).toEqual({
    "web-1": { full: ago(1), any: ago(1) }, "web-2": { full: ago(40), any: ago(1) }, "web-3": { full: ago(1), any: ago(1) }, // what was found there is gone: nothing is left to ask
  });
  const after = await versions(environment);
  expect(after.filter(({ row }, place) => row !== before[place]?.row).map(({ title }) => title), "written").toEqual(["Weakness b"]);
  expect([await howMany(environment, "never"), await howMany(environment, "stale"), await howMany(environment, "scanned")]).toEqual([0, 0, 3]);
  expect(await assetCoverage(prisma, environment, now, ago(30))).toEqual({ all: 3, scanned: 3 });
});

test("a report of ten thousand checks verifies no fix of what it never asked, however whole a look it is; one that asked does", async () => {
  const environment = await makeEnvironment();
  await changePolicy(environment, { tickets: { deployment_hours: 0 } });
  const ann = await makeMember(environment, "analyst", "Ann");
  const soon = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const asked = [...feed, "rule-a", "rule-left"];
  await imported({ environment, takenAt: ago(9), sees: ["a", "left"], rules: asked });
  await imported({ environment, takenAt: ago(8), sees: ["a"], rules: asked });
  const { id, number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness left" } });
  const { tickets: [ticket] } = done(await createTickets(ann, { environment, items: [{ number }], grouping: "one", connector: null }));
  done(await closeTickets(ann, { environment, items: [{ number: ticket?.number ?? 0 }], reason: "patched" }));
  const stands = () => prisma.ticketFinding.findFirstOrThrow({ where: { findingId: id } }).then(({ remediation }) => remediation);

  await imported({ environment, takenAt: soon(1), sees: ["a"], rules: [...feed, "rule-a"] });
  expect((await scopes(environment))["web-1"], "all that is detected was asked").toMatchObject({ full: soon(1) });
  expect(await stands()).toBe("resolved");
  await imported({ environment, takenAt: soon(2), sees: ["a"], rules: asked });
  expect(await stands()).toBe("verified");
});

test("a host that one check is asked of each night is no host that was never scanned; a look that failed is none", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, asset: "db-1", detector: "nmap", takenAt: ago(2), sees: [], rules: ["open-port"] });
  await imported({ environment, asset: "db-2", detector: "nmap", takenAt: ago(2), sees: ["seen"], provesItsEnd: false });
  await imported({ environment, asset: "db-3", detector: "nmap", takenAt: ago(2), sees: [], failed: true });
  await imported({ environment, asset: "db-1", detector: "nmap", takenAt: ago(9), sees: [], rules: ["open-port"] }); // last month's file, sent today
  expect(await scopes(environment)).toMatchObject({ "db-1": { full: null, any: ago(2) }, "db-2": { full: null, any: ago(2) }, "db-3": { full: null, any: null } });
  expect([await howMany(environment, "never"), await howMany(environment, "scanned")]).toEqual([1, 2]);

  const { id } = await prisma.asset.findFirstOrThrow({ where: { environmentId: environment, name: "db-1" } });
  const page = done(await assetPage(await makeMember(environment, "viewer"), { environment, asset: id }));
  expect(page.scopes).toMatchObject([{ detector: "nmap", lastScanned: null, lookedAt: ago(2).toISOString() }]);
  expect(page.asset.detectors).toMatchObject([{ name: "nmap", lastScanned: null, lookedAt: ago(2).toISOString() }]);
});
