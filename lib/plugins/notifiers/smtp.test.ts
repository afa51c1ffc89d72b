import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Fate } from "./contract";
import { smtp } from "./smtp";

// Which refusals of a mail server are of one letter, and which would meet all of them.

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that says these words to what begins with these commands, and 250 to all else. */
async function fate(says: Readonly<Record<string, string>>): Promise<Fate> {
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write(`${says["greeting"] ?? "220 mail.example.test"}\r\n`);
    let isLetter = false;
    socket.on("data", (bytes) => {
      for (const line of bytes.toString().split("\r\n").filter(Boolean)) {
        if (isLetter && line !== ".") continue;
        const [, word] = Object.entries(says).find(([command]) => line.startsWith(command)) ?? [];
        socket.write(`${word ?? (line === "DATA" ? "354 go on" : "250 well")}\r\n`);
        isLetter = line === "DATA" && word === undefined;
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const at = server.address();
  if (at === null || typeof at === "string") throw new Error("The server has no port.");
  const notifier = smtp(`smtp://127.0.0.1:${at.port}`, "docket@example.test");
  try {
    return await notifier.send({ id: "docket-1", to: "ann@example.test", cc: [], taken: [], subject: "S", text: "T", html: "<p>T</p>", headers: {} });
  } finally {
    notifier.close();
  }
}

test.each([
  ["all is well", {}, { kind: "sent" }],
  ["nobody of that name", { "RCPT TO": "550 no such user" }, { kind: "refused" }],
  ["the letter is not wanted", { ".": "554 this is spam" }, { kind: "refused" }],
  ["the recipient later", { "RCPT TO": "450 mailbox busy" }, { kind: "later", isDown: false }],
  ["no service at this hour", { greeting: "554 no service here" }, { kind: "later", isDown: true }],
  ["the sender is not known", { "MAIL FROM": "550 who is that" }, { kind: "later", isDown: true }],
])("%s", async (_what, says, expected) => {
  expect(await fate(says)).toMatchObject(expected);
});
