import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { rotateHookSecret } from "@/lib/commands/connectors/rotate-hook-secret";
import { saveConnector } from "@/lib/commands/connectors/save";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { call } from "@/lib/testing/rest";

// What a sender of one's own has to say at the door, so that nothing of it is taken and then forgotten.

test("a report that nothing dates is refused, with what its sender can do; with `at`, or with a signed timestamp, it is kept", async () => {
  const environment = await makeEnvironment();
  const admin = await makeMember(environment, "admin");
  const { id: connector } = done(await saveConnector(admin, { environment, kind: "custom", name: "Intake", settings: { address: "https://tickets.example.test/in", body: { title: "{title}" }, key: "id" }, secret: "s3cret" }));
  const { secret } = done(await rotateHookSecret(admin, { environment, connector }));
  const { hookId } = await prisma.connector.findUniqueOrThrow({ where: { id: connector } });
  const send = (body: unknown, time?: string) => {
    const bytes = JSON.stringify(body);
    const signature = createHmac("sha256", secret).update(time === undefined ? bytes : `${time}.${bytes}`).digest("hex");
    return call("POST", `/api/webhooks/${hookId}`, { bytes, headers: { "x-docket-signature": `sha256=${signature}`, ...(time === undefined ? {} : { "x-docket-timestamp": time }) } });
  };
  const kept = () => prisma.hook.count({ where: { connectorId: connector } });

  const refused = await send({ key: "REQ-1", status: "Done", done: true });
  expect([refused.status, JSON.stringify(refused.body), await kept()]).toEqual([422, expect.stringContaining("Say `at`, or sign a timestamp."), 0]);
  const time = String(Math.floor((await databaseNow(prisma)).getTime() / 1_000));
  expect([(await send({ key: "REQ-1", done: true, at: "2027-01-01T00:00:00Z" })).status, (await send({ key: "REQ-1", done: true }, time)).status, await kept()]).toEqual([202, 202, 2]);
});
