import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { answering } from "@/lib/bench/answering";
import { buildBare, startBare, startWeb } from "@/lib/bench/child.mjs";
import { sortCases } from "@/lib/bench/queue-cases";
import { pageSql } from "@/lib/bench/queue-sql";
import { askedOfPage, type PageRace, type Raced } from "@/lib/bench/spec";
import { answers } from "@/lib/bench/web-server";
import { createPerson } from "@/lib/commands/people/create";
import { createToken } from "@/lib/commands/tokens/create";
import { operatorActor } from "@/lib/gate/actor";
import { needed } from "@/lib/env";

/** A process in which few clients ask the application and a bare one for the same rows over HTTP, turn by turn. */
const PAGE = 50;
const CLIENTS = 4;
const ROUNDS = 7;
const TAB = "needs_review";
const PASSWORD = randomBytes(12).toString("hex");
const operator = operatorActor("bench");

const DESCRIPTIONS = "SELECT finding_id, description FROM finding_detail WHERE environment_id = 1 AND finding_id = ANY ($1::int[]) AND description IS NOT NULL";
const TICKETS = `SELECT x.finding_id AS finding, array_agg(t.number ORDER BY t.id) AS numbers FROM ticket_finding x JOIN ticket t ON t.id = x.ticket_id
  WHERE x.environment_id = 1 AND x.finding_id = ANY ($1::int[]) AND x.unlinked_at IS NULL GROUP BY x.finding_id`;
const COUNTS = "SELECT response, detected, assigned, sum(n) AS n FROM queue_count WHERE environment_id = 1 GROUP BY response, detected, assigned";

/** Who asks: an address, and the headers of each client. */
type Asked = { address: string; headers: readonly Record<string, string>[] };

async function tokens(): Promise<Record<string, string>[]> {
  const made: Record<string, string>[] = [];
  for (let at = 0; at < CLIENTS; at++) {
    const token = await createToken(operator, { environment: 1, name: `page ${at}`, role: "analyst", days: 1 });
    if (!token.ok) throw new Error(token.refusal.message);
    made.push({ Authorization: `Bearer ${token.value.token}` });
  }
  return made;
}

const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");

/** Signs somebody in as a browser does, and gives their cookies. */
async function signedIn(address: string): Promise<Record<string, string>> {
  const email = "reader@bench.test";
  const person = await createPerson(operator, { environment: 1, name: "Reader", role: "analyst", email, password: PASSWORD });
  if (!person.ok) throw new Error(person.refusal.message);
  const asked = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await asked.json());
  const headers = { Cookie: cookiesOf(asked).join("; "), "Content-Type": "application/x-www-form-urlencoded", Origin: address };
  const answer = await fetch(`${address}/api/auth/callback/credentials`, { method: "POST", redirect: "manual", headers, body: new URLSearchParams({ csrfToken, email, password: PASSWORD, json: "true" }) });
  const session = cookiesOf(answer).filter((cookie) => cookie.includes("session-token="));
  if (session.length === 0) throw new Error(`Nobody could sign in: ${answer.status} ${await answer.text()}`);
  return { Cookie: session.join("; ") };
}

async function one(address: string, headers: Record<string, string> | undefined): Promise<string> {
  const answer = await fetch(address, { redirect: "manual", ...(headers ? { headers } : {}) });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`${address} was answered with ${answer.status}: ${body.slice(0, 300)}`);
  return body;
}

/** How many answers a second all clients have together. */
async function turn({ address, headers }: Asked, seconds: number): Promise<number> {
  const began = performance.now();
  let done = 0;
  const client = async (mine: Record<string, string> | undefined) => {
    for (; performance.now() - began < seconds * 1_000; done++) await one(address, mine);
  };
  await Promise.all(headers.map(client));
  return (1_000 * done) / (performance.now() - began);
}

/** One after the other, after a turn of each that does not count. */
async function raced(application: Asked, bare: Asked, seconds: number): Promise<Pick<Raced, "application" | "bare">> {
  const speeds = { application: [0].slice(1), bare: [0].slice(1) };
  for (let round = 0; round <= ROUNDS; round++) {
    const [ours, theirs] = [await turn(application, seconds), await turn(bare, seconds)];
    if (round > 0) {
      speeds.application.push(ours);
      speeds.bare.push(theirs);
    }
  }
  return speeds;
}

const listed = z.object({ items: z.array(z.object({ number: z.number() })).max(1_000) });
const numbersIn = (json: string) => listed.parse(JSON.parse(json)).items.map(({ number }) => number);

async function race({ address, bare, seconds }: z.output<typeof askedOfPage>): Promise<PageRace> {
  const nobody = Array.from({ length: CLIENTS }, () => ({}));
  const rows = { address: `${bare}/rows`, headers: nobody };
  const list = { address: `${address}/api/v1/environments/1/findings?tab=${TAB}&sort=severity&limit=${PAGE}`, headers: await tokens() };
  const session = await signedIn(address);
  const screen = { address: `${address}/e/1/alerts?tab=${TAB}&sort=severity`, headers: nobody.map(() => session) };
  const table = { address: `${bare}/`, headers: nobody };

  const [ours, theirs] = [await one(list.address, list.headers[0]), await one(rows.address, {})];
  const [page, plain] = [await one(screen.address, session), await one(table.address, {})];
  const numbers = numbersIn(theirs);
  const mine = numbersIn(ours);
  const isShown = (body: string, number: number) => new RegExp(`\\b${number}\\b`).test(body);
  return {
    json: { ...(await raced(list, rows, seconds)), other: numbers.filter((number, at) => mine[at] !== number).length + Math.abs(PAGE - mine.length), bytes: [ours.length, theirs.length] },
    html: { ...(await raced(screen, table, seconds)), other: numbers.filter((number) => !isShown(page, number) || !isShown(plain, number)).length + Math.abs(PAGE - numbers.length), bytes: [page.length, plain.length] },
  };
}

async function main(): Promise<PageRace> {
  const asked = askedOfPage.parse(JSON.parse(await text(process.stdin)));
  const case50 = sortCases().find(({ name }) => name === `${TAB} by severity`);
  if (!case50) throw new Error("There is no such order.");
  await buildBare({ url: needed("DATABASE_URL"), rows: pageSql(case50, new Date(), PAGE), descriptions: DESCRIPTIONS, tickets: TICKETS, counts: COUNTS });
  const servers = [startWeb(needed("DATABASE_URL"), asked.address, asked.secret), startBare(asked.bare)];
  try {
    await Promise.all([answers(`${asked.address}/login`), answers(`${asked.bare}/rows`)]);
    return await race(asked);
  } finally {
    for (const server of servers) server.kill();
  }
}

answering(main);
