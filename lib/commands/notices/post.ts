import { prisma } from "@/lib/db/client";
import { noteOnDelivery } from "@/lib/db/sql/delivery-write";
import { claimMails, renewMail, returnMails, settleMail, type ClaimedMail } from "@/lib/db/sql/notices";
import { waitAfter, WAIT_WHEN_DOWN } from "@/lib/domain/notice/sending";

/** Letters are bookkeeping of the machine: what they tell of stands in the log already. So no gate, and no entry. */
export const LETTERS_AT_ONCE = 20;

/** Takes the letters that are due; nobody else gets them for two minutes. */
export function takeLetters(): Promise<ClaimedMail[]> {
  return claimMails(prisma, LETTERS_AT_ONCE);
}

/** Holds a letter for two minutes more; false: somebody else has it, who thought that we had died. */
export function holdLetter(letter: ClaimedMail): Promise<boolean> {
  return renewMail(prisma, letter);
}

type Fate = { kind: "sent"; why: string | null } | { kind: "refused"; why: string } | { kind: "later"; why: string; taken: readonly string[] };

/** Keeps how one letter went, where nobody else has it by now. */
export async function keepFate(letter: ClaimedMail, fate: Fate): Promise<void> {
  if (fate.kind === "sent") await settleMail(prisma, letter, { sent: true, error: fate.why });
  else if (fate.kind === "refused") await settleMail(prisma, letter, { failed: fate.why });
  else await settleMail(prisma, letter, { again: waitAfter(letter.attempts), error: fate.why, taken: fate.taken });
}

/** Keeps that a ticket's letter was sent, and on its delivery who did not get it. */
export async function keepPartly(letter: ClaimedMail, delivery: number, why: string): Promise<void> {
  if (await settleMail(prisma, letter, { sent: true, error: why })) await noteOnDelivery(prisma, delivery, why);
}

/** Gives letters back that were taken and not tried, since the server is away: they count no attempt. */
export async function putBack(letters: readonly ClaimedMail[]): Promise<void> {
  if (letters.length > 0) await returnMails(prisma, letters, WAIT_WHEN_DOWN);
}
