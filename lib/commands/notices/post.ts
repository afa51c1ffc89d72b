import { prisma } from "@/lib/db/client";
import { claimMails, returnMails, settleMail, type ClaimedMail } from "@/lib/db/sql/notices";
import { waitAfter, WAIT_WHEN_DOWN } from "@/lib/domain/notice/sending";

/** Letters are bookkeeping of the machine: what they tell of stands in the log already. So no gate, and no entry. */
export const LETTERS_AT_ONCE = 20;

/** Takes the letters that are due; nobody else gets them for two minutes. */
export function takeLetters(): Promise<ClaimedMail[]> {
  return claimMails(prisma, LETTERS_AT_ONCE);
}

/** Keeps how one letter went. */
export async function keepFate({ id, attempts }: ClaimedMail, fate: { kind: "sent" } | { kind: "refused"; why: string } | { kind: "later"; why: string }): Promise<void> {
  if (fate.kind === "sent") await settleMail(prisma, id, { sent: true });
  else if (fate.kind === "refused") await settleMail(prisma, id, { failed: fate.why });
  else await settleMail(prisma, id, { again: waitAfter(attempts), error: fate.why });
}

/** Gives letters back that were taken and not tried, since the server is away: they count no attempt. */
export async function putBack(letters: readonly ClaimedMail[]): Promise<void> {
  if (letters.length > 0) await returnMails(prisma, letters.map(({ id }) => id), WAIT_WHEN_DOWN);
}
