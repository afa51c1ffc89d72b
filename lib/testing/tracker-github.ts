import type { Issue } from "./tracker-shapes";

/** Somebody, as GitHub shows people. */
function somebody(login: string, base: string) {
  const at = `${base}/users/${login}`;
  return {
    login, id: 77, node_id: "U_77", gravatar_id: "", type: "User", site_admin: false, avatar_url: `${at}/avatar`, url: at, html_url: `${base}/${login}`, followers_url: `${at}/followers`, following_url: `${at}/following`,
    gists_url: `${at}/gists`, starred_url: `${at}/starred`, subscriptions_url: `${at}/subscriptions`, organizations_url: `${at}/orgs`, repos_url: `${at}/repos`, events_url: `${at}/events`, received_events_url: `${at}/received_events`,
  };
}

/** An issue as GitHub shows it, with all that its interface says is always there. */
export function shownByGithub(issue: Issue, base: string) {
  const at = `${base}/repos/acme/app/issues/${issue.number}`;
  const assignees = issue.assignee || issue.status === "started" ? (issue.assignee || "ann").split(",").map((login) => somebody(login, base)) : [];
  const isClosed = issue.status === "done";
  return {
    id: 900_000 + issue.number, node_id: `I_${issue.number}`, number: issue.number, url: at, repository_url: `${base}/repos/acme/app`, labels_url: `${at}/labels`, comments_url: `${at}/comments`, events_url: `${at}/events`,
    html_url: `${base}/acme/app/issues/${issue.number}`, title: issue.title, body: issue.text, state: isClosed ? "closed" : "open", state_reason: isClosed ? (issue.standsFor ? "duplicate" : "completed") : null,
    labels: issue.labels.map((name) => ({ name })), user: somebody("docket", base), assignee: assignees[0] ?? null, assignees, milestone: null, locked: false, comments: issue.remarks.length, author_association: "MEMBER",
    created_at: new Date(issue.madeAt).toISOString(), updated_at: new Date(issue.updatedAt).toISOString(), closed_at: isClosed ? new Date(issue.updatedAt).toISOString() : null,
  };
}

/** A remark as GitHub shows it; `number`: the first is 1. */
export function remarkOnGithub(issue: Issue, base: string, number = issue.remarks.length) {
  const at = new Date(issue.saidAt?.[number - 1] ?? issue.updatedAt).toISOString();
  return {
    id: number, node_id: `IC_${number}`, url: `${base}/repos/acme/app/issues/comments/${number}`, html_url: `${base}/acme/app/issues/${issue.number}#issuecomment-${number}`, issue_url: `${base}/repos/acme/app/issues/${issue.number}`,
    body: issue.remarks[number - 1] ?? "", user: somebody("docket", base), author_association: "MEMBER", created_at: at, updated_at: at,
  };
}

/** A page of a list, as its address asks for it. */
export function listedByGithub(issues: readonly Issue[], path: string, base: string) {
  const asked = new URL(path.replaceAll(" ", "+"), base).searchParams;
  const since = Date.parse(asked.get("since") ?? "1970-01-01T00:00:00Z");
  const size = Number(asked.get("per_page") ?? 30);
  const from = (Number(asked.get("page") ?? 1) - 1) * size;
  const listed = issues.filter(({ labels, updatedAt, wentTo }) => labels.includes(asked.get("labels") ?? "") && Math.floor(updatedAt / 1_000) * 1_000 >= since && !wentTo);
  const by = asked.get("sort") === "updated" ? (issue: Issue) => issue.updatedAt : (issue: Issue) => issue.number;
  return listed.toSorted((one, other) => by(one) - by(other)).slice(from, from + size).map((issue) => shownByGithub(issue, base));
}
