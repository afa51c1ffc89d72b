import type { Tx } from "@/lib/db/client";
import { membersNamed } from "@/lib/db/sql/members";
import { assigneeRefusal } from "@/lib/domain/finding/ownership";
import { ok, type Result } from "@/lib/domain/refusal";

/** The member who is to have findings, by id or e-mail; null (nobody) and undefined (left as it is) stay what they are. Who may not decide is refused. */
export async function assigneeOf<Who extends number | string | null | undefined>(
  tx: Tx,
  environment: number,
  who: Who,
  path: string,
): Promise<Result<{ id: number; name: string } | Extract<Who, null | undefined>>>;
export async function assigneeOf(tx: Tx, environment: number, who: number | string | null | undefined, path: string): Promise<Result<{ id: number; name: string } | null | undefined>> {
  if (who === null || who === undefined) return ok(who);
  const [member] = await membersNamed(tx, environment, typeof who === "number" ? { ids: [who] } : { emails: [who] });
  const refused = assigneeRefusal(member?.name ?? who, member?.role, path);
  return refused ?? ok(member);
}
