import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

/**
 * What trackers post, in the shapes that their vendors document, with far more fields than are read: our own payloads, and beside them the
 * real ones of the data folder where that is present. Source: docs.github.com/webhooks (events `issues` and `issue_comment`);
 * developer.atlassian.com, "Webhooks" (event `jira:issue_updated`).
 */
const DATA = resolve(import.meta.dirname, "../../../shared/data");
const real = <Shape>(file: string, shape: z.ZodType<Shape>): Shape[] => {
  const path = resolve(DATA, file);
  return existsSync(path) ? [shape.parse(JSON.parse(readFileSync(path, "utf8")))] : [];
};

const githubBody = z.looseObject({ action: z.string(), issue: z.looseObject({ number: z.number(), id: z.number(), state: z.string().optional() }) });
export type GithubPost = z.infer<typeof githubBody>;
const githubEvents = z.array(z.object({ name: z.string(), examples: z.array(githubBody) }));

const sender = { login: "grace", id: 77, node_id: "U_77", type: "User", site_admin: false, url: "https://api.github.com/users/grace" };
const repository = { id: 4, node_id: "R_4", name: "shop", full_name: "acme/shop", private: true, owner: { login: "acme", id: 1, type: "Organization" }, html_url: "https://github.com/acme/shop" };
const anIssue = {
  id: 900_001, node_id: "I_900001", number: 12, url: "https://api.github.com/repos/acme/shop/issues/12", html_url: "https://github.com/acme/shop/issues/12",
  title: "Session cookie without Secure", body: null, user: sender, labels: [{ id: 5, node_id: "L_5", name: "docket", color: "d73a4a", default: false, description: null }],
  state: "open", state_reason: null, locked: false, active_lock_reason: null, assignee: sender, assignees: [sender], milestone: null, comments: 0,
  created_at: "2026-05-01T10:00:00Z", updated_at: "2026-05-02T10:00:00Z", closed_at: null, author_association: "MEMBER",
};
const posts = (action: string, over: object = {}, beside: object = {}): GithubPost => ({ action, issue: { ...anIssue, ...over }, repository, sender, ...beside });
const remark = { id: 31, html_url: "https://github.com/acme/shop/issues/12#issuecomment-31", user: sender, body: "Closes tomorrow.", created_at: "2026-05-02T10:00:00Z", updated_at: "2026-05-02T10:00:00Z" };
const closed = { state: "closed", state_reason: "completed", closed_at: "2026-05-03T10:00:00Z", updated_at: "2026-05-03T10:00:00Z" };

const OUR_GITHUB: z.infer<typeof githubEvents> = [
  {
    name: "issues",
    examples: [
      posts("opened"), posts("closed", closed), posts("closed", { ...closed, state_reason: "not_planned" }), posts("reopened", { state_reason: "reopened" }),
      posts("edited", { title: "Another title" }, { changes: { title: { from: "Session cookie without Secure" } } }), posts("assigned", {}, { assignee: sender }),
      posts("labeled", {}, { label: anIssue.labels[0] }), posts("deleted"), posts("transferred", {}, { changes: { new_issue: { id: 2, number: 3 }, new_repository: repository } }),
      posts("closed", { ...closed, pull_request: { url: "https://api.github.com/repos/acme/shop/pulls/12" } }),
      { action: "pinned", issue: { id: anIssue.id, number: anIssue.number }, sender },
    ],
  },
  { name: "issue_comment", examples: [posts("created", {}, { comment: remark }), posts("edited", closed, { comment: remark }), posts("deleted", {}, { comment: remark })] },
];

/** What GitHub posts: by event, its payloads. */
export const postedByGithub = (): z.infer<typeof githubEvents> => [...OUR_GITHUB, ...real("github-webhooks/github-issues-webhook-examples.json", githubEvents).flat()];

const jiraBody = z.looseObject({ webhookEvent: z.string(), issue: z.looseObject({ key: z.string() }) });
export type JiraPost = z.infer<typeof jiraBody>;

const jiraUser = { self: "https://acme.atlassian.net/rest/api/2/user?accountId=5c1", accountId: "5c1", displayName: "Grace", active: true, timeZone: "Europe/Berlin", accountType: "atlassian" };
const OPEN = { id: "1", name: "To Do", statusCategory: { id: 2, key: "new", name: "To Do", colorName: "blue-gray" } };
const DONE = { id: "3", name: "Done", statusCategory: { id: 3, key: "done", name: "Done", colorName: "green" } };
const moved = (second: number, [before, after]: readonly [typeof OPEN, typeof OPEN]): JiraPost => ({
  timestamp: Date.UTC(2026, 4, 3, 10, 0, second), webhookEvent: "jira:issue_updated", issue_event_type_name: "issue_generic", user: jiraUser,
  issue: {
    id: "20077", self: "https://acme.atlassian.net/rest/api/2/issue/20077", key: "SHOP-7",
    fields: {
      summary: "Session cookie without Secure", issuetype: { id: "10001", name: "Bug", subtask: false }, project: { id: "10000", key: "SHOP", name: "Shop", projectTypeKey: "software" },
      status: after, priority: { id: "2", name: "High" }, labels: ["docket"], assignee: jiraUser, reporter: jiraUser, resolution: after === DONE ? { id: "10000", name: "Done" } : null,
      created: "2026-05-01T12:00:00.000+0200", updated: `2026-05-03T12:00:0${second}.000+0200`, customfield_10030: null, attachment: [],
    },
  },
  changelog: { id: String(10_600 + second), items: [{ field: "status", fieldtype: "jira", fieldId: "status", from: before.id, fromString: before.name, to: after.id, toString: after.name }] },
});

/** What Jira posts when an issue is done and when it is opened again: each pair is of one issue, in this order. */
export const postedByJira = (): { resolved: JiraPost; reopened: JiraPost }[] => [
  { resolved: moved(1, [OPEN, DONE]), reopened: moved(2, [DONE, OPEN]) },
  ...real("jira-webhooks/webhook-issue-updated-resolved.json", jiraBody).flatMap((resolved) =>
    real("jira-webhooks/webhook-issue-updated-reopened.json", jiraBody).map((reopened) => ({ resolved, reopened })),
  ),
];
