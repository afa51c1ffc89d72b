import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createListener } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TrackerRequest } from "@/lib/domain/connector/asking";
import { ask } from "./outbound";

let server: Server;
let base = "";
const seen: { method: string; url: string; body: string; headers: IncomingMessage["headers"] }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      seen.push({ method: request.method ?? "", url: request.url ?? "", body: Buffer.concat(pieces).toString(), headers: request.headers });
      if (request.url === "/away") response.writeHead(302, { location: `${base}/good` }).end();
      else if (request.url === "/reset") request.socket.destroy();
      else if (request.url === "/cut") response.writeHead(201, { "content-length": "100" }).end("{", () => response.destroy());
      else if (request.url === "/silent") return;
      else if (request.url === "/full") response.end("x".repeat(2_000));
      else response.writeHead(429, { "Retry-After": "7" }).end("später");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  base = `http://127.0.0.1:${typeof at === "object" ? at?.port : ""}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const inside = { timeout: 300, maxBytes: 1_000, allowInside: true };
const post = (path: string, more: Partial<TrackerRequest> = {}): TrackerRequest => ({ method: "POST", address: base + path, headers: { "Content-Type": "application/json", "X-Key": "k" }, body: '{"ü":1}', ...more });

it("sends method, headers and body as they are, and gives any status as an answer", async () => {
  expect(await ask(post("/good", { method: "PATCH" }), inside)).toMatchObject({ status: 429, headers: { "retry-after": "7" }, text: "später" });
  expect(seen.at(-1)).toMatchObject({ method: "PATCH", url: "/good", body: '{"ü":1}', headers: { "x-key": "k", "content-length": "8" } });
});

it("follows no redirect: a write would be sent twice, a secret elsewhere", async () => {
  const before = seen.length;
  expect(await ask(post("/away"), inside)).toMatchObject({ status: 302 });
  expect(seen.length - before).toBe(1);
});

it.each(["/reset", "/cut", "/silent", "/full"])("what was sent and not wholly answered is in doubt: %s", async (path) => {
  const before = seen.length;
  await expect(ask(post(path), inside)).rejects.toMatchObject({ kind: "in_doubt" });
  expect(seen.length - before, "once").toBe(1);
});

it("what never went out is told as such", async () => {
  const closed = await new Promise<string>((resolve) => {
    const listener = createListener().listen(0, "127.0.0.1", () => {
      const at = listener.address();
      listener.close(() => resolve(`http://127.0.0.1:${typeof at === "object" ? at?.port : ""}/`));
    });
  });
  for (const address of [closed, "file:///etc/passwd", "no address", "http://name.invalid/"]) await expect(ask(post("", { address }), inside)).rejects.toMatchObject({ kind: "unreachable" });
  await expect(ask(post("/good", { headers: { "X-Key": "a\r\nb: c" } }), inside)).rejects.toMatchObject({ kind: "unreachable" });
});

it("a connection that never stands sent nothing, however long it was tried", async () => {
  const deaf = createListener((socket) => socket.on("error", () => undefined)); // accepts, and never speaks TLS
  await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
  const at = deaf.address();
  await expect(ask(post("", { address: `https://127.0.0.1:${typeof at === "object" ? at?.port : ""}/` }), inside)).rejects.toMatchObject({ kind: "unreachable" });
  deaf.close();
});

it("asks nothing inside unless it may, whatever name it hides behind", async () => {
  const before = seen.length;
  for (const address of [base, base.replace("127.0.0.1", "localhost"), base.replace("127.0.0.1", "[::ffff:127.0.0.1]")])
    await expect(ask(post("", { address }), { ...inside, allowInside: false })).rejects.toMatchObject({ kind: "unreachable", message: expect.stringContaining("lies inside") });
  expect(seen.length).toBe(before);
});
