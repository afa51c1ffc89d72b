import { createServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { smtp } from "./smtp";

/** A mail server that greets so, and closes with the test. */
async function greeting(words: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write(`${words}\r\n`);
    socket.on("data", (data) => {
      const said = data.toString();
      if (/^(EHLO|HELO)/.test(said)) socket.write("250 mail.example.test\r\n");
      if (/^QUIT/.test(said)) socket.end("221 Bye\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return server;
}

async function verified(server: Server): Promise<string | null> {
  const at = server.address();
  const notifier = smtp(`smtp://127.0.0.1:${typeof at === "object" ? at?.port : ""}`, "docket@example.test");
  return notifier.verify().finally(() => notifier.close());
}

test("a mail server is asked whether it is there, and no letter is written for it; one that is away, or takes nobody, says why", async () => {
  expect(await verified(await greeting("220 mail.example.test"))).toBeNull();
  expect(await verified(await greeting("554 No service here"))).toContain("554");
  const away = await greeting("220 mail.example.test");
  const at = away.address();
  await new Promise((resolve) => away.close(resolve));
  const notifier = smtp(`smtp://127.0.0.1:${typeof at === "object" ? at?.port : ""}`, "docket@example.test");
  expect(await notifier.verify()).toContain("ECONNREFUSED");
  notifier.close();
});
