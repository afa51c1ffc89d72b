import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** A letter as the server got it: whom it is for, and all of its text, headers and both bodies. */
export type Received = { to: readonly string[]; raw: string };

/** A real mail server of the test's own. `refuses`: addresses that it does not know. */
export type Mailbox = { address: string; letters: Received[]; refuses: Set<string>; stop: () => Promise<void>; start: () => Promise<void> };

/** Begins a mail server on a port of its own; stopped and started again it keeps port and letters. */
export async function openMailbox(): Promise<Mailbox> {
  const letters: Received[] = [];
  const refuses = new Set<string>();
  let port = 0;
  let server: SMTPServer | null = null;
  const box: Mailbox = {
    address: "", letters, refuses,
    start: async () => {
      server = new SMTPServer({
        authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false, closeTimeout: 100,
        onRcptTo: ({ address }, _session, done) => done(refuses.has(address) ? Object.assign(new Error("No such mailbox here"), { responseCode: 550 }) : null),
        onData: (stream, session, done) => {
          const pieces: Buffer[] = [];
          stream.on("data", (piece: Buffer) => pieces.push(piece));
          stream.on("end", () => {
            letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces).toString("utf8") });
            done();
          });
        },
      });
      server.on("error", () => {}); // a client that goes away in the middle is the story's own doing
      const listening = server.listen(port, "127.0.0.1");
      await once(listening, "listening");
      const bound = listening.address();
      port = typeof bound === "object" && bound !== null ? bound.port : port;
      box.address = `smtp://127.0.0.1:${port}`;
    },
    stop: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
  await box.start();
  return box;
}
