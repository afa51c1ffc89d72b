import { randomBytes } from "node:crypto";
import { startChild } from "@/lib/bench/child.mjs";
import { median, type Figure } from "@/lib/bench/measured";
import { LARGE_QUEUE } from "@/lib/bench/queue-world";
import { pageRace, type Raced } from "@/lib/bench/spec";
import { freePort } from "@/lib/bench/web-server";
import type { Setting } from "@/lib/bench/world";

const SECONDS = 3;
/** Every call is counted against its token as it always is; only more of them are allowed. */
const VARIABLES = { DOCKET_CALLS_A_MINUTE: "1000000" };

function figures(bench: string, what: string, { application, bare, other, bytes: [ours, theirs] }: Raced, least: number): Figure[] {
  return [
    { bench, what: `${what}: answers a second of the bare one against ours`, value: median(bare.map((speed, round) => speed / (application[round] ?? Number.NaN))), unit: "x", atMost: 1 / least },
    { bench, what: `${what}: rows that the two do not share`, value: other, unit: "rows", atMost: 0 },
    { bench, what: `${what}: answers a second (${ours} characters each)`, value: median(application), unit: "rows", atMost: null },
    { bench, what: `${what}: answers a second of the bare one (${theirs} characters each)`, value: median(bare), unit: "rows", atMost: null },
  ];
}

/** Fifty rows over HTTP, as JSON and as the page of the queue, against an application that does nothing else: the same SQL, a table of the same rows. Expects the web application to be built. */
export async function benchPage(setting: Setting): Promise<Figure[]> {
  const [address, bare] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const asked = { address, bare, secret: randomBytes(32).toString("hex"), seconds: SECONDS };
  const { code, last } = await startChild(setting.databases.url(LARGE_QUEUE), asked, "one-page.ts", VARIABLES).done;
  if (code !== 0) throw new Error(`The pages ended with code ${code}.`);
  const { json, html } = pageRace.parse(JSON.parse(last));
  const bench = "50 rows over HTTP";
  return [...figures(bench, "JSON", json, 0.7), ...figures(bench, "the page of the queue", html, 0.6)];
}
