import { deliveryOf, letterRefused } from "@/lib/commands/deliveries/letter-refused";
import { keepFate, putBack, takeLetters } from "@/lib/commands/notices/post";
import { env, needed } from "@/lib/env";
import { systemActor } from "@/lib/gate/actor";
import type { Fate, Notifier } from "@/lib/plugins/notifiers/contract";
import { notifierOf } from "@/lib/plugins/notifiers/registry";

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
export async function sendDue(notifier: Notifier, stop?: AbortSignal): Promise<void> {
  try {
    for (let more = true; more && !stop?.aborted; ) more = await sendSome(notifier, stop);
  } finally {
    notifier.close();
  }
}

async function sendSome(notifier: Notifier, stop?: AbortSignal): Promise<boolean> {
  const letters = await takeLetters();
  for (const [place, letter] of letters.entries()) {
    const fate = stop?.aborted ? null : await notifier.send({ ...letter, id: `docket-${letter.id}` });
    if (fate) await keep(letter, fate);
    if (fate && !(fate.kind === "later" && fate.isDown)) continue;
    await putBack(letters.slice(fate ? place + 1 : place));
    return false;
  }
  return letters.length > 0;
}

/** Keeps how one letter went. One that is a ticket's and is given up says so on the ticket: nobody else would look for it. */
async function keep(letter: Awaited<ReturnType<typeof takeLetters>>[number], fate: Fate): Promise<void> {
  const delivery = deliveryOf(letter.key);
  const isOver = fate.kind === "refused" || (fate.kind === "later" && letter.isLast);
  if (delivery === null || !isOver) return keepFate(letter, fate);
  const kept = await letterRefused(systemActor(`letter-${letter.id}`), { environment: letter.environment, delivery, mail: letter.id, why: fate.why });
  if (!kept.ok) throw new Error(kept.refusal.message);
}
