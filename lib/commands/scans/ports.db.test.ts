import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { findingPage } from "@/lib/queries/finding-page";
import { scanPreview } from "@/lib/queries/scan-preview";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported, type TestReport } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
const port = (asset: string | null, from: number, protocol: string | null = "tcp", to = from) => ({ asset, protocol, from, to });
const on = (is: string, number: number | null, location: string) => ({ is, port: number, location });

const detected = (environment: number) => prisma.finding.findMany({ where: { environmentId: environment, scannerStatus: { not: "closed" } }, orderBy: { title: "asc" } })
  .then((found) => found.map(({ title }) => title.replace("Weakness ", "")));

test("one port of a host tonight and another one tomorrow close nothing on each other, and each closes its own", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: [on("web", 443, "443/tcp"), on("gone", 443, "443/tcp")], ports: [port("web-1", 443)] });
  expect(await imported({ environment, takenAt: at(2), sees: [on("mail", 465, "465/tcp")], ports: [port("web-1", 465)] })).toMatchObject({ new: 1, unseen: 0 });
  const third = await imported({ environment, takenAt: at(3), sees: [on("web", 443, "443/tcp")], ports: [port("web-1", 443)] });
  expect(third).toMatchObject({ persisting: 1, unseen: 1 });
  expect(await scanPreview(operatorActor("test"), { environment, scan: third.scan }), "it says so").toMatchObject({ ok: true, value: { looks: { detectors: [{ isSomePorts: true, covered: 0 }] } } });
  expect(await detected(environment)).toEqual(["mail", "web"]);
  expect(await imported({ environment, takenAt: at(4), sees: [], ports: [port("another", 465)] }), "the port of another host").toMatchObject({ unseen: 0 });
  expect(await imported({ environment, takenAt: at(5), sees: [], ports: [] }), "no port at all").toMatchObject({ unseen: 0 });
});

test("all ports of TCP say nothing of UDP, and the host itself is looked at where the run says so", async () => {
  const environment = await makeEnvironment();
  const known = [on("ssh", 22, "22/tcp (ssh)"), on("dns", 53, "53/udp (domain)"), on("both", 53, "53/tcp"), on("old", 8080, ""), on("host", null, "")];
  const tcp = port(null, 1, "tcp", 65_535);
  await imported({ environment, takenAt: at(1), sees: known });
  const look = (hour: number, ports: TestReport["ports"]) => imported({ environment, takenAt: at(hour), sees: [], ports });
  await look(2, [tcp]);
  expect(await detected(environment), "a port without a word of its protocol is one of TCP").toEqual(["dns", "host"]);
  await look(3, [tcp, port(null, 54, "udp", 100)]);
  expect(await detected(environment)).toEqual(["dns", "host"]);
  await look(4, [tcp, port(null, 0, null)]);
  expect(await detected(environment)).toEqual(["dns"]);
  await look(5, [port(null, 1, "udp", 52), port(null, 53, "udp")]);
  expect(await detected(environment)).toEqual([]);
});

test("ports and checks narrow a look together, and neither moves the time of its asset", async () => {
  const environment = await makeEnvironment();
  const known = [on("a", 22, "22/tcp"), { ...on("b", 22, "22/tcp"), rule: { key: "script", name: "Script", help: null } }, on("c", 80, "80/tcp")];
  await imported({ environment, takenAt: at(1), sees: known });
  const before = await prisma.scope.findFirstOrThrow({ where: { environmentId: environment } });
  await imported({ environment, takenAt: at(2), sees: [], rules: ["rule-a", "rule-c"], ports: [port(null, 22)] });
  expect(await detected(environment)).toEqual(["b", "c"]);
  expect((await prisma.scope.findFirstOrThrow({ where: { environmentId: environment } })).lastScanned).toEqual(before.lastScanned);
});

test("an asset that is named for results without one is not looked at by a report that names its own", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), asset: "web-1", sees: ["a", "b"] });
  expect(await imported({ environment, takenAt: at(2), asset: "other", assets: ["other"], sees: ["c"], options: { asset: "web-1" } })).toMatchObject({ new: 1, unseen: 0 });
  await imported({ environment, takenAt: at(3), asset: "other", assets: ["other"], sees: ["c"], options: { asset: "dmz" } });
  expect(await prisma.asset.count({ where: { name: "dmz" } }), "nothing is on it").toBe(0);
  expect(await imported({ environment, takenAt: at(4), asset: "web-1", assets: ["other"], sees: ["a"], options: { asset: "web-1" } }), "a result came to it").toMatchObject({ persisting: 1, unseen: 2 });
  expect(await detected(environment)).toEqual(["a"]);
  expect(await imported({ environment, takenAt: at(5), assets: [], sees: [], options: { asset: "web-1" } }), "the report names none").toMatchObject({ unseen: 1 });
});

test("what stands on a port that later scans do not ask says so, and that on a port which they do ask says nothing of it", async () => {
  const environment = await makeEnvironment();
  const viewer = await makeMember(environment, "viewer");
  const whyOf = async (number: number) => done(await findingPage(viewer, { environment, number })).finding.why.join(" ");
  await imported({ environment, takenAt: at(1), sees: [on("web", 443, "443/tcp"), on("admin", 8443, "8443/tcp")] });
  const { number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness admin" } });
  const other = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness web" } });
  expect(await whyOf(number)).not.toContain("some ports");
  const { scan } = await imported({ environment, takenAt: at(2), sees: [on("web", 443, "443/tcp")], ports: [port(null, 443)] });
  expect(await whyOf(number)).toContain(`Scan ${scan} looked at some ports there later, and not where it stands`);
  expect(await whyOf(other.number)).not.toContain("some ports");
  await imported({ environment, takenAt: at(3), sees: [on("web", 443, "443/tcp")] });
  expect(await whyOf(number), "a whole look has come since").not.toContain("some ports");
});

test("a retest of what stands on no port closes it where its sender names it or its check, and nothing else on the host", async () => {
  const environment = await makeEnvironment();
  const seen = (is: string, key: string) => ({ ...on(is, null, ""), rule: { key, name: key, help: null } });
  await imported({ environment, takenAt: at(1), sees: [seen("smb", "smb-vuln"), seen("clock", "clock-skew"), on("ssh", 22, "22/tcp")] });
  const { number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: "Weakness smb" } });
  const retest = { environment, sees: [], ports: [port(null, 445)] };
  await imported({ ...retest, takenAt: at(2) });
  expect(await detected(environment), "nobody names it").toEqual(["clock", "smb", "ssh"]);
  await imported({ ...retest, takenAt: at(3), options: { scope: "partial", scope_findings: [number] } });
  expect(await detected(environment)).toEqual(["clock", "ssh"]);
  await imported({ ...retest, takenAt: at(4), options: { scope: "partial", scope_rules: ["clock-skew", "rule-ssh"] } });
  expect(await detected(environment), "port 22 was not asked, whoever says so").toEqual(["ssh"]);
});

test("a look at other ports that arrives late still brings what it found, although all that was known has been looked at since", async () => {
  const environment = await makeEnvironment();
  const tcp = [port(null, 1, "tcp", 65_535), port(null, 0, null)];
  await imported({ environment, takenAt: at(1), sees: [on("ssh", 22, "22/tcp")], ports: tcp });
  await imported({ environment, takenAt: at(3), sees: [on("ssh", 22, "22/tcp")], ports: tcp });
  await imported({ environment, takenAt: at(2), sees: [on("snmp", 161, "161/udp")], ports: [port(null, 161, "udp")] });
  expect(await detected(environment)).toEqual(["snmp", "ssh"]);
});
