import { randomBytes } from "node:crypto";
import { startChild, startWeb } from "@/lib/bench/child.mjs";
import type { Figure } from "@/lib/bench/measured";
import { LARGE_QUEUE } from "@/lib/bench/queue-world";
import { visit } from "@/lib/bench/spec";
import { answers, freePort } from "@/lib/bench/web-server";
import type { Setting } from "@/lib/bench/world";

const ROWS = 100_000;
/** Seconds: below that people feel that they did it themselves. */
const AT_ONCE = 0.1;
const EMAIL = "visitor@bench.test";
const PASSWORD = randomBytes(12).toString("hex");

/** A hundred thousand rows loaded in a browser, with the large queue behind it. Expects the web application to be built; `browser` is the path of a Chromium. */
export async function benchVisit(setting: Setting, browser: string): Promise<Figure[]> {
  const url = setting.databases.url(LARGE_QUEUE);
  const person = await startChild(url, { email: EMAIL, password: PASSWORD }, "one-person.ts").done;
  if (person.code !== 0) throw new Error("Nobody could be let in.");
  const address = `http://127.0.0.1:${await freePort()}`;
  const web = startWeb(url, address, randomBytes(32).toString("hex"));
  try {
    await answers(`${address}/login`);
    const { code, last } = await startChild(url, { browser, address, email: EMAIL, password: PASSWORD, rows: ROWS }, "one-visit.ts").done;
    if (code !== 0) throw new Error(`The visit ended with code ${code}.`);
    const seen = visit.parse(JSON.parse(last));
    const bench = `${seen.rows} rows loaded in a browser`;
    return [
      { bench, what: `rows that are missing to ${ROWS}`, value: Math.max(0, ROWS - seen.rows), unit: "rows", atMost: 0 },
      { bench, what: "frames of a bare virtual list against those of the queue, the better of two each", value: seen.bareFrames / seen.frames, unit: "x", atMost: 1 / 0.9 },
      { bench, what: "the longest task while scrolling", value: seen.longest / 1_000, unit: "s", atMost: 0.05 },
      { bench, what: "the longest task while the cursor moves", value: seen.keyLongest / 1_000, unit: "s", atMost: 0.05 },
      { bench, what: "the longest task while keys decide and open", value: seen.decidedLongest / 1_000, unit: "s", atMost: 0.05 },
      { bench, what: "requests while the cursor moves", value: seen.askedBetween, unit: "rows", atMost: 0 },
      { bench, what: `of ${seen.pressed} keys, those that paint nothing while answers are held back`, value: seen.unpainted, unit: "rows", atMost: 0 },
      { bench, what: "the slowest key that moves the cursor, until its paint", value: seen.slowestKey / 1_000, unit: "s", atMost: AT_ONCE },
      { bench, what: "the slowest key that decides or opens, until its paint", value: seen.decided / 1_000, unit: "s", atMost: AT_ONCE },
    ];
  } finally {
    web.kill();
  }
}
