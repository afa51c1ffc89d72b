import { z } from "zod";

/** An issue of the stub, whatever vendor it plays. */
export type Issue = {
  number: number; title: string; text: string; labels: string[]; correlation: string; status: "open" | "started" | "done"; remarks: string[]; madeAt: number; updatedAt: number; severity: string;
  /** By e-mail; empty: nobody. GitHub has user names, and may have several, parted by commas. */
  assignee: string;
};
export type Vendor = "jira_cloud" | "github" | "servicenow";
export type Reply = { status: number; body: unknown };

/** What each vendor's interface refuses: fields that are required, and their types, as its document says. */
const doc = z.object({ type: z.literal("doc"), version: z.literal(1), content: z.array(z.looseObject({ type: z.string() })) })
  .refine((given) => JSON.stringify(given).length <= 32_767, "The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
const jiraFields = z.looseObject({
  project: z.union([z.strictObject({ key: z.string() }), z.strictObject({ id: z.string() })]), issuetype: z.union([z.strictObject({ name: z.string() }), z.strictObject({ id: z.string() })]),
  summary: z.string().min(1).max(254), description: doc.optional(), labels: z.array(z.string().regex(/^\S+$/)).optional(), priority: z.strictObject({ name: z.string() }).optional(),
});
const jiraChange = z.strictObject({ fields: jiraFields.partial().optional(), update: z.strictObject({ labels: z.array(z.union([z.strictObject({ add: z.string() }), z.strictObject({ remove: z.string() })])) }).optional() });
const githubIssue = z.strictObject({ title: z.string().min(1).max(256), body: z.string().max(65_536).optional(), labels: z.array(z.string().max(50)).optional() });
const snowRecord = z.looseObject({ short_description: z.string().max(160).optional(), description: z.string().max(4_000_000).optional(), correlation_id: z.string().max(100).optional(), work_notes: z.string().optional(), impact: z.enum(["1", "2", "3"]).optional(), urgency: z.enum(["1", "2", "3"]).optional(), assigned_to: z.string().optional() });

const JIRA_STATUS = { open: ["To Do", "new"], started: ["In Progress", "indeterminate"], done: ["Done", "done"] } as const;
const SNOW_STATE = { open: ["1", "New"], started: ["2", "In Progress"], done: ["6", "Resolved"] } as const;
const textIn = (content: unknown): string => JSON.stringify(content);

export type Written = Pick<Issue, "title" | "text" | "labels" | "correlation" | "severity">;

/** How each vendor reads a new issue, and how it shows one. A string is the refusal. */
export const SHAPES = {
  jira_cloud: {
    made: (body: unknown): Written | string => {
      const read = z.strictObject({ fields: jiraFields }).safeParse(body);
      if (!read.success) return z.prettifyError(read.error);
      const { summary, description, labels } = read.data.fields;
      return { title: summary, text: textIn(description), labels: labels ?? [], correlation: "", severity: "" };
    },
    changed: (body: unknown, issue: Issue): string | null => {
      const read = jiraChange.safeParse(body);
      if (!read.success) return z.prettifyError(read.error);
      issue.title = read.data.fields?.summary ?? issue.title;
      for (const step of read.data.update?.labels ?? []) issue.labels = "add" in step ? [...new Set([...issue.labels, step.add])] : issue.labels.filter((label) => label !== step.remove);
      return null;
    },
    remark: (body: unknown) => z.strictObject({ body: doc }).transform(({ body: said }) => textIn(said)).safeParse(body),
    shown: (issue: Issue, base: string) => ({
      id: String(10_000 + issue.number), key: `SEC-${issue.number}`, self: `${base}/rest/api/3/issue/${10_000 + issue.number}`,
      fields: {
        summary: issue.title, labels: issue.labels, updated: new Date(issue.updatedAt).toISOString(), assignee: issue.assignee ? { accountId: `account-${issue.assignee}`, emailAddress: issue.assignee, displayName: issue.assignee } : null,
        status: { name: JIRA_STATUS[issue.status][0], statusCategory: { key: JIRA_STATUS[issue.status][1] } },
      },
    }),
    refusal: (said: string) => ({ errorMessages: [said], errors: {} }),
  },
  github: {
    made: (body: unknown): Written | string => {
      const read = githubIssue.safeParse(body);
      return read.success ? { title: read.data.title, text: read.data.body ?? "", labels: read.data.labels ?? [], correlation: "", severity: "" } : z.prettifyError(read.error);
    },
    changed: (body: unknown, issue: Issue): string | null => {
      const read = githubIssue.partial().safeParse(body);
      if (!read.success) return z.prettifyError(read.error);
      Object.assign(issue, { title: read.data.title ?? issue.title, text: read.data.body ?? issue.text, labels: read.data.labels ?? issue.labels });
      return null;
    },
    remark: (body: unknown) => z.strictObject({ body: z.string().min(1).max(65_536) }).transform(({ body: said }) => said).safeParse(body),
    shown: (issue: Issue, base: string) => ({
      id: 900_000 + issue.number, number: issue.number, html_url: `${base}/acme/app/issues/${issue.number}`, title: issue.title, body: issue.text, state: issue.status === "done" ? "closed" : "open",
      state_reason: issue.status === "done" ? "completed" : null, labels: issue.labels.map((name) => ({ name })), assignee: issue.assignee || issue.status === "started" ? { login: issue.assignee.split(",")[0] || "ann" } : null, updated_at: new Date(issue.updatedAt).toISOString(),
    }),
    refusal: (said: string) => ({ message: "Validation Failed", errors: [{ resource: "Issue", code: "custom", message: said }] }),
  },
  servicenow: {
    made: (body: unknown): Written | string => {
      const read = snowRecord.extend({ short_description: z.string().min(1).max(160) }).safeParse(body);
      return read.success ? { title: read.data.short_description, text: read.data.description ?? "", labels: [], correlation: read.data.correlation_id ?? "", severity: "" } : z.prettifyError(read.error);
    },
    changed: (body: unknown, issue: Issue): string | null => {
      const read = snowRecord.safeParse(body);
      if (!read.success) return z.prettifyError(read.error);
      issue.title = read.data.short_description ?? issue.title;
      issue.assignee = read.data.assigned_to?.replace(/^user-/, "") ?? issue.assignee;
      if (read.data.work_notes) issue.remarks.push(read.data.work_notes);
      return null;
    },
    remark: () => z.string().safeParse(null),
    shown: (issue: Issue) => ({
      sys_id: { value: `sys${issue.number}`, display_value: `sys${issue.number}` }, number: { value: `INC${issue.number}`, display_value: `INC${issue.number}` },
      short_description: { value: issue.title, display_value: issue.title }, state: { value: SNOW_STATE[issue.status][0], display_value: SNOW_STATE[issue.status][1] },
      active: { value: String(issue.status !== "done"), display_value: "" }, assigned_to: { value: issue.assignee && `user-${issue.assignee}`, display_value: issue.assignee },
      sys_updated_on: { value: new Date(issue.updatedAt).toISOString().slice(0, 19).replace("T", " "), display_value: "" },
    }),
    refusal: (said: string) => ({ error: { message: "Invalid request", detail: said }, status: "failure" }),
  },
} as const;

const jiraAssignee = z.strictObject({ accountId: z.string().nullable() });

/** What each vendor says of people: who may be assigned, by e-mail, and assigning; null: it was asked for something else. */
export function aboutPeople(people: readonly string[] | null, method: string, path: string, body: unknown, issue: Issue | undefined): Reply | null {
  if (people === null) return /user\/assignable\/search|\/assignees\/|\/sys_user/.test(path) ? { status: 403, body: { errorMessages: ["You may not browse users."], errors: {} } } : null;
  const [, asked] = /user\/assignable\/search\?query=([^&]+)/.exec(path) ?? [];
  if (asked) return { status: 200, body: people.filter((email) => email === asked).map((email) => ({ accountId: `account-${email}`, emailAddress: email })) };
  const [, login] = /\/issues\/\d+\/assignees\/([^/]+)$/.exec(path) ?? [];
  if (login) return people.some((email) => email.split("@")[0] === login) ? { status: 204, body: null } : { status: 404, body: { message: "Not Found" } };
  if (/\/issues\/\d+\/assignees$/.test(path) && issue) {
    const { assignees } = z.strictObject({ assignees: z.array(z.string()).max(10) }).parse(body);
    const others = issue.assignee.split(",").filter((one) => one !== "" && !assignees.includes(one));
    issue.assignee = (method === "DELETE" ? others : [...others, ...assignees]).join(",");
    return { status: method === "DELETE" ? 200 : 201, body: { id: issue.number } };
  }
  const [, user] = /\/table\/sys_user\?sysparm_query=email=([^^&]+)/.exec(path) ?? [];
  if (user) return { status: 200, body: { result: people.filter((email) => email === user).map((email) => ({ sys_id: `user-${email}` })) } };
  if (method !== "PUT" || !/\/assignee$/.test(path) || !issue) return null;
  const read = jiraAssignee.safeParse(body);
  if (!read.success) return { status: 400, body: { errorMessages: [z.prettifyError(read.error)], errors: {} } };
  issue.assignee = read.data.accountId?.replace(/^account-/, "") ?? "";
  return { status: 204, body: null };
}

/** Does the issue carry what a search asks for? `text` is the query as it was sent. */
export function isFound(vendor: Vendor, issue: Issue, text: string): boolean {
  if (vendor === "jira_cloud") return [...text.matchAll(/labels = "([^"]+)"/g)].every(([, label]) => label !== undefined && issue.labels.includes(label));
  if (vendor === "github") return issue.text.includes(/"([^"]+)"/.exec(text)?.[1] ?? "\0");
  const [, exact] = /correlation_id=([^^]+)/.exec(text) ?? [];
  const [, start] = /correlation_idSTARTSWITH([^^]*)/.exec(text) ?? [];
  const [, number] = /number=([^^&]+)/.exec(text) ?? [];
  if (number !== undefined) return `INC${issue.number}` === number;
  return exact === undefined ? start !== undefined && issue.correlation.startsWith(start) : issue.correlation === exact;
}
