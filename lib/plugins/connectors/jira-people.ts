import { z } from "zod";
import { expectDone, faultOf, readAnswer, unassigned } from "./answers";
import { isChanged, type Left, type Outgoing, type TrackerAnswer } from "./contract";

// Who may be assigned, and assigning: /rest/api/3/user/assignable/search and /rest/api/3/issue/{key}/assignee, in version 2 by user name.

/** How the two Jiras name a person. */
export type Naming = { asked: "query" | "username"; key: "accountId" | "name" };
type Asked = { get: (query: string, ...parts: string[]) => Promise<TrackerAnswer>; put: (body: unknown, ...parts: string[]) => Promise<TrackerAnswer> };

const people = z.array(z.looseObject({ accountId: z.string().optional(), name: z.string().optional(), emailAddress: z.string().nullish() })).max(1_000);

/** Gives an issue to whom the ticket is given; `own`: as it is written to. Nobody over there by that e-mail, or nobody whom we may assign: it stays as it is, unless that is pushed. */
export async function assign({ get, put }: Asked, at: { key: string; own: string }, ticket: Outgoing, { asked, key: called }: Naming): Promise<readonly Left[]> {
  const { assignee } = ticket;
  if (assignee === undefined || !isChanged(ticket, "assignee")) return [];
  const who = assignee === null ? { named: null } : await named(get, at.key, assignee.email, { asked, key: called });
  if ("why" in who) return unassigned(ticket, who.why);
  const answer = await put({ [called]: who.named }, "issue", at.own, "assignee");
  if ([400, 403, 404].includes(answer.status)) return unassigned(ticket, faultOf(answer, "Assigning it").message);
  expectDone(answer, `Assigning ${at.key}`);
  return [];
}

async function named(get: Asked["get"], key: string, email: string, { asked, key: called }: Naming): Promise<{ named: string } | { why: string }> {
  const answer = await get(`?${asked}=${encodeURIComponent(email)}&issueKey=${encodeURIComponent(key)}&maxResults=10`, "user", "assignable", "search");
  // a limit that ran out may come as 403 too: that is no answer, and is waited for
  if (answer.status === 403 && faultOf(answer, "").kind === "permission") return { why: "Its users may not be read." };
  const found = readAnswer(answer, people, `Looking for ${email}`, false);
  const exact = found.filter(({ emailAddress }) => emailAddress?.toLowerCase() === email.toLowerCase());
  // an address may be hidden from us: then the one whom the search found by it
  const [only, second] = exact.length > 0 ? exact : found.filter(({ emailAddress }) => !emailAddress);
  const id = second ? undefined : only?.[called];
  return id === undefined ? { why: `Nobody who may be assigned there answers to ${email}.` } : { named: id };
}
