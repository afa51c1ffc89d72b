import { expect, test } from "vitest";
import { transition } from "@/lib/commands/findings/transition";
import { prisma } from "@/lib/db/client";
import { findingTwins } from "@/lib/queries/finding-twins";
import { loadFinding } from "@/lib/queries/finding-page";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const at = (hour: number) => new Date(Date.now() - 1000 * 3_600_000 + hour * 3_600_000);
const LOG4J = { cve: ["CVE-2021-44228"], ghsa: ["GHSA-JFH8-C2JP-5V3Q"], package: "org.apache.logging.log4j:log4j-core" };

async function twinsOf(environment: number, title: string): Promise<string[]> {
  const { id } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: `Weakness ${title}` } });
  return (await findingTwins(prisma, environment, id)).map((twin) => `${twin.detector}: ${twin.title.replace("Weakness ", "")} by ${twin.shared.join(" ")}`);
}

test("two detectors that mean one weakness are shown together; another package, another asset and the same detector are none", async () => {
  const environment = await makeEnvironment();
  const of = (detector: string, sees: Parameters<typeof imported>[0]["sees"], asset = "web-1") => imported({ environment, takenAt: at(1), detector, sees, asset });
  await of("trivy", [{ is: "trivy", ...LOG4J }, { is: "own twin", ...LOG4J, cve: [] }]);
  await of("grype", [{ is: "by cve", ...LOG4J, ghsa: [] }, { is: "api, the other package", ...LOG4J, package: "org.apache.logging.log4j:log4j-api" }]);
  await of("nessus", [{ is: "no package", ...LOG4J, ghsa: [], package: null }, { is: "another cve", cve: ["CVE-2021-45046"], package: LOG4J.package }]);
  await of("npm", [{ is: "by ghsa", ...LOG4J, cve: [] }]);
  await of("grype", [{ is: "elsewhere", ...LOG4J }], "web-2");

  expect((await twinsOf(environment, "trivy")).sort()).toEqual([
    "grype: by cve by CVE-2021-44228", "nessus: no package by CVE-2021-44228", "npm: by ghsa by GHSA-JFH8-C2JP-5V3Q",
  ]);
  expect(await twinsOf(environment, "another cve")).toEqual([]);
  expect(await twinsOf(environment, "elsewhere")).toEqual([]);
  expect((await twinsOf(environment, "no package")).length).toBe(3);
});

test("each keeps its own two axes, what is detected comes first, and a recorded duplicate says so on both", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  await imported({ environment, takenAt: at(1), detector: "trivy", sees: [{ is: "one", ...LOG4J }] });
  await imported({ environment, takenAt: at(1), detector: "grype", sees: [{ is: "two", ...LOG4J }] });
  await imported({ environment, takenAt: at(1), detector: "nessus", sees: [{ is: "three", ...LOG4J, technical: "low" }] });
  await imported({ environment, takenAt: at(2), detector: "grype", sees: [] });
  const done = await transition(ann, { environment, items: [{ number: 3 }], to: "resolved", reason: "duplicate", duplicateOf: 1, strict: true });
  expect(done.ok).toBe(true);

  const one = await loadFinding(ann, { environment, number: 1 });
  expect(one.ok && one.value.twins.map(({ number, scanner, response, closeReason, isRecorded }) => ({ number, scanner, response, closeReason, isRecorded }))).toEqual([
    { number: 3, scanner: "new", response: "closed", closeReason: "duplicate", isRecorded: true },
    { number: 2, scanner: "closed", response: "needs_review", closeReason: null, isRecorded: false },
  ]);
  const three = await loadFinding(ann, { environment, number: 3 });
  expect(three.ok && three.value.twins.find(({ number }) => number === 1)?.isRecorded).toBe(true);
});
