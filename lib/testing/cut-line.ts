import { once } from "node:events";
import net from "node:net";

/** PostgreSQL's word that a statement was carried out: message C, its length, "COMMIT". */
const COMMITTED = Buffer.concat([Buffer.from("C"), Buffer.from([0, 0, 0, 11]), Buffer.from("COMMIT\0")]);

/** A line to the database that can be cut between a COMMIT and its answer. */
export type CutLine = { url: string; cutAfter: (commits: number, then?: () => void) => void; cuts: () => number; close: () => void };

/**
 * A TCP proxy before the database. `cutAfter(n)`: the n-th COMMIT from now on is carried out, but its answer is lost with the connection;
 * `then` is called at that moment. Other connections live on.
 */
export async function cutLine(database: string): Promise<CutLine> {
  const there = new URL(database);
  let left = 0;
  let cuts = 0;
  let then: (() => void) | undefined;
  const server = net.createServer((near) => {
    const far = net.connect(Number(there.port || 5432), there.hostname);
    near.on("error", () => far.destroy()).on("close", () => far.destroy()).pipe(far);
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    far.on("data", (answer: Buffer) => {
      if (left > 0 && answer.includes(COMMITTED) && --left === 0) {
        cuts++;
        near.destroy();
        then?.();
      } else near.write(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(database);
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: url.href,
    cutAfter: (commits, called) => {
      left = commits;
      then = called;
    },
    cuts: () => cuts,
    close: () => server.close(),
  };
}
