import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { readAssetFilter } from "@/lib/domain/asset/address";
import type { Result } from "@/lib/domain/refusal";
import { assetPage } from "@/lib/queries/asset-page";
import { assetsPage, loadAssets, matchAssets } from "@/lib/queries/assets-page";
import { makeAsset, makeDetector, makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}

async function names(environment: number, asked: Record<string, string>): Promise<string[]> {
  const page = valueOf(await assetsPage(await makeMember(environment, "viewer"), { environment, filter: readAssetFilter(asked).filter }));
  expect(page.total).toBe(page.rows.length);
  return page.rows.map(({ name }) => name);
}

test("each filter leaves what it says, coverage by all detectors or by one", async () => {
  const environment = await makeEnvironment();
  const [zap, trivy] = [await makeDetector(environment, "zap"), await makeDetector(environment, "trivy")];
  const make = (name: string, data: object) => prisma.asset.create({ data: { environmentId: environment, name, ...data } });
  const { id: web } = await make("web_1", { exposure: "internet", sensitivity: "restricted", team: "Shop", owner: "Lead" });
  const { id: api } = await make("api", { kind: "api", exposure: "internal", team: "Shop", decommissionOn: ago(1) });
  await make("weba1", { exposure: "internet", sensitivity: "public", decommissionOn: new Date(Date.now() + 9 * DAY) });
  await makeScope(environment, { asset: web, detector: zap, lastScanned: ago(1) });
  await makeScope(environment, { asset: web, detector: trivy });
  await makeScope(environment, { asset: api, detector: zap, lastScanned: ago(40) });

  expect(await names(environment, {})).toEqual(["api", "web_1", "weba1"]);
  expect(await names(environment, { sort: "-name" })).toEqual(["weba1", "web_1", "api"]);
  expect(await names(environment, { sort: "exposed" })).toEqual(["web_1", "weba1", "api"]);
  expect(await names(environment, { sort: "newest" })).toEqual(["weba1", "api", "web_1"]);
  expect(await names(environment, { q: "WEB_" })).toEqual(["web_1"]);
  expect(await names(environment, { kind: "api" })).toEqual(["api"]);
  expect(await names(environment, { exposure: "internet", sensitivity: "public,restricted" })).toEqual(["web_1", "weba1"]);
  expect(await names(environment, { team: "none" })).toEqual(["weba1"]);
  expect(await names(environment, { owner: "Lead,none", team: "Shop" })).toEqual(["api", "web_1"]);
  expect(await names(environment, { stage: "retired" })).toEqual(["api"]);
  expect(await names(environment, { stage: "retiring,in_service" })).toEqual(["web_1", "weba1"]);
  expect(await names(environment, { coverage: "never" })).toEqual(["weba1"]);
  expect(await names(environment, { coverage: "stale" })).toEqual(["api"]);
  expect(await names(environment, { coverage: "scanned", days: "50" })).toEqual(["api", "web_1"]);
  expect(await names(environment, { coverage: "never", detector: "trivy" })).toEqual(["api", "web_1", "weba1"]);
  expect(await names(environment, { detector: "trivy" })).toEqual(["web_1"]);

  const page = valueOf(await assetsPage(await makeMember(environment, "viewer"), { environment, filter: readAssetFilter({}).filter }));
  expect(page.coverage).toEqual({ all: 2, scanned: 1, days: 30 });
  expect(page.facets).toEqual({ team: [{ value: "Shop", count: 2 }], owner: [{ value: "Lead", count: 1 }], detector: ["trivy", "zap"] });
});

test("pages follow one another without a gap in every order; a cursor of another order is refused", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "manager");
  const words = ["internet", "unknown", "internal"] as const;
  await prisma.asset.createMany({ data: Array.from({ length: 120 }, (_, at) => ({ environmentId: environment, name: `host ${(at * 37) % 120}`, exposure: words[at % 3]! })) });
  for (const sort of ["name", "-name", "exposed", "newest"]) {
    const { filter } = readAssetFilter({ sort });
    const first = valueOf(await assetsPage(ann, { environment, filter }));
    const seen = [...first.rows];
    let cursor = first.nextCursor;
    while (cursor) {
      const next = valueOf(await loadAssets(ann, { environment, filter, cursor }));
      seen.push(...next.rows);
      cursor = next.nextCursor;
    }
    expect(new Set(seen.map(({ id }) => id)).size, sort).toBe(120);
    expect(first.total).toBe(120);
    const other = readAssetFilter({ sort: sort === "name" ? "newest" : "name" }).filter;
    expect(await loadAssets(ann, { environment, filter: other, cursor: first.nextCursor })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  }
  expect(valueOf(await matchAssets(ann, { environment, filter: readAssetFilter({ exposure: "internet" }).filter }))).toHaveLength(40);
});

test("a row counts what is live on its own asset: detected, and not closed by a decision", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "viewer");
  const scope = await makeScope(environment, { asset: await makeAsset(environment, { name: "web-1" }) });
  await makeFindings(await makeScope(environment), 3, { technical: "critical" });
  await makeFindings(scope, 2, { technical: "critical" });
  await makeFindings(scope, 1, { technical: "low", scanner: "new" });
  await makeFindings(scope, 4, { technical: "high", scanner: "closed" });
  const { rows } = valueOf(await assetsPage(ann, { environment, filter: readAssetFilter({ q: "web-1" }).filter }));
  expect(rows.map(({ live }) => live)).toEqual([{ critical: 2, high: 0, medium: 0, low: 1, info: 0, total: 3 }]);
});

test("an asset's page tells its looks and its detectors; the one of another environment is missing", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "viewer");
  const first = await imported({ environment, takenAt: ago(3), sees: ["a", "b"], assets: ["web-1"] });
  const second = await imported({ environment, takenAt: ago(1), sees: ["a"], assets: ["web-1"] });
  const asset = await prisma.asset.findFirstOrThrow({ where: { environmentId: environment, name: "web-1" } });
  const page = valueOf(await assetPage(ann, { environment, asset: asset.id }));
  expect(page.looks.map(({ scan, detector, coverage, isHistory }) => ({ scan, detector, coverage, isHistory }))).toEqual([
    { scan: second.scan, detector: "probe", coverage: "full", isHistory: false }, { scan: first.scan, detector: "probe", coverage: "full", isHistory: false },
  ]);
  expect(page.scopes).toMatchObject([{ detector: "probe", live: { high: 1, total: 1 } }]);
  expect(page.drift).toHaveLength(2);
  const strange = await makeAsset(await makeEnvironment());
  expect(await assetPage(ann, { environment, asset: strange })).toMatchObject({ ok: false, refusal: { code: "missing" } });
});

test("of more than fifty detectors the page names the first fifty, and says how many there are", async () => {
  const environment = await makeEnvironment();
  const asset = await makeAsset(environment);
  for (let n = 0; n < 52; n++) await makeScope(environment, { asset, detector: await makeDetector(environment, `probe-${String(n).padStart(2, "0")}`) });
  const page = valueOf(await assetPage(await makeMember(environment, "viewer"), { environment, asset }));
  expect([page.scopes.length, page.scopesAll, page.scopes.at(-1)?.detector]).toEqual([50, 52, "probe-49"]);
});
