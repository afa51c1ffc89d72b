import { expect, test } from "vitest";
import { healthRecord } from "@/lib/domain/records/health";
import { makeEnvironment } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";

test("the health of the work in the background is told as it is described, with the laws only where they are asked for, and not to an analyst", async () => {
  const environment = await makeEnvironment();
  const { token } = await makeToken(environment, "manager");
  const address = `/api/v1/environments/${environment}/health`;
  const plain = await call("GET", address, { token });
  expect(plain.status).toBe(200);
  const told = healthRecord.parse(plain.body);
  expect(told).toEqual(plain.body); // nothing is told that is not described
  expect(told).toMatchObject({ invariants: null, trackers: [], warnings: expect.arrayContaining([expect.objectContaining({ text: expect.any(String) })]) }); // no worker runs here
  expect(healthRecord.parse((await call("GET", `${address}?laws=true`, { token })).body).invariants?.length).toBeGreaterThan(5);
  expect((await call("GET", address, { token: (await makeToken(environment, "analyst")).token })).status).toBe(403);
  expect((await call("GET", `${address}?laws=perhaps`, { token })).status).toBe(422);
});
