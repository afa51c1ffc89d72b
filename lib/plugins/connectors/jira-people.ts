import { z } from "zod";
import { expectDone, faultOf, readAnswer, unassigned } from "./answers";
import { isChanged, type Left, type Outgoing, type TrackerAnswer } from "./contract";

// Who may be assigned, and assigning: /rest/api/3/user/assignable/search and /rest/api/3/issue/{key}/assignee, in version 2 by user name.

/** How the two Jiras name a person. */
export type Naming = { asked: "query" | "username"; key: "accountId" | "name" };
type Asked = { get: (query: string, ...parts: string[]) => Promise<TrackerAnswer>; put: (body: unknown, ...parts: string[]) => Promise<TrackerAnswer> };

const people = z.array(z.looseObject({ accountId: z.string().optional(), name: z.string().optional(), emailAddress: z.string().nullish() })).max(1_000);

/** Gives an issue to whom the ticket is given. Nobody over there by that e-mail, or nobody whom we may assign: it stays as it is, unless that is pushed. */
export async function assign({ get, put }: Asked, key: string, ticket: Outgoing, { asked, key: called }: Naming): Promise<readonly Left[]> {
  const { assignee } = ticket;
  if (assignee === undefined || !isChanged(ticket, "assignee")) return [];
  const who = assignee === null ? null : await named(get, key, assignee.email, { asked, key: called });
  if (who === undefined) return unassigned(ticket, `Nobody who may be assigned there answers to ${assignee?.email ?? "that"}.`);
  const answer = await put({ [called]: who }, "issue", key, "assignee");
  if ([400, 403, 404].includes(answer.status)) return unassigned(ticket, faultOf(answer, "Assigning it").message);
  expectDone(answer, `Assigning ${key}`);
  return [];
}

async function named(get: Asked["get"], key: string, email: string, { asked, key: called }: Naming): Promise<string | undefined> {
  const answer = await get(`?${asked}=${encodeURIComponent(email)}&issueKey=${encodeURIComponent(key)}&maxResults=10`, "user", "assignable", "search");
  const found = readAnswer(answer, people, `Looking for ${email}`, false);
  const exact = found.filter(({ emailAddress }) => emailAddress?.toLowerCase() === email.toLowerCase());
  // an address may be hidden from us: then the one whom the search found by it
  const [only, second] = exact.length > 0 ? exact : found.filter(({ emailAddress }) => !emailAddress);
  return second ? undefined : only?.[called];
}
