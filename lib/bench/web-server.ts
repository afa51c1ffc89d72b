import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const STARTING = 60_000;

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("There is no port."))));
    });
  });
}

/** Waits until a web server answers at all. */
export async function answers(address: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < STARTING; await sleep(100)) {
    if (await fetch(address).then(() => true, () => false)) return;
  }
  throw new Error(`The web server at ${address} did not answer.`);
}
