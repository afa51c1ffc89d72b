import { createHash, randomUUID } from "node:crypto";
import { expireAcceptances } from "../lib/commands/acceptances/expire-acceptances";
import { changeAssets } from "../lib/commands/assets/change";
import { createAsset } from "../lib/commands/assets/create";
import { createEnvironment } from "../lib/commands/environments/create";
import { noteDemo } from "../lib/commands/environments/note-demo";
import { loadFeed } from "../lib/commands/feeds/load";
import { setMembership } from "../lib/commands/memberships/set";
import { createPerson } from "../lib/commands/people/create";
import { requestScan } from "../lib/commands/scans/request";
import { releaseScan } from "../lib/commands/scans/settle";
import { prisma } from "../lib/db/client";
import type { Role } from "../lib/domain/access/can";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../lib/domain/access/demo-accounts";
import type { Result } from "../lib/domain/refusal";
import { operatorActor, systemActor, type Actor } from "../lib/gate/actor";
import { runEnrichFindings } from "../lib/worker/jobs/enrich-findings";
import { runImport } from "../lib/worker/jobs/run-import";
import { CATALOGUE, CATALOGUE_DAYS_AGO } from "./demo/catalogue";
import { ENTERED, SAID, type Said } from "./demo/inventory";
import { perform } from "./demo/perform";
import { reportsOf, type Place, type Report } from "./demo/reports";
import { SCANS, STORY } from "./demo/story";
import { performTicket, TICKETS } from "./demo/tickets";

const DAY = 86_400_000;
const PLACES = { production: "Acme Production", staging: "Acme Staging" } as const satisfies Record<Place, string>;
/** Names that say the role, each with initials of its own. */
const NAMES = { analyst: "Ana Analyst", manager: "Max Manager", auditor: "Odo Auditor", admin: "Ida Admin", viewer: "Vera Viewer" } as const satisfies Record<Role, string>;
/** Of how many acts people still hear when they come to the demo. */
const NEWS = 8;
const operator = operatorActor("demo");

export type Demo = { environments: Record<Place, number>; people: Record<string, Actor>; now: Date };

/**
 * Loads the demo into a database that holds nothing: six weeks of scans through the importers and of decisions through the
 * commands, on a clock that is set back and walks to the present. Throws when the database holds anything.
 */
export async function loadDemo(say: (line: string) => void): Promise<{ findings: number; scans: number }> {
  if ((await prisma.environment.count()) + (await prisma.person.count()) > 0) throw new Error("The demo is loaded into an empty database only.");
  const demo = await cast();
  for (const { daysAgo, play } of schedule(demo)) {
    await setClock(daysAgo);
    await play();
  }
  await setClock(0);
  valueOf(await noteDemo(operator, { environment: demo.environments.production }));
  await prisma.outbox.deleteMany({ where: { job: { in: ["run-import", "enrich-findings"] } } }); // done already, and not by the worker
  const news = await prisma.outbox.findMany({ where: { job: "tell-people" }, orderBy: { id: "desc" }, take: NEWS, select: { id: true } });
  await prisma.outbox.deleteMany({ where: { job: "tell-people", id: { notIn: news.map(({ id }) => id) } } }); // what happened before was told and read long ago
  const [findings, scans] = [await prisma.finding.count(), await prisma.scan.count()];
  say(`${findings} findings from ${scans} scans`);
  return { findings, scans };
}

/** The two environments and their five people, as they were made six weeks ago. */
async function cast(): Promise<Demo> {
  await setClock(45);
  const now = new Date();
  const production = valueOf(await createEnvironment(operator, { environment: null, name: PLACES.production })).environment;
  const staging = valueOf(await createEnvironment(operator, { environment: null, name: PLACES.staging })).environment;
  const people: Record<string, Actor> = {};
  for (const { email, role } of DEMO_ACCOUNTS) {
    const name = NAMES[role];
    const { person } = valueOf(await createPerson(operator, { environment: production, email, name, role, password: DEMO_PASSWORD }));
    valueOf(await setMembership(operator, { environment: staging, email, role }));
    people[email] = { type: "user", id: email, name, personId: person, roles: new Map([[production, role], [staging, role]]), requestId: randomUUID() };
  }
  return { environments: { production, staging }, people, now };
}

type Step = { daysAgo: number; play: () => Promise<void> };

/** Scans, acts and expiries in the order of their days. */
function schedule(demo: Demo): Step[] {
  const scans = (["production", "staging"] as const).flatMap((place) => SCANS[place].map((daysAgo, i): Step => {
    const takenAt = new Date(demo.now.getTime() - daysAgo * DAY);
    const last = SCANS[place].length - 1;
    return { daysAgo, play: () => importAll(demo, place, reportsOf(place, i, last, new Date(takenAt.getTime() - DAY / 12))) };
  }));
  const acts = STORY.map((act): Step => ({ daysAgo: act.daysAgo, play: () => perform(demo, act) }));
  const tickets = TICKETS.map((act): Step => ({ daysAgo: act.daysAgo, play: () => performTicket(demo, act) }));
  const inventory = [
    ...SAID.map((said): Step => ({ daysAgo: said.daysAgo, play: () => classify(demo, said) })),
    ...ENTERED.map(({ daysAgo, place, name, says }): Step => ({ daysAgo, play: async () => void valueOf(await createAsset(demo.people["manager@demo.test"] ?? operator, { environment: demo.environments[place], name, ...says })) })),
  ];
  const expiries = Object.values(demo.environments).map((environment): Step => ({ daysAgo: 6, play: () => expire(environment) }));
  const catalogue: Step = { daysAgo: CATALOGUE_DAYS_AGO, play: loadCatalogue };
  return [...scans, ...acts, ...tickets, ...inventory, ...expiries, catalogue].sort((a, b) => b.daysAgo - a.daysAgo);
}

async function loadCatalogue(): Promise<void> {
  const sha256 = createHash("sha256").update(JSON.stringify(CATALOGUE.entries)).digest("hex");
  valueOf(await loadFeed(operator, { environment: null, feed: "kev", sha256, ...CATALOGUE }));
  await runEnrichFindings();
}

async function importAll(demo: Demo, place: Place, reports: readonly Report[]): Promise<void> {
  const actor = demo.people["analyst@demo.test"] ?? operator;
  for (const report of reports) {
    const bytes = Buffer.from(report.text);
    const sent = { bytes: onePiece(bytes), declaredBytes: bytes.length, maxBytes: bytes.length };
    const { scan } = valueOf(await requestScan(actor, { environment: demo.environments[place], name: report.name, options: {} }, sent));
    await runImport(scan);
    await releaseHeld(demo, demo.environments[place], scan);
    const { status, error } = await prisma.scan.findUniqueOrThrow({ where: { id: scan } });
    if (status !== "completed") throw new Error(`${report.name} was not imported: ${error ?? status}`);
  }
}

/** A scan that would close too much at once waits for the manager, in the demo as everywhere. */
async function releaseHeld(demo: Demo, environment: number, scan: number): Promise<void> {
  const { status } = await prisma.scan.findUniqueOrThrow({ where: { id: scan } });
  if (status !== "held") return;
  valueOf(await releaseScan(demo.people["manager@demo.test"] ?? operator, { environment, scan, note: "Right: the sign-in pages were written anew last week." }));
  await runImport(scan);
}

/** Says something about the assets whose names begin so; what is not there yet is not spoken of. */
async function classify(demo: Demo, { place, begins, says, note }: Said): Promise<void> {
  const environment = demo.environments[place];
  const items = await prisma.asset.findMany({ where: { environmentId: environment, OR: begins.map((name) => ({ name: { startsWith: name } })) }, orderBy: { id: "asc" }, select: { id: true } });
  if (items.length > 0) valueOf(await changeAssets(demo.people["manager@demo.test"] ?? operator, { environment, items, change: says, note }));
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function expire(environment: number): Promise<void> {
  valueOf(await expireAcceptances(systemActor("demo"), { environment }));
}

async function setClock(daysAgo: number): Promise<void> {
  await prisma.instance.update({ where: { id: 1 }, data: { mark: "demo", clockOffsetMs: BigInt(-Math.round(daysAgo * DAY)) } });
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The demo was refused: ${result.refusal.message}`);
  return result.value;
}
