import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { makeEnvironment } from "@/lib/testing/make";
import { tidy } from "./tidy";

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

test("what only machines needed goes once nobody needs it, and what is in use stays", async () => {
  const environment = await makeEnvironment();
  await prisma.rateLimit.createMany({ data: [{ key: "calls:old", points: 3, expire: ago(1).getTime() }, { key: "calls:now", points: 3, expire: ago(-1).getTime() }, { key: "kept", points: 1 }] });
  await prisma.outbox.createMany({ data: [{ job: "run-import", payload: {}, sentAt: ago(8) }, { job: "run-import", payload: {}, sentAt: ago(1) }, { job: "run-import", payload: {} }] });
  await prisma.outbox.createMany({ data: [{ job: "changed", payload: {}, createdAt: ago(1) }, { job: "changed", payload: {} }] });
  await prisma.signedOutSession.createMany({ data: [{ id: randomUUID(), until: ago(1) }, { id: randomUUID(), until: ago(-1) }] });
  await prisma.presence.createMany({ data: [{ environmentId: environment, personId: 1, tab: "shut", number: 1, seenAt: ago(1) }, { environmentId: environment, personId: 1, tab: "open", number: 1 }] });
  await prisma.worker.createMany({ data: [{ id: "gone", host: "a", process: 1, seenAt: ago(2) }, { id: "up", host: "a", process: 2 }] });
  const preview = { environmentId: environment, status: "previewed", action: {}, total: 0, done: 0, changed: 0, actorType: "user", actorId: "ann", actorName: "Ann" } as const;
  await prisma.bulk.createMany({ data: [{ ...preview, actionId: randomUUID(), asOf: ago(2) }, { ...preview, actionId: randomUUID(), asOf: ago(0) }] });
  await prisma.upload.createMany({ data: [{ environmentId: environment, name: "broke off", createdAt: ago(2) }, { environmentId: environment, name: "arriving" }] });

  expect(await tidy()).toEqual({ answers: 0, chips: 0, limits: 1, sent: 1, untold: 1, sessions: 1, looks: 1, hooks: 0, workers: 1, previews: 1, staged: 0, unplugged: 0, uploads: 1, files: 0 });

  const keys = await prisma.rateLimit.findMany({ orderBy: { key: "asc" } });
  expect(keys.map(({ key }) => key)).toEqual(["calls:now", "kept"]);
  expect(await prisma.upload.findMany({ select: { name: true } })).toEqual([{ name: "arriving" }]);
  expect(await tidy()).toMatchObject({ limits: 0, sent: 0, workers: 0, uploads: 0 });
});
