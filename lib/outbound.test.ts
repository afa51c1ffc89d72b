import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { download, isInside } from "./outbound";

let server: Server;
let base = "";
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
    else if (request.url === "/away") response.writeHead(302, { location: "/good" }).end();
    else if (request.url === "/file") response.writeHead(302, { location: "file:///etc/passwd" }).end();
    else if (request.url === "/gone") response.writeHead(404).end();
    else if (request.url === "/cut") response.writeHead(200, { "content-length": "100" }).end("short", () => response.destroy());
    else if (request.url === "/slow") response.writeHead(200).write("…");
    else response.end("good".repeat(10));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  base = `http://127.0.0.1:${typeof at === "object" ? at?.port : ""}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const inside = { timeout: 2_000, maxBytes: 1_000, allowInside: true };

describe("a connection to the outside", () => {
  it("follows a redirect and gives the bytes", async () => {
    expect((await download(`${base}/away`, inside)).toString()).toBe("good".repeat(10));
  });

  it.each([
    ["/loop", {}, "redirects more than 5 times"],
    ["/file", {}, "is no http(s) address"],
    ["/gone", {}, "status 404"],
    ["/cut", {}, "broke off"],
    ["/slow", { timeout: 200 }, "broke off"],
    ["/good", { maxBytes: 39 }, "more than 39 bytes"],
    ["/good", { allowInside: false }, "lies inside"],
  ])("says what was wrong: %s %j", async (path, more, message) => {
    await expect(download(base + path, { ...inside, ...more })).rejects.toThrow(message);
  });

  it("looks at the address behind a name, not at the name", async () => {
    await expect(download(base.replace("127.0.0.1", "localhost"), { ...inside, allowInside: false })).rejects.toThrow("lies inside");
    await expect(download("http://user:secret@localhost/", { ...inside, allowInside: false })).rejects.toThrow(/^(?!.*secret)/);
  });

  it.each(["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:192.168.0.1", "fe80::1", "fd00::1", "0.0.0.0", "100.64.1.1", "nonsense"])("%s lies inside", (address) => {
    expect(isInside(address)).toBe(true);
  });

  it.each(["8.8.8.8", "2606:4700::1111", "172.32.0.1"])("%s lies outside", (address) => {
    expect(isInside(address)).toBe(false);
  });
});
