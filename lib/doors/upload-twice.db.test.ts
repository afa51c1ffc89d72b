import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { makeEnvironment } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

const report = new Uint8Array(readFileSync("lib/plugins/importers/samples/image.trivy.json"));

test("a report that is sent twice is one scan, another report under its key none", async () => {
  const environment = await makeEnvironment();
  const { token } = await makeToken(environment, "analyst");
  const send = (bytes: Uint8Array<ArrayBuffer>) => call("POST", `/api/v1/environments/${environment}/scans?asset=web`, { token, bytes, headers: { "Idempotency-Key": "night" } });

  const first = await send(report);
  expect(first).toMatchObject({ status: 202, body: { scan: { status: "queued", id: expect.any(Number) } } });
  expect((await send(report)).text).toBe(first.text);
  expect((await send(report.slice(0, -2))).status).toBe(422);
  expect(await prisma.scan.count({ where: { environmentId: environment } })).toBe(1);
});
