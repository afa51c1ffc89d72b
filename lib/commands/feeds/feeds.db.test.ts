import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { enrichFindings, scoreFindings } from "@/lib/commands/feeds/enrich";
import { loadFeed } from "@/lib/commands/feeds/load";
import { prisma } from "@/lib/db/client";
import { DEFAULT_SLA } from "@/lib/domain/sla/table";
import { operatorActor, systemActor } from "@/lib/gate/actor";
import { loadTimeline } from "@/lib/queries/timeline";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const operator = operatorActor(randomUUID());
const system = systemActor(randomUUID());
const DAY = 86_400_000;

const kev = (...cves: string[]) => ({
  environment: null, feed: "kev", source: "test", releasedAt: new Date("2026-01-02"), sha256: "0".repeat(64),
  entries: cves.map((cve) => ({ cve, name: `Hole ${cve}`, addedOn: "2026-01-01", dueOn: null, ransomware: false })),
});
const epss = (score: number) => ({
  environment: null, feed: "epss", source: "test", releasedAt: new Date("2026-01-02"), sha256: "0".repeat(64), entries: [{ cve: "CVE-2024-0002", score, percentile: 0.5 }],
});

async function enriched(environment: number): Promise<number> {
  let crossed = 0;
  for (let more = true; more; ) {
    const done = await enrichFindings(system, { environment });
    if (!done.ok) throw new Error(done.refusal.message);
    crossed += done.value.crossed;
    more = done.value.more;
  }
  return crossed;
}

const events = (finding: number) => prisma.auditEvent.findMany({ where: { findingId: finding }, orderBy: { sequence: "asc" }, include: { body: true } });

test("a finding that enters the catalogue has its own entry and the shorter window; one that leaves it gets its days back; neither is a decision", async () => {
  const environment = await makeEnvironment();
  const sees = [{ is: "a", technical: "low" as const, cve: ["CVE-2024-0001", "CVE-2024-0002"] }, { is: "b", technical: "low" as const, cve: ["CVE-2024-0003"] }];
  await imported({ environment, takenAt: new Date(), sees });
  const [a, b] = await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { title: "asc" } });
  if (!a || !b) throw new Error("The findings are not there.");
  expect(a.resolveBy!.getTime() - a.slaStartedAt.getTime()).toBe(90 * DAY);

  expect((await loadFeed(operator, kev("CVE-2024-0002"))).ok).toBe(true);
  expect(await enriched(environment)).toBe(1);
  expect(await enriched(environment)).toBe(0);
  const entered = await prisma.finding.findUniqueOrThrow({ where: { id: a.id } });
  expect(entered).toMatchObject({ kev: true, version: 0 });
  expect(entered.resolveBy!.getTime() - entered.slaStartedAt.getTime()).toBe(DEFAULT_SLA.kevResolve);
  const [event] = (await events(a.id)).filter(({ action }) => action === "finding.entered_kev");
  expect(event).toMatchObject({ actorType: "system", version: null });
  expect(event?.body?.reason).toBe("CVE-2024-0002 is known to be exploited since 2026-01-01: Hole CVE-2024-0002");
  expect((await prisma.finding.findUniqueOrThrow({ where: { id: b.id } })).kev).toBe(false);
  const told = async (kind: "decision" | "severity") => loadTimeline(await makeMember(environment, "viewer"), { environment, number: a.number, cursor: null, kind });
  expect(await told("decision"), "nobody decided").toMatchObject({ ok: true, value: { entries: [] } });
  expect(await told("severity")).toMatchObject({ ok: true, value: { entries: [{ kind: "severity", headline: "says that it is known to be exploited", changes: [{ field: "Known to be exploited", before: "no", after: "yes" }] }] } });

  await loadFeed(operator, kev("CVE-2024-9999"));
  expect(await enriched(environment)).toBe(1);
  const left = await prisma.finding.findUniqueOrThrow({ where: { id: a.id } });
  expect([left.kev, left.resolveBy]).toEqual([false, a.resolveBy]);
});

test("what arrives after the catalogue knows it from the start, without an entry; a score is the highest of its numbers and is rewritten only when it moves", async () => {
  const environment = await makeEnvironment();
  await loadFeed(operator, kev("CVE-2024-0001"));
  await loadFeed(operator, epss(0.4));
  await imported({ environment, takenAt: new Date(), sees: [{ is: "a", cve: ["CVE-2024-0001", "CVE-2024-0002"] }, { is: "b", cve: [] }] });
  const [a, b] = await prisma.finding.findMany({ where: { environmentId: environment }, orderBy: { title: "asc" } });
  expect([a?.kev, a?.epss, b?.kev, b?.epss]).toEqual([true, 0.4, false, null]);
  expect((await events(a!.id)).map(({ action }) => action)).toEqual([]);
  expect(await scoreFindings(environment)).toBe(0);
  await loadFeed(operator, epss(0.5));
  expect(await scoreFindings(environment)).toBe(1);
});

test("a report that gives a finding other CVE numbers moves it into the catalogue or out of it at once, with its entry and its days", async () => {
  const environment = await makeEnvironment();
  await loadFeed(operator, kev("CVE-2024-0002"));
  const day = (n: number) => new Date(Date.now() - (10 - n) * DAY);
  const report = (n: number, ...cve: string[]) => imported({ environment, takenAt: day(n), sees: [{ is: "a", technical: "low" as const, cve }, { is: "b", technical: "low" as const, cve: ["CVE-2024-0002"] }] });
  const one = (title: string) => prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: `Weakness ${title}` } });
  const window = async () => one("a").then((a) => (a.resolveBy!.getTime() - a.slaStartedAt.getTime()) / DAY);
  await report(1, "CVE-2024-0001");
  expect([(await one("a")).kev, await window()]).toEqual([false, 90]);
  const { scan } = await report(2, "CVE-2024-0001", "CVE-2024-0002");
  expect([(await one("a")).kev, (await one("a")).version, await window()]).toEqual([true, 0, DEFAULT_SLA.kevResolve! / DAY]);
  await report(3, "CVE-2024-0001", "CVE-2024-0002");
  await report(4, "CVE-2024-0003");
  expect([(await one("a")).kev, await window()]).toEqual([false, 90]);
  const told = await events((await one("a")).id);
  expect(told.map(({ action, scanId, actorType, body }) => [action, scanId === scan, actorType, body?.reason])).toEqual([
    ["finding.entered_kev", true, "system", "CVE-2024-0002 is known to be exploited since 2026-01-01: Hole CVE-2024-0002"],
    ["finding.left_kev", false, "system", "The report gives it other CVE numbers: the catalogue names none of them."],
  ]);
  expect(await events((await one("b")).id), "it never changed").toEqual([]);
  expect(await enriched(environment), "nothing is left for the night").toBe(0);
});

test("only the operator of the machine loads a catalogue", async () => {
  const admin = await makeMember(await makeEnvironment(), "admin");
  expect(await loadFeed(admin, kev("CVE-2024-0001"))).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
});
