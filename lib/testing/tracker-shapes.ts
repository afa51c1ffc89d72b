import { z } from "zod";
import { remarkOnGithub, shownByGithub } from "./tracker-github";

/** An issue of the stub, whatever vendor it plays. */
export type Issue = {
  number: number; title: string; text: string; labels: string[]; correlation: string; status: "open" | "started" | "done"; remarks: string[]; madeAt: number; updatedAt: number; severity: string;
  /** By e-mail; empty: nobody. GitHub has user names, and may have several, parted by commas. */
  assignee: string;
  /** Jira: the key that it has since it was moved to another project. */
  key?: string;
  /** The key of the issue of which it is a duplicate; "?": it is one, and nobody says of which. */
  standsFor?: string;
  /** When each of its remarks was made. */
  saidAt?: number[];
  /** GitHub: the path at which it is, in another repository, since it was transferred. */
  wentTo?: string;
};
export type Vendor = "jira_cloud" | "github" | "servicenow";
export type Reply = { status: number; body: unknown; location?: string };

/** What each vendor's interface refuses: fields that are required, and their types, as its document says. */
const doc = z.object({ type: z.literal("doc"), version: z.literal(1), content: z.array(z.looseObject({ type: z.string() })) })
  .refine((given) => JSON.stringify(given).length <= 32_767, "The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
const jiraFields = z.looseObject({
  project: z.union([z.strictObject({ key: z.string() }), z.strictObject({ id: z.string() })]), issuetype: z.union([z.strictObject({ name: z.string() }), z.strictObject({ id: z.string() })]),
  summary: z.string().min(1).max(254), description: doc.optional(), labels: z.array(z.string().regex(/^\S+$/)).optional(), priority: z.strictObject({ name: z.string() }).optional(),
});
const jiraChange = z.strictObject({ fields: jiraFields.partial().optional(), update: z.strictObject({ labels: z.array(z.union([z.strictObject({ add: z.string() }), z.strictObject({ remove: z.string() })])) }).optional() });
const githubIssue = z.strictObject({ title: z.string().min(1).max(256), body: z.string().max(65_536).optional(), labels: z.array(z.string().max(50)).optional() });
const snowRecord = z.looseObject({ short_description: z.string().max(160).optional(), description: z.string().max(4_000_000).transform((text) => text.slice(0, 4_000)).optional(), correlation_id: z.string().max(100).optional(), work_notes: z.string().optional(), impact: z.enum(["1", "2", "3"]).optional(), urgency: z.enum(["1", "2", "3"]).optional(), assigned_to: z.string().optional() });

const JIRA_STATUS = { open: ["To Do", "new"], started: ["In Progress", "indeterminate"], done: ["Done", "done"] } as const;
export const keyInJira = ({ key, number }: Issue): string => key ?? `SEC-${number}`;
const SNOW_STATE = { open: ["1", "New"], started: ["2", "In Progress"], done: ["6", "Resolved"] } as const;
const textIn = (content: unknown): string => JSON.stringify(content);
const documentIn = (text: string): unknown => (text.startsWith("{") ? JSON.parse(text) : null);

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
      if (read.data.fields?.description) issue.text = textIn(read.data.fields.description);
      for (const step of read.data.update?.labels ?? []) issue.labels = "add" in step ? [...new Set([...issue.labels, step.add])] : issue.labels.filter((label) => label !== step.remove);
      return null;
    },
    remark: (body: unknown) => z.strictObject({ body: doc }).transform(({ body: said }) => textIn(said)).safeParse(body),
    remarked: (issue: Issue): unknown => ({ id: String(issue.remarks.length) }),
    shown: (issue: Issue, base: string) => ({
      id: String(10_000 + issue.number), key: keyInJira(issue), self: `${base}/rest/api/3/issue/${10_000 + issue.number}`,
      fields: {
        summary: issue.title, description: documentIn(issue.text), labels: issue.labels, updated: new Date(issue.updatedAt).toISOString(), assignee: issue.assignee ? { accountId: `account-${issue.assignee}`, emailAddress: issue.assignee, displayName: issue.assignee } : null,
        status: { name: JIRA_STATUS[issue.status][0], statusCategory: { key: JIRA_STATUS[issue.status][1] } },
        resolution: issue.status === "done" ? { name: issue.standsFor ? "Duplicate" : "Done" } : null,
        issuelinks: issue.standsFor && issue.standsFor !== "?" ? [{ id: "1", type: { id: "10002", name: "Duplicate", inward: "is duplicated by", outward: "duplicates" }, outwardIssue: { id: "1", key: issue.standsFor } }] : [],
      },
    }),
    created: (issue: Issue, base: string) => ({ id: String(10_000 + issue.number), key: keyInJira(issue), self: `${base}/rest/api/3/issue/${10_000 + issue.number}` }),
    refuses: 400,
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
    remarked: (issue: Issue, base: string): unknown => remarkOnGithub(issue, base),
    shown: shownByGithub,
    refuses: 422,
    refusal: (said: string) => ({ message: "Validation Failed", documentation_url: "https://docs.github.com/rest", errors: [{ resource: "Issue", code: "custom", message: said }] }),
  },
  servicenow: {
    made: (body: unknown): Written | string => {
      const read = snowRecord.extend({ short_description: z.string().min(1).max(160) }).safeParse(body);
      return read.success ? { title: read.data.short_description, text: read.data.description ?? "", labels: [], correlation: read.data.correlation_id ?? "", severity: "" } : z.prettifyError(read.error);
    },
    changed: (body: unknown, issue: Issue): string | null => {
      const read = snowRecord.safeParse(body);
      if (!read.success) return z.prettifyError(read.error);
      Object.assign(issue, { title: read.data.short_description ?? issue.title, text: read.data.description ?? issue.text });
      issue.assignee = read.data.assigned_to?.replace(/^user-/, "") ?? issue.assignee;
      if (read.data.work_notes) issue.remarks.push(read.data.work_notes);
      return null;
    },
    remark: () => z.string().safeParse(null),
    remarked: (): unknown => null,
    shown: (issue: Issue) => ({
      sys_id: { value: `sys${issue.number}`, display_value: `sys${issue.number}` }, number: { value: `INC${issue.number}`, display_value: `INC${issue.number}` },
      short_description: { value: issue.title, display_value: issue.title }, description: { value: issue.text, display_value: issue.text }, state: { value: SNOW_STATE[issue.status][0], display_value: SNOW_STATE[issue.status][1] },
      active: { value: String(issue.status !== "done"), display_value: "" }, assigned_to: { value: issue.assignee && `user-${issue.assignee}`, display_value: issue.assignee },
      sys_updated_on: { value: new Date(issue.updatedAt).toISOString().slice(0, 19).replace("T", " "), display_value: "" },
    }),
    refuses: 400,
    refusal: (said: string) => ({ error: { message: "Invalid request", detail: said }, status: "failure" }),
  },
} as const;

const jiraSearch = z.strictObject({ jql: z.string(), maxResults: z.number().int().min(1).max(5_000).optional(), nextPageToken: z.string().optional(), fields: z.array(z.string()) });

/** Why a search is refused; null: it is not, or is none. */
export function refusedSearch(vendor: Vendor, method: string, path: string, body: unknown): string | null {
  if (vendor === "github") return path.startsWith("/search/issues") && !/[?&]q=./.test(path) ? "The search asks for nothing." : null;
  if (vendor !== "jira_cloud" || method !== "POST" || !path.endsWith("/search/jql")) return null;
  const read = jiraSearch.safeParse(body);
  return read.success ? null : z.prettifyError(read.error);
}

/** Does the issue carry what a search asks for? `text` is the query as it was sent. */
export function isFound(vendor: Vendor, issue: Issue, text: string): boolean {
  if (vendor === "jira_cloud") return [...text.matchAll(/labels = "([^"]+)"/g)].every(([, label]) => label !== undefined && issue.labels.includes(label));
  if (vendor === "github") return issue.text.includes(/"([^"]+)"/.exec(text)?.[1] ?? "\0");
  if (/sysparm_query=(?:&|$)/.test(text)) return true;
  const [, exact] = /correlation_id=([^^]+)/.exec(text) ?? [];
  const [, start] = /correlation_idSTARTSWITH([^^&]*)/.exec(text) ?? [];
  const [, field, number] = /(sys_id|number)=([^^&]+)/.exec(text) ?? [];
  if (number !== undefined) return `${field === "sys_id" ? "sys" : "INC"}${issue.number}` === number;
  const among = [...text.matchAll(/(?:sys_id|number)IN([^^&]+)/g)].flatMap(([, list = ""]) => list.split(","));
  if (among.length > 0) return among.includes(`sys${issue.number}`) || among.includes(`INC${issue.number}`);
  return exact === undefined ? start !== undefined && issue.correlation.startsWith(start) : issue.correlation === exact;
}
