import { randomBytes } from "node:crypto";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startChild, startWeb } from "@/lib/bench/child.mjs";
import type { Figure } from "@/lib/bench/measured";
import { LARGE_QUEUE } from "@/lib/bench/queue-world";
import { visit } from "@/lib/bench/spec";
import type { Setting } from "@/lib/bench/world";

const ROWS = 100_000;
const EMAIL = "visitor@bench.test";
const PASSWORD = randomBytes(12).toString("hex");
const STARTING = 60_000;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("There is no port."))));
    });
  });
}

async function answers(address: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < STARTING; await sleep(100)) {
    if (await fetch(`${address}/login`).then(() => true, () => false)) return;
  }
  throw new Error("The web server did not answer.");
}

/** A hundred thousand rows loaded in a browser, with the large queue behind it. Expects the web application to be built; `browser` is the path of a Chromium. */
export async function benchVisit(setting: Setting, browser: string): Promise<Figure[]> {
  const url = setting.databases.url(LARGE_QUEUE);
  const person = await startChild(url, { email: EMAIL, password: PASSWORD }, "one-person.ts").done;
  if (person.code !== 0) throw new Error("Nobody could be let in.");
  const address = `http://127.0.0.1:${await freePort()}`;
  const web = startWeb(url, address, randomBytes(32).toString("hex"));
  try {
    await answers(address);
    const { code, last } = await startChild(url, { browser, address, email: EMAIL, password: PASSWORD, rows: ROWS }, "one-visit.ts").done;
    if (code !== 0) throw new Error(`The visit ended with code ${code}.`);
    const seen = visit.parse(JSON.parse(last));
    const bench = `${seen.rows} rows loaded in a browser`;
    return [
      { bench, what: "frames of a bare virtual list against those of the queue", value: seen.bareFrames / seen.frames, unit: "x", atMost: 1 / 0.9 },
      { bench, what: "the longest task while scrolling", value: seen.longest / 1_000, unit: "s", atMost: 0.05 },
      { bench, what: "the longest task while keys are pressed", value: seen.keyLongest / 1_000, unit: "s", atMost: 0.05 },
      { bench, what: "requests while keys are pressed", value: seen.askedBetween, unit: "rows", atMost: 0 },
      { bench, what: "the slowest key until its paint", value: seen.slowestKey / 1_000, unit: "s", atMost: null },
    ];
  } finally {
    web.kill();
  }
}
