import { expect, test } from "vitest";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { requestScan } from "@/lib/commands/scans/request";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { done } from "@/lib/testing/done";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { runImport } from "./run-import";

// Nikto's CSV names no checks, its XML and JSON do: neither finds what the other found, and so neither says that it is gone.

const MESSAGE = "The anti-clickjacking X-Frame-Options header is not present.";
const FORMS = {
  csv: `"Nikto - v2.5.0/"\n"shop.test","192.0.2.7","443","","","","nginx"\n"shop.test","192.0.2.7","443","","GET","/","${MESSAGE}"\n`,
  json: `{"host":"shop.test","ip":"192.0.2.7","port":"443","banner":"nginx","vulnerabilities":[{"id":"999957","method":"GET","url":"/","msg":"${MESSAGE}"}]}`,
};

async function imported(environment: number, text: string): Promise<void> {
  async function* bytes() {
    yield Buffer.from(text);
  }
  const { scan } = done(await requestScan(operatorActor("test"), { environment, options: { scope: "full" } }, { bytes: bytes(), declaredBytes: null, maxBytes: 1e6 }));
  await runImport(scan);
  expect(await prisma.scan.findUnique({ where: { id: scan }, select: { status: true } })).toEqual({ status: "completed" });
}

const findings = (environment: number) => prisma.finding.findMany({ where: { environmentId: environment }, select: { number: true, scannerStatus: true, verification: true, tickets: { select: { remediation: true } } }, orderBy: { number: "asc" } });

test.each([["csv", "json"], ["json", "csv"]] as const)("a complete report of Nikto's %s is followed by one of its %s: what was ready is not proved by it, nothing is closed", async (first, second) => {
  const environment = await makeEnvironment();
  await changePolicy(environment, { tickets: { deployment_hours: 0 } });
  const ann = await makeMember(environment, "analyst", "Ann");
  await imported(environment, FORMS[first]);
  done(await createTickets(ann, { environment, items: [{ number: 1 }], grouping: "one", connector: null }));
  done(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" }));

  await imported(environment, FORMS[second]);
  expect(await findings(environment)).toMatchObject([
    { number: 1, scannerStatus: "new", verification: "none", tickets: [{ remediation: "resolved" }] },
    { number: 2, scannerStatus: "new", tickets: [] },
  ]);
});
