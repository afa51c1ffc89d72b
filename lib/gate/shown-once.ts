import { refuse, type Refused } from "@/lib/domain/refusal";

/** A call that made a secret is sent again under its key: it was done, and what it showed is kept nowhere. `next`: how to come by another. */
export function shownOnce(next: string): Refused {
  return refuse("conflict", "This was done under this Idempotency-Key already. What it made was shown in its first answer alone and is kept nowhere.", { next });
}
