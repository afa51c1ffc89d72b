import { deliveryOf, letterRefused } from "@/lib/commands/deliveries/letter-refused";
import { holdLetter, keepFate, keepPartly, putBack, takeLetters } from "@/lib/commands/notices/post";
import { env, needed } from "@/lib/env";
import { systemActor } from "@/lib/gate/actor";
import type { Fate, Notifier } from "@/lib/plugins/notifiers/contract";
import { notifierOf } from "@/lib/plugins/notifiers/registry";

/** How often a letter that takes its time is held for longer: its two minutes never run out while its sender lives. */
const RENEW_MS = 30_000;

type Taken = Awaited<ReturnType<typeof takeLetters>>[number];

/** Whom letters come from: the operator's word, else docket at the host that people open. */
function sender(): string {
  return env.DOCKET_MAIL_FROM ?? `docket@${new URL(needed("AUTH_URL")).hostname.replace(/^\[|\]$/g, "")}`;
}

/** Sends what is due until nothing is, or the server is away. Without a server nothing waits: nobody wrote a letter. */
export async function runSendMail(stop?: AbortSignal): Promise<void> {
  const notifier = env.SMTP_URL === undefined ? null : notifierOf(env.SMTP_URL, sender());
  if (notifier) await sendDue(notifier, stop);
}

/** The same through a notifier that the caller has; closes it. */
export async function sendDue(notifier: Notifier, stop?: AbortSignal, renewMs = RENEW_MS): Promise<void> {
  try {
    for (let more = true; more && !stop?.aborted; ) more = await sendSome(notifier, renewMs, stop);
  } finally {
    notifier.close();
  }
}

async function sendSome(notifier: Notifier, renewMs: number, stop?: AbortSignal): Promise<boolean> {
  const letters = await takeLetters();
  for (const [place, letter] of letters.entries()) {
    // those before it may have taken longer than it was ours
    if (!stop?.aborted && !(await holdLetter(letter))) continue;
    const fate = stop?.aborted ? null : await send(notifier, letter, renewMs);
    if (fate) await keep(letter, fate);
    if (fate && !(fate.kind === "later" && fate.isDown)) continue;
    await putBack(letters.slice(fate ? place + 1 : place));
    return false;
  }
  return letters.length > 0;
}

async function send(notifier: Notifier, letter: Taken, renewMs: number): Promise<Fate> {
  const renewing = setInterval(() => void holdLetter(letter).catch(() => undefined), renewMs);
  try {
    return ended(letter, await notifier.send({ ...letter, id: `docket-${letter.id}` }));
  } finally {
    clearInterval(renewing);
  }
}

/** Given up for those who were put off too long, it was sent all the same where the one it is for has it. */
function ended({ isLast, to }: Taken, fate: Fate): Fate {
  return fate.kind === "later" && isLast && fate.taken.includes(to) ? { kind: "sent", why: fate.why } : fate;
}

/** Keeps how one letter went. One that is a ticket's and is given up says so on the ticket: nobody else would look for it. */
async function keep(letter: Taken, fate: Fate): Promise<void> {
  const delivery = deliveryOf(letter.key);
  const isOver = fate.kind === "refused" || (fate.kind === "later" && letter.isLast);
  if (delivery !== null && fate.kind === "sent" && fate.why !== null) return keepPartly(letter, delivery, fate.why);
  if (delivery === null || !isOver) return keepFate(letter, fate);
  const kept = await letterRefused(systemActor(`letter-${letter.id}`), { environment: letter.environment, delivery, mail: letter.id, attempts: letter.attempts, why: fate.why });
  if (!kept.ok) throw new Error(kept.refusal.message);
}
