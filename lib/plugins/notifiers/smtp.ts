import { createTransport } from "nodemailer";
import { storable } from "@/lib/domain/storable";
import type { Fate, Letter, Notifier } from "./contract";

const WAIT = 20_000;

/** Faults of the way there, as nodemailer names them: the next letter would meet them too. */
const DOWN = new Set(["ECONNECTION", "ETIMEDOUT", "ESOCKET", "EDNS", "ETLS", "EAUTH", "ECONNREFUSED", "ENOAUTH", "EOAUTH2", "EPROXY"]);

/** Letters over SMTP (RFC 5321) to the server at `address` (smtp:// or smtps://), one connection for all, certificates checked. */
export function smtp(address: string, from: string): Notifier {
  const transport = createTransport({ url: address, pool: true, maxConnections: 1, maxMessages: 500, connectionTimeout: WAIT, greetingTimeout: WAIT, socketTimeout: WAIT * 2 }, { from: { name: "Docket", address: from }, disableFileAccess: true, disableUrlAccess: true });
  return {
    send: (letter) => sent(transport, letter, from),
    close: () => transport.close(),
  };
}

async function sent(transport: ReturnType<typeof createTransport>, { id, to, cc, headers, ...letter }: Letter, from: string): Promise<Fate> {
  try {
    await transport.sendMail({ ...letter, to, cc: [...cc], headers: { ...headers }, messageId: `<${id}@${from.split("@")[1] ?? "docket"}>` });
    return { kind: "sent" };
  } catch (error) {
    return fateOf(error);
  }
}

/** A 5xx to the recipient or to the letter itself is for good. One to the greeting or to the sender would meet every other letter too: the server is as good as away. */
function fateOf(error: unknown): Fate {
  if (!(error instanceof Error)) return { kind: "later", why: String(error), isDown: true };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const status = "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0;
  const command = "command" in error && typeof error.command === "string" ? error.command : "";
  const why = storable(error.message, 500);
  const isOfLetter = command === "RCPT TO" || command === "DATA" || command === "API";
  if (status >= 500 && isOfLetter && status !== 530 && status !== 535) return { kind: "refused", why };
  return { kind: "later", why, isDown: DOWN.has(code) || status === 421 || (status >= 500 && !isOfLetter) };
}
