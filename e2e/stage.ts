import { randomUUID } from "node:crypto";
import { test as base, expect, request, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";
import { createEnvironment } from "@/lib/commands/environments/create";
import { setMembership } from "@/lib/commands/memberships/set";
import { createPerson } from "@/lib/commands/people/create";
import { disablePerson } from "@/lib/commands/people/disable";
import { respond } from "@/lib/commands/findings/respond";
import { createTickets } from "@/lib/commands/tickets/create";
import { requestScan } from "@/lib/commands/scans/request";
import { prisma } from "@/lib/db/client";
import { type Role } from "@/lib/domain/access/can";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "@/lib/domain/access/demo-accounts";
import type { Result } from "@/lib/domain/refusal";
import { operatorActor, type Actor } from "@/lib/gate/actor";
import { runImport } from "@/lib/worker/jobs/run-import";
import type { Report } from "./reports";

/** An environment that one story has for itself; the people of the demo are its members, each in their role. */
export type Place = {
  number: number;
  name: string;
  address: (page: string) => string;
  /** Imports a report and waits until it is applied. Gives the number of the scan. */
  load: (report: Report) => Promise<number>;
  /** The number of the finding with this title. */
  finding: (title: string) => Promise<number>;
  /** Makes one ticket of the findings with these titles, as somebody else would. Gives its number. */
  ticket: (role: Role, titles: readonly string[], terms?: object) => Promise<number>;
  /** Sets responses as somebody else would, behind the story's back. */
  respond: (role: Role, titles: readonly string[], decision: object) => Promise<void>;
};

export type Visit = Omit<BrowserContextOptions, "storageState">;
type SignedIn = Awaited<ReturnType<typeof signIn>>;

type Fixtures = {
  place: Place;
  /** A browser of its own, signed in in this role. What its page suffers (errors, refused scripts, dialogs) fails the story. */
  as: (role: Role, visit?: Visit) => Promise<Page>;
  /** A browser that nobody is signed in to. */
  stranger: (visit?: Visit) => Promise<Page>;
};

const operator = operatorActor("stories");

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The stage could not be set: ${result.refusal.message}`);
  return result.value;
}

/** Signs in as a browser does, without drawing the page. */
async function signIn(baseURL: string, email: string, password: string) {
  const api = await request.newContext({ baseURL });
  const { csrfToken } = await (await api.get("/api/auth/csrf")).json();
  const answer = await api.post("/api/auth/callback/credentials", { form: { csrfToken, email, password, json: "true" } });
  expect(answer.ok(), `${email} signs in`).toBe(true);
  const state = await api.storageState();
  await api.dispose();
  return state;
}

async function actorOf(role: Role, environment: number): Promise<Actor> {
  const person = await prisma.person.findUniqueOrThrow({ where: { email: `${role}@demo.test` } });
  return { type: "user", id: person.email, name: person.name, personId: person.id, roles: new Map([[environment, role]]), requestId: randomUUID() };
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Imports here and now, unless the worker was quicker. */
async function load(environment: number, { name, buffer }: Report): Promise<number> {
  const sent = { bytes: onePiece(buffer), declaredBytes: buffer.length, maxBytes: buffer.length };
  const { scan } = valueOf(await requestScan(await actorOf("analyst", environment), { environment, name, options: {} }, sent));
  await runImport(scan);
  await expect.poll(async () => (await prisma.scan.findUniqueOrThrow({ where: { id: scan } })).status, { message: `${name} is imported` }).toBe("completed");
  return scan;
}

async function numbered(environment: number, title: string): Promise<number> {
  const found = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title }, select: { number: true } });
  return found.number;
}

/** A new environment; `members` says which people of the demo belong to it. */
export async function openPlace(members: readonly Role[]): Promise<Place> {
  const name = `Story ${randomUUID().slice(0, 8)}`;
  const { environment } = valueOf(await createEnvironment(operator, { environment: null, name }));
  for (const { email, role } of DEMO_ACCOUNTS) if (members.includes(role)) valueOf(await setMembership(operator, { environment, email, role }));
  return {
    number: environment,
    name,
    address: (page) => `/e/${environment}/${page}`,
    load: (report) => load(environment, report),
    finding: (title) => numbered(environment, title),
    ticket: async (role, titles, terms = {}) => {
      const items = await Promise.all(titles.map(async (title) => ({ number: await numbered(environment, title) })));
      const { tickets } = valueOf(await createTickets(await actorOf(role, environment), { environment, items, grouping: "one", ...terms }));
      return tickets[0]?.number ?? 0;
    },
    respond: async (role, titles, decision) => {
      const items = await Promise.all(titles.map(async (title) => ({ number: await numbered(environment, title) })));
      const done = valueOf(await respond(await actorOf(role, environment), { environment, items, ...decision }));
      expect(done.changed).toHaveLength(titles.length);
    },
  };
}

/** A person of this story alone, with a password to sign in by, and the way to shut them out. */
export async function hire(place: Place, role: Role) {
  const email = `${randomUUID().slice(0, 8)}@story.test`;
  const password = randomUUID();
  const { person } = valueOf(await createPerson(operator, { environment: place.number, email, name: "Robin Brief", role, password }));
  return { email, password, shutOut: async () => valueOf(await disablePerson(operator, { environment: place.number, person, disabled: true })) };
}

const REFUSED_BY_POLICY = /Content Security Policy/i;

function watch(page: Page, troubles: string[]) {
  page.on("pageerror", (error) => troubles.push(`an error on the page: ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`a dialog of the browser: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (REFUSED_BY_POLICY.test(message.text())) troubles.push(`refused by the content policy: ${message.text()}`);
  });
}

/** Browsers that are watched while a story runs, and closed at its end. */
function theatre(browser: Browser) {
  const troubles: string[] = [];
  const opened: Page[] = [];
  return {
    async open(visit: Visit, storageState?: SignedIn) {
      const context = await browser.newContext({ ...visit, ...(storageState ? { storageState } : {}) });
      const page = await context.newPage();
      watch(page, troubles);
      opened.push(page);
      return page;
    },
    async close() {
      for (const page of opened) await page.context().close();
      expect(troubles, "what the pages suffered").toEqual([]);
    },
  };
}

export const test = base.extend<Fixtures & { stage: ReturnType<typeof theatre> }, { sessions: (role: Role) => Promise<SignedIn> }>({
  sessions: [
    async ({}, give, { project }) => {
      const known = new Map<Role, Promise<SignedIn>>();
      await give((role) => {
        const session = known.get(role) ?? signIn(project.use.baseURL ?? "", `${role}@demo.test`, DEMO_PASSWORD);
        known.set(role, session);
        return session;
      });
      await prisma.$disconnect();
    },
    { scope: "worker" },
  ],
  stage: async ({ browser }, give) => {
    const stage = theatre(browser);
    await give(stage);
    await stage.close();
  },
  place: async ({}, give) => give(await openPlace(DEMO_ACCOUNTS.map(({ role }) => role))),
  as: async ({ stage, sessions }, give) => give(async (role, visit = {}) => stage.open(visit, await sessions(role))),
  stranger: async ({ stage }, give) => give((visit = {}) => stage.open(visit)),
});

export { expect };
