import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** A letter as the server got it: whom it is for, and all of its text, headers and both bodies. */
export type Received = { to: readonly string[]; raw: string };

/** A letter that the server keeps waiting: `reached` when all of it is there, taken over when it is let go. */
export type Held = { reached: Promise<void>; letGo: () => void };

/** A real mail server of the test's own. `refuses`: addresses that it does not know; `putsOff`: those that it wants to hear of later; `hold`: it is slow with the next letter. */
export type Mailbox = { address: string; letters: Received[]; refuses: Set<string>; putsOff: Set<string>; hold: () => Held; stop: () => Promise<void>; start: () => Promise<void> };

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** What it says to a recipient. */
function answerTo(address: string, { refuses, putsOff }: Pick<Mailbox, "refuses" | "putsOff">): Error | null {
  if (refuses.has(address)) return Object.assign(new Error("No such mailbox here"), { responseCode: 550 });
  return putsOff.has(address) ? Object.assign(new Error("Come again later"), { responseCode: 450 }) : null;
}

/** Begins a mail server on a port of its own; stopped and started again it keeps port and letters. */
export async function openMailbox(): Promise<Mailbox> {
  const letters: Received[] = [];
  const [refuses, putsOff] = [new Set<string>(), new Set<string>()];
  const waiting: { reach: () => void; gone: Promise<void> }[] = [];
  let port = 0;
  let server: SMTPServer | null = null;
  const box: Mailbox = {
    address: "", letters, refuses, putsOff,
    hold: () => {
      const [reached, gone] = [gate(), gate()];
      waiting.push({ reach: reached.open, gone: gone.opened });
      return { reached: reached.opened, letGo: gone.open };
    },
    start: async () => {
      server = new SMTPServer({
        authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false, closeTimeout: 100,
        onRcptTo: ({ address }, _session, done) => done(answerTo(address, box)),
        onData: (stream, session, done) => {
          const pieces: Buffer[] = [];
          stream.on("data", (piece: Buffer) => pieces.push(piece));
          stream.on("end", () => {
            const held = waiting.shift();
            const take = () => {
              letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces).toString("utf8") });
              done();
            };
            held?.reach();
            if (held) void held.gone.then(take);
            else take();
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
