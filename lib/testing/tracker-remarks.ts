import { z } from "zod";
import { remarkOnGithub } from "./tracker-github";
import type { Issue, Reply } from "./tracker-shapes";

const page = z.coerce.number().int().min(1);

/** The comments of an issue, as GitHub lists them: oldest first, from an instant on. */
export function commentsOnGithub(issue: Issue, path: string, base: string): Reply {
  const asked = new URL(path, base).searchParams;
  const read = z.strictObject({ since: z.iso.datetime().optional(), per_page: page.max(100).default(30), page: page.default(1) }).safeParse(Object.fromEntries(asked));
  if (!read.success) return { status: 422, body: { message: "Validation Failed", documentation_url: "https://docs.github.com/rest", errors: [{ resource: "IssueComment", code: "custom", message: z.prettifyError(read.error) }] } };
  const since = Date.parse(read.data.since ?? "1970-01-01T00:00:00Z");
  const from = (read.data.page - 1) * read.data.per_page;
  const all = issue.remarks.map((_, index) => remarkOnGithub(issue, base, index + 1)).filter(({ updated_at: at }) => Date.parse(at) >= since);
  return { status: 200, body: all.slice(from, from + read.data.per_page) };
}

/** The comments of an issue, as Jira Cloud lists them: newest first where it is asked to. */
export function commentsInJira(issue: Issue, path: string, base: string): Reply {
  const asked = new URL(path, base).searchParams;
  const read = z.strictObject({ orderBy: z.enum(["created", "-created", "+created"]).default("created"), maxResults: page.default(50), startAt: z.coerce.number().int().min(0).default(0) }).safeParse(Object.fromEntries(asked));
  if (!read.success) return { status: 400, body: { errorMessages: [z.prettifyError(read.error)], errors: {} } };
  const { orderBy, maxResults, startAt } = read.data;
  const all = issue.remarks.map((remark, index) => {
    const at = new Date(issue.saidAt?.[index] ?? issue.updatedAt).toISOString().replace("Z", "+0000");
    return { id: String(index + 1), self: `${base}/rest/api/3/issue/${10_000 + issue.number}/comment/${index + 1}`, body: JSON.parse(remark), created: at, updated: at };
  });
  const ordered = orderBy === "-created" ? all.toReversed() : all;
  return { status: 200, body: { startAt, maxResults, total: all.length, comments: ordered.slice(startAt, startAt + maxResults) } };
}

/** The work notes of a record, as ServiceNow keeps them: each a row of a table of its own, dated to the second. Null: it was asked for something else. */
export function notesInServicenow(issues: readonly Issue[], path: string, mayRead: boolean): Reply | null {
  const [, id, most] = /\/table\/sys_journal_field\?sysparm_query=element_id=sys(\d+)\^element=work_notes\^ORDERBYDESCsys_created_on&.*sysparm_limit=(\d+)/.exec(path) ?? [];
  if (id === undefined) return null;
  if (!mayRead) return { status: 403, body: { error: { message: "Operation against file 'sys_journal_field' was aborted", detail: "User Not Authorized" }, status: "failure" } };
  const issue = issues.find(({ number }) => number === Number(id));
  const notes = (issue?.remarks ?? []).map((value, index) => ({ value, sys_created_on: new Date(issue?.saidAt?.[index] ?? 0).toISOString().slice(0, 19).replace("T", " ") }));
  return { status: 200, body: { result: notes.toSorted((one, other) => other.sys_created_on.localeCompare(one.sys_created_on)).slice(0, Number(most)) } };
}
