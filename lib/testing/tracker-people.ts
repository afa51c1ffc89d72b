import { z } from "zod";
import type { Issue, Reply } from "./tracker-shapes";

const jiraAssignee = z.strictObject({ accountId: z.string().max(128).nullable() });
const githubAssignees = z.strictObject({ assignees: z.array(z.string()).max(10) });

/** What each vendor says of people: who may be assigned, by e-mail, and assigning; null: it was asked for something else. `shown`: the issue as its vendor shows it. */
export function aboutPeople(people: readonly string[] | null, { method, path, body }: { method: string; path: string; body: unknown }, issue: Issue | undefined, shown: (issue: Issue) => unknown): Reply | null {
  if (people === null) return /user\/assignable\/search|\/assignees\/|\/sys_user/.test(path) ? { status: 403, body: { errorMessages: ["You may not browse users."], errors: {} } } : null;
  const [, asked] = /user\/assignable\/search\?query=([^&]+)/.exec(path) ?? [];
  if (asked) return { status: 200, body: people.filter((email) => email === asked).map((email) => ({ accountId: `account-${email}`, emailAddress: email })) };
  const [, login] = /\/issues\/\d+\/assignees\/([^/]+)$/.exec(path) ?? [];
  if (login) return people.some((email) => email.split("@")[0] === login) ? { status: 204, body: null } : { status: 404, body: { message: "Not Found", documentation_url: "https://docs.github.com/rest" } };
  if (/\/issues\/\d+\/assignees$/.test(path) && issue) {
    const read = githubAssignees.safeParse(body);
    if (!read.success) return { status: 422, body: { message: "Validation Failed", documentation_url: "https://docs.github.com/rest", errors: [{ resource: "Issue", code: "custom", message: z.prettifyError(read.error) }] } };
    const { assignees } = read.data;
    const others = issue.assignee.split(",").filter((one) => one !== "" && !assignees.includes(one));
    issue.assignee = (method === "DELETE" ? others : [...others, ...assignees]).join(",");
    return { status: method === "DELETE" ? 200 : 201, body: shown(issue) };
  }
  const [, user] = /\/table\/sys_user\?sysparm_query=email=([^^&]+)/.exec(path) ?? [];
  if (user) return { status: 200, body: { result: people.filter((email) => email === user).map((email) => ({ sys_id: `user-${email}` })) } };
  if (method !== "PUT" || !/\/assignee$/.test(path) || !issue) return null;
  const read = jiraAssignee.safeParse(body);
  if (!read.success) return { status: 400, body: { errorMessages: [z.prettifyError(read.error)], errors: {} } };
  issue.assignee = read.data.accountId?.replace(/^account-/, "") ?? "";
  return { status: 204, body: null };
}
