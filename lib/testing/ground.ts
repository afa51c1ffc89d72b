import { Logger, makeWorkerUtils } from "graphile-worker";
import { changeAssets } from "@/lib/commands/assets/change";
import { saveConnector } from "@/lib/commands/connectors/save";
import { bulk } from "@/lib/commands/findings/bulk";
import { respond } from "@/lib/commands/findings/respond";
import { createTickets } from "@/lib/commands/tickets/create";
import { saveView } from "@/lib/commands/views/save";
import { setDefaultView } from "@/lib/commands/views/set-default";
import { prisma } from "@/lib/db/client";
import { COUNT_NAMES } from "@/lib/domain/scan/counts";
import { needed } from "@/lib/env";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFinding, makeMember, makeScope } from "@/lib/testing/make";
import { makeToken } from "@/lib/testing/rest";

const NO_COUNTS = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0]));

/** A tracker that nobody reaches. */
export const CONNECTOR = { kind: "github", settings: { address: "https://127.0.0.1:9", repository: "acme/app" }, secret: "s3cret" };

/** What a matrix of callers and calls stands on: records by number or id. */
export type Ground = {
  environment: number; finding: number;
  scan: number; asset: number; bulk: number; assetAction: string; carry: number; suggestion: number;
  retest: number; file: number; view: number; ticket: number; job: number; heir: number; member: { id: number; email: string };
  event: string; action: string; token: number; connector: number; spares: { call: number; action: number }; delivery: number;
};

/** An environment with one record of each kind that a call may name. */
export async function makeGround(): Promise<Ground> {
  const environment = await makeEnvironment();
  const scope = await makeScope(environment);
  const { id, number: finding } = await makeFinding(scope);
  const heir = await makeFinding(scope);
  const ann = await makeMember(environment, "manager");
  await respond(ann, { environment, items: [{ number: finding }], response: "investigating" });
  const { id: bulkId } = done(await bulk(ann, { environment, items: [{ number: finding }], action: { tags: { add: ["old"], remove: [] } } }));
  const edited = done(await changeAssets(ann, { environment, items: [{ id: scope.asset }], change: { owner: "Lead" } }));
  const upload = await prisma.upload.create({ data: { environmentId: environment, name: "a.json" } });
  const scan = await prisma.scan.create({ data: { environmentId: environment, uploadId: upload.id, status: "previewed", actorType: "system", actorId: "test", actorName: "Test", requestId: "test" } });
  await prisma.scanPreview.create({ data: { environmentId: environment, scanId: scan.id, attempt: 1, counts: NO_COUNTS, digest: "0".repeat(64) } });
  const carry = await prisma.carry.create({ data: { environmentId: environment, scanId: scan.id, fromId: id, toId: heir.id, why: "Alike." } });
  const suggestion = await prisma.suggestion.create({ data: { environmentId: environment, findingId: heir.id, scanId: scan.id, source: "vex", suggests: "keep_open", reason: "Stated.", restsOn: {} } });
  const view = done(await saveView(ann, { environment, name: "Ours", shared: true, filter: "severity:high" }));
  await setDefaultView(ann, { environment, view: view.id, everybody: true }); // so that deleting it is refused, and it stays for the next role
  const third = await makeFinding(scope);
  const ticketed = done(await createTickets(ann, { environment, items: [{ number: finding }, { number: heir.number }], grouping: "one" }));
  const ticket = ticketed.tickets[0]?.number;
  if (ticket === undefined) throw new Error("No ticket was made.");
  const retest = await prisma.retest.create({ data: { environmentId: environment, findingId: id, dueAt: new Date(), requestedBy: "Ann" } });
  const proof = await prisma.evidence.create({ data: { environmentId: environment, findingId: id, kind: "retest", actorType: "user", actorId: ann.id, actorName: "Ann" } });
  const file = await prisma.evidenceFile.create({ data: { environmentId: environment, evidenceId: proof.id, name: "a.txt", media: "application/octet-stream", size: 1, sha256: Buffer.alloc(32), content: Buffer.from("x"), actorType: "user", actorId: ann.id, actorName: "Ann" } });
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { findingId: id }, orderBy: { sequence: "desc" } });
  return { ...(await makeConnectors(environment)), job: await makeDeadJob(environment), token: (await makeToken(environment, "viewer")).id, environment, finding, scan: scan.id, asset: scope.asset, bulk: bulkId, assetAction: edited.actionId, carry: carry.id, suggestion: suggestion.id, retest: retest.id, file: file.id, view: view.id, ticket, heir: third.number, member: { id: ann.personId, email: ann.id }, event: String(event.sequence), action: event.actionId };
}

/** Trackers that nobody reaches: one that stays, and one for each way to remove it; and a delivery that failed. */
async function makeConnectors(environment: number): Promise<Pick<Ground, "connector" | "spares" | "delivery">> {
  const admin = await makeMember(environment, "admin");
  const made = async (name: string) => done(await saveConnector(admin, { environment, ...CONNECTOR, name })).id;
  const connector = await made("Tracker");
  const ticket = await prisma.ticket.findFirstOrThrow({ where: { environmentId: environment } });
  const delivery = await prisma.delivery.create({ data: { environmentId: environment, connectorId: connector, ticketId: ticket.id, kind: "comment", status: "failed" } });
  return { connector, spares: { call: await made("Spare"), action: await made("Spare too") }, delivery: delivery.id };
}

/** A background job that has used up its attempts. */
async function makeDeadJob(environment: number): Promise<number> {
  const utils = await makeWorkerUtils({ connectionString: needed("DATABASE_URL"), logger: new Logger(() => () => undefined) });
  await utils.migrate();
  const { id } = await utils.addJob("tell-people", { environment, actions: [] }, { maxAttempts: 1 });
  await utils.release();
  await prisma.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'It broke.' WHERE id = ${Number(id)}`;
  return Number(id);
}
