import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { requestScan } from "@/lib/commands/scans/request";
import { scanPage } from "@/lib/queries/scan-page";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { runImport } from "@/lib/worker/jobs/run-import";
import { lookAtReport } from "./report-look";

const bytes = (text: string) => new TextEncoder().encode(text);
const ODD = "What we saw;Where;Prio\nOpen door;shop.test;P1\nOld lock;blog.test;P4\n";

async function look(text: string | Uint8Array) {
  const environment = await makeEnvironment();
  const told = await lookAtReport(await makeMember(environment, "analyst"), { environment, head: typeof text === "string" ? bytes(text) : text });
  if (!told.ok) throw new Error(told.refusal.message);
  return told.value;
}

test("a table with odd headers: no format claims it, each says why, and its columns are there to be drawn", async () => {
  const told = await look(ODD);
  expect(told).toMatchObject({ found: null, isPacked: false, table: { format: "generic-csv", columns: ["What we saw", "Where", "Prio"] } });
  expect(told.table?.rows[1]).toEqual(["Old lock", "blog.test", "P4"]);
  expect(told.tried.find(({ format }) => format.startsWith("SARIF"))?.why).not.toBe("");
});

test("a report that is recognised says so; one that is packed says nothing of what is in it", async () => {
  expect((await look(`{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[`)).found?.format).toBe("sarif");
  expect(await look(gzipSync(ODD))).toEqual({ isPacked: true, found: null, message: null, tried: [], table: null });
});

test("a viewer sends nothing, so looks at nothing", async () => {
  const environment = await makeEnvironment();
  expect(await lookAtReport(await makeMember(environment, "viewer"), { environment, head: bytes(ODD) })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
});

test("what each format said stays with the scan that was refused", async () => {
  const environment = await makeEnvironment();
  const analyst = await makeMember(environment, "analyst");
  async function* file() {
    yield bytes("These are my notes.");
  }
  const asked = await requestScan(analyst, { environment, options: {} }, { bytes: file(), declaredBytes: null, maxBytes: 1_000 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  await runImport(asked.value.scan);
  const page = await scanPage(analyst, { environment, scan: asked.value.scan, attempt: "7", rows: "nonsense" }); // an address of long ago
  if (!page.ok) throw new Error(page.refusal.message);
  expect(page.value).toMatchObject({ preview: null, rows: null, scan: { status: "failed", rejected: [], error: { message: expect.stringMatching(/^This is none of the \d+ formats/) } } });
  expect(page.value.scan.error?.tried.map(({ format }) => format)).toContain("SARIF 2.1.0");
  expect(await prisma.finding.count({ where: { environmentId: environment } })).toBe(0);
});
