import type { Tx } from "@/lib/db/client";
import { membersNamed } from "@/lib/db/sql/members";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";

/** The member meant by an id or an e-mail; null (nobody) and undefined (left as it is) stay what they are. Strangers are refused. */
export async function memberOf<Who extends number | string | null | undefined>(
  tx: Tx,
  environment: number,
  who: Who,
  path: string,
): Promise<Result<{ id: number; name: string } | Extract<Who, null | undefined>>>;
export async function memberOf(tx: Tx, environment: number, who: number | string | null | undefined, path: string): Promise<Result<{ id: number; name: string } | null | undefined>> {
  if (who === null || who === undefined) return ok(who);
  const [member] = await membersNamed(tx, environment, typeof who === "number" ? { ids: [who] } : { emails: [who] });
  return member ? ok(member) : refuseInput([{ path, message: `${who} is no member here.` }]);
}
