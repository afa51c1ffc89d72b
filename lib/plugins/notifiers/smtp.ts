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
    verify: () => transport.verify().then(() => null, (error: unknown) => storable(error instanceof Error ? error.message : String(error), 500)),
    close: () => transport.close(),
  };
}

async function sent(transport: ReturnType<typeof createTransport>, { id, to, cc, taken, headers, ...letter }: Letter, from: string): Promise<Fate> {
  const envelope = { from, to: [to, ...cc].filter((one) => !taken.includes(one)) };
  try {
    const info = await transport.sendMail({ ...letter, to, cc: [...cc], envelope, headers: { ...headers }, messageId: `<${id}@${from.split("@")[1] ?? "docket"}>` });
    return fateOfSome(to, taken, envelope.to, (info.rejectedErrors ?? []).map(refusalOf));
  } catch (error) {
    const fate = fateOf(error, taken);
    return fate.kind === "refused" && taken.includes(to) ? { kind: "sent", why: fate.why } : fate;
  }
}

type Refusal = { recipient: string; why: string; isForGood: boolean };

function refusalOf({ recipient, responseCode, message }: { recipient?: string | undefined; responseCode?: number | undefined; message: string }): Refusal {
  return { recipient: recipient ?? "", why: storable(`${recipient ?? "Somebody"} did not get it: ${message}`, 300), isForGood: (responseCode ?? 0) >= 500 };
}

/** The server took it for some of those it was for: nodemailer fails a letter only where all of them were rejected. */
function fateOfSome(to: string, before: readonly string[], asked: readonly string[], refusals: readonly Refusal[]): Fate {
  const why = storable(refusals.map((one) => one.why).join(" "), 500);
  if (refusals.some(({ recipient, isForGood }) => recipient === to && isForGood)) return { kind: "refused", why };
  if (refusals.every(({ isForGood }) => isForGood)) return { kind: "sent", why: why === "" ? null : why };
  const isRefused = new Set(refusals.map(({ recipient }) => recipient));
  return { kind: "later", why, isDown: false, taken: [...before, ...asked.filter((one) => !isRefused.has(one))] };
}

/** A 5xx to the recipient or to the letter itself is for good. One to the greeting or to the sender would meet every other letter too: the server is as good as away. */
function fateOf(error: unknown, taken: readonly string[]): Fate {
  if (!(error instanceof Error)) return { kind: "later", why: String(error), isDown: true, taken };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const status = "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0;
  const command = "command" in error && typeof error.command === "string" ? error.command : "";
  const why = storable(error.message, 500);
  const isOfLetter = command === "RCPT TO" || command === "DATA" || command === "API";
  if (status >= 500 && isOfLetter && status !== 530 && status !== 535) return { kind: "refused", why };
  return { kind: "later", why, taken, isDown: DOWN.has(code) || status === 421 || (status >= 500 && !isOfLetter) };
}
