import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { findingPage } from "@/lib/queries/finding-page";
import { scanPreview } from "@/lib/queries/scan-preview";
import { makeAsset, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
const operator = operatorActor("test");

const detected = (environment: number) => prisma.finding.findMany({ where: { environmentId: environment, scannerStatus: { not: "closed" } }, orderBy: { title: "asc" } })
  .then((found) => found.map(({ title }) => title.replace("Weakness ", "")));

async function whyOf(environment: number, name: string): Promise<string> {
  const { number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: `Weakness ${name}` } });
  const page = await findingPage(await makeMember(environment, "viewer"), { environment, number });
  if (!page.ok) throw new Error(page.refusal.message);
  return page.value.finding.why.join(" ");
}

test("a table that looks whole wherever it was cut closes nothing, unless its sender says that it is full", async () => {
  const environment = await makeEnvironment();
  const table = { environment, provesItsEnd: false };
  await imported({ ...table, takenAt: at(1), sees: ["a", "b"] });
  const cut = await imported({ ...table, takenAt: at(2), sees: ["a"] });
  expect(cut).toMatchObject({ persisting: 1, unseen: 0 });
  expect(await detected(environment)).toEqual(["a", "b"]);
  expect(await scanPreview(operator, { environment, scan: cut.scan })).toMatchObject({ ok: true, value: { countedPartial: true } });
  expect(await whyOf(environment, "b")).toContain(`Scan ${cut.scan} came later in a format that cannot prove its end`);

  const whole = await imported({ ...table, takenAt: at(3), sees: ["a"], options: { scope: "full" } });
  expect(whole).toMatchObject({ unseen: 1 });
  expect(await whyOf(environment, "b")).toContain("found nothing at all this time.");
  expect(await whyOf(environment, "b")).not.toContain("cannot prove");
});

test("a check that the report says did not run closes nothing, and the finding says since when", async () => {
  const environment = await makeEnvironment();
  const full = ["rule-a", "rule-b"];
  await imported({ environment, takenAt: at(1), sees: ["a", "b"], rules: full });
  const first = await imported({ environment, takenAt: at(2), sees: ["a"], rules: ["rule-a"] });
  await imported({ environment, takenAt: at(3), sees: ["a"], rules: ["rule-a"] });
  expect(first).toMatchObject({ unseen: 0 });
  expect(await whyOf(environment, "b")).toContain(`Its check is no longer run by probe since scan ${first.scan}`);
  expect(await whyOf(environment, "a")).not.toContain("no longer run");
  expect(await imported({ environment, takenAt: at(4), sees: ["a"], rules: full })).toMatchObject({ unseen: 1 });
  expect(await whyOf(environment, "b"), "it ran again, and this time it is gone").not.toContain("no longer run");
});

test("a report that ran every check known here, among two hundred thousand, is a whole look at its asset; a short list proves nothing of what it did not run", async () => {
  const environment = await makeEnvironment();
  const feed = Array.from({ length: 200_000 }, (_, plugin) => `plugin-${plugin}`);
  const looked = () => prisma.scope.findFirstOrThrow({ where: { environmentId: environment } }).then(({ lastScanned }) => lastScanned);
  const ofItsOwn = () => prisma.finding.count({ where: { environmentId: environment, lastScanned: { not: null } } });
  await imported({ environment, takenAt: at(1), sees: ["a", "b"], rules: [...feed, "rule-a", "rule-b"] });
  const { scan } = await imported({ environment, takenAt: at(2), sees: ["a"], rules: [...feed, "rule-a", "rule-b"] });
  expect([await detected(environment), await looked(), await ofItsOwn()]).toEqual([["a"], at(2), 0]);
  expect(await prisma.scanPart.findFirstOrThrow({ where: { scanId: scan } })).toMatchObject({ rules: ["rule-a", "rule-b"] });

  await imported({ environment, takenAt: at(3), sees: ["c"], rules: [...feed, "rule-c"] });
  expect([await detected(environment), await looked()], "the check of what was found before did not run: nothing is said of it").toEqual([["a", "c"], at(2)]);

  const other = await makeEnvironment();
  await imported({ environment: other, takenAt: at(5), sees: [], rules: ["rule-z"] });
  await imported({ environment: other, takenAt: at(4), sees: ["late"] });
  expect(await detected(other), "an old report that arrives after a look at something else").toEqual(["late"]);
});

test("a file that the tool could not read keeps what is known in it, and all else closes as ever", async () => {
  const environment = await makeEnvironment();
  const at1 = (is: string, location: string) => ({ is, location });
  const places = [at1("line", "app/a.py:3"), at1("whole", "app/a.py"), at1("beside", "app/a.pyc:1"), at1("other", "app/b.py:9"), at1("resource", "infra/a.tf:1 (aws.x)"), at1("jar", "log4j 1 (lib/a.jar)"), at1("package", "pkg/deep/x.go:1"), at1("above", "pkg/y.go:1")];
  await imported({ environment, takenAt: at(1), sees: places });
  const unread = ["app/a.py", "infra/a.tf", "lib/a.jar", "pkg/deep/"];
  const later = await imported({ environment, takenAt: at(2), sees: ["fresh"], unread });
  expect(later).toMatchObject({ status: "completed", new: 1, unseen: 3 });
  expect(await detected(environment)).toEqual(["fresh", "jar", "line", "package", "resource", "whole"]);
  expect(await whyOf(environment, "line")).toContain(`Scan ${later.scan} looked there later and could not read its file`);
  expect(await whyOf(environment, "other")).not.toContain("could not read");
  const shown = await prisma.scanRow.findMany({ where: { scanId: later.scan, kind: "unread" }, orderBy: { position: "asc" } });
  expect(shown.map(({ title, why }) => `${title}: ${why}`)).toContain("Weakness line: Its file could not be read by the tool: it stays as it was.");
  expect(shown).toHaveLength(5);

  expect(await imported({ environment, takenAt: at(3), sees: ["fresh", at1("line", "app/a.py:5")], unread }), "seen all the same").toMatchObject({ persisting: 2, unseen: 0 });
  expect(await imported({ environment, takenAt: at(4), sees: ["fresh"] }), "read again").toMatchObject({ unseen: 5 });
  expect(await whyOf(environment, "line")).not.toContain("could not read");
});

test("a scan that did not complete and an asset that was retired are told apart from a fix", async () => {
  const environment = await makeEnvironment();
  await makeAsset(environment, { name: "web-1", decommissionOn: new Date("2025-02-03") });
  await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  const failed = await imported({ environment, takenAt: at(2), sees: ["a"], failed: true });
  expect(await whyOf(environment, "b")).toContain(`Scan ${failed.scan} looked there later and did not complete`);
  expect(await whyOf(environment, "a"), "it was seen there").not.toContain("did not complete");
  expect(await whyOf(environment, "b")).toContain("Its asset was retired on 2025-02-03");
});

test("a document that only states things is no look: nothing is observed, no detector is made, nothing closes", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a"] });
  const statement = { vulnerabilities: ["CVE-2024-0001"], products: [], status: "not_affected" as const, justification: null, note: null, author: "Vendor", saidAt: null };
  const vex = await imported({ environment, takenAt: at(2), sees: [], statements: [statement, statement] });
  expect(vex).toMatchObject({ status: "completed", observed: 0, new: 0, unseen: 0, statements: 2 });
  expect(await prisma.scanPart.count({ where: { scanId: vex.scan } })).toBe(0);
  expect(await prisma.scanScope.count({ where: { scanId: vex.scan } })).toBe(0);
  expect(await prisma.detector.count({ where: { environmentId: environment } })).toBe(1);
  expect(await detected(environment)).toEqual(["a"]);
});
