/**
 * What the vendors' documents say of the calls that our connectors make, in our own few words: the least that each call asks for and answers. Whole documents
 * are read where they are at hand, see vendor-documents.ts. Sources: docs.github.com/rest, developer.atlassian.com/cloud/jira/platform/rest/v3.
 */
export type Schema = { readonly [word: string]: unknown };

/** One call. `query`: what its address may ask; `body`: what is sent; `answers`: by status, null: nothing is said of it. */
export type Call = { readonly query?: Schema; readonly body?: Schema; readonly answers: Readonly<Record<string, Schema | null>> };
export type Excerpt = Readonly<Record<string, Call>>;

const text: Schema = { type: "string" };
const whole: Schema = { type: "integer" };
const many = (items: Schema, more: Schema = {}): Schema => ({ type: "array", items, ...more });
const holds = (properties: Schema, required: readonly string[] = Object.keys(properties)): Schema => ({ type: "object", properties, required });
/** Nothing but these. */
const exactly = (properties: Schema, required: readonly string[] = []): Schema => ({ ...holds(properties, required), additionalProperties: false });
const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });
const instant: Schema = { type: "string", format: "date-time" };

const person = holds({ login: text, id: whole, type: text, url: text });
const label: Schema = { oneOf: [text, holds({ name: orNull(text) })] };
const githubIssue = holds({
  id: whole, node_id: text, number: whole, url: text, html_url: text, repository_url: text, title: text, state: text, locked: { type: "boolean" }, comments: whole, user: person, assignee: orNull(person), labels: many(label),
  state_reason: { type: "string", nullable: true, enum: ["completed", "not_planned", "duplicate", "reopened"] }, created_at: instant, updated_at: instant, closed_at: orNull(instant),
});
const githubRefusal = holds({ message: text, documentation_url: text, errors: many(holds({ code: text })) }, ["message", "documentation_url"]);
const githubRemark = holds({ id: whole, node_id: text, url: text, html_url: text, issue_url: text, user: person, created_at: instant, updated_at: instant });
const pointing = holds({ message: text, url: text });
const page: Schema = { per_page: { type: "integer", minimum: 1, maximum: 100 }, page: { type: "integer", minimum: 1 } };
const assignees = holds({ assignees: many(text) });

export const GITHUB: Excerpt = {
  "GET /repos/{owner}/{repo}": { answers: { 200: holds({ full_name: text, has_issues: { type: "boolean" } }), 301: pointing } },
  "GET /repos/{owner}/{repo}/issues": {
    query: exactly({ ...page, state: { enum: ["open", "closed", "all"] }, labels: text, sort: { enum: ["created", "updated", "comments"] }, direction: { enum: ["asc", "desc"] }, since: instant }), answers: { 200: many(githubIssue), 301: pointing },
  },
  "POST /repos/{owner}/{repo}/issues": { body: holds({ title: { type: ["string", "integer"] }, body: text, labels: many(label), assignees: many(text) }, ["title"]), answers: { 201: githubIssue, 422: githubRefusal } },
  "GET /repos/{owner}/{repo}/issues/{number}": { answers: { 200: githubIssue, 301: pointing, 404: holds({ message: text }) } },
  "PATCH /repos/{owner}/{repo}/issues/{number}": {
    body: holds({ title: { type: ["string", "integer"] }, body: orNull(text), state: { enum: ["open", "closed"] }, labels: many(label) }, []), answers: { 200: githubIssue, 301: pointing, 422: githubRefusal },
  },
  "GET /repos/{owner}/{repo}/issues/{number}/comments": { query: exactly({ ...page, since: instant }), answers: { 200: many(githubRemark), 404: holds({ message: text }) } },
  "POST /repos/{owner}/{repo}/issues/{number}/comments": { body: holds({ body: text }), answers: { 201: githubRemark, 422: githubRefusal } },
  "GET /repos/{owner}/{repo}/issues/{number}/assignees/{assignee}": { answers: { 204: null, 404: holds({ message: text }) } },
  "POST /repos/{owner}/{repo}/issues/{number}/assignees": { body: assignees, answers: { 201: githubIssue, 422: githubRefusal } },
  "DELETE /repos/{owner}/{repo}/issues/{number}/assignees": { body: assignees, answers: { 200: githubIssue, 422: githubRefusal } },
  "GET /search/issues": {
    query: exactly({ ...page, q: text, sort: { enum: ["created", "updated", "comments"] }, order: { enum: ["asc", "desc"] } }, ["q"]),
    answers: { 200: holds({ total_count: whole, incomplete_results: { type: "boolean" }, search_type: { enum: ["lexical", "semantic", "hybrid"] }, items: many(githubIssue) }), 422: githubRefusal },
  },
};

const jiraRefusal = exactly({ errorMessages: many(text), errors: { type: "object", additionalProperties: text }, status: whole });
const jiraIssue = exactly({ id: text, key: text, self: { type: "string", format: "uri" }, fields: { type: "object" }, expand: text }, ["id", "key", "self", "fields"]);
const step = exactly({ add: {}, set: {}, remove: {}, edit: {} });
const jiraWrite = holds({ fields: { type: "object" }, update: { type: "object", additionalProperties: many(step) } }, []);
const fields = many(text);
const account: Schema = { type: "string", maxLength: 128, nullable: true };

export const JIRA: Excerpt = {
  "GET /rest/api/3/myself": { answers: { 200: holds({ timeZone: text, displayName: text }) } },
  "GET /rest/api/3/project/{project}": { answers: { 200: holds({ id: text, key: text, name: text }), 404: jiraRefusal } },
  "GET /rest/api/3/mypermissions": { query: exactly({ projectKey: text, permissions: text }, ["permissions"]), answers: { 200: holds({ permissions: { type: "object", additionalProperties: holds({ havePermission: { type: "boolean" } }) } }) } },
  "GET /rest/api/3/issue/createmeta/{project}/issuetypes": { query: exactly({ startAt: whole, maxResults: whole }), answers: { 200: holds({ issueTypes: many(holds({ id: text, name: text })) }) } },
  "GET /rest/api/3/issue/createmeta/{project}/issuetypes/{type}": { query: exactly({ startAt: whole, maxResults: whole }), answers: { 200: holds({ fields: many(holds({ fieldId: text, required: { type: "boolean" } })) }) } },
  "POST /rest/api/3/issue": { body: { ...jiraWrite, required: ["fields"] }, answers: { 201: holds({ id: text, key: text, self: text }), 400: jiraRefusal } },
  "GET /rest/api/3/issue/{issue}": { query: exactly({ fields: text }), answers: { 200: jiraIssue, 404: jiraRefusal } },
  "PUT /rest/api/3/issue/{issue}": { body: jiraWrite, answers: { 204: null, 400: jiraRefusal } },
  "GET /rest/api/3/issue/{issue}/comment": {
    query: exactly({ startAt: whole, maxResults: whole, orderBy: { enum: ["created", "-created", "+created"] }, expand: text }), answers: { 200: holds({ startAt: whole, maxResults: whole, total: whole, comments: many(holds({ id: text, self: text, body: {}, created: instant })) }), 404: jiraRefusal },
  },
  "POST /rest/api/3/issue/{issue}/comment": { body: { ...holds({ body: {}, visibility: { type: "object" } }, []) }, answers: { 201: holds({ id: text }), 400: jiraRefusal } },
  "PUT /rest/api/3/issue/{issue}/assignee": { body: holds({ accountId: account }), answers: { 204: null, 400: jiraRefusal } },
  "GET /rest/api/3/user/assignable/search": { query: exactly({ query: text, issueKey: text, maxResults: whole }), answers: { 200: many(holds({ accountId: text })) } },
  "POST /rest/api/3/search/jql": {
    body: exactly({ jql: text, maxResults: { type: "integer", minimum: 1, maximum: 5_000 }, nextPageToken: text, fields }), answers: { 200: exactly({ issues: many(jiraIssue), nextPageToken: text, isLast: { type: "boolean" } }, ["issues", "isLast"]), 400: jiraRefusal },
  },
  "POST /rest/api/3/issue/bulkfetch": { body: exactly({ issueIdsOrKeys: many(text, { minItems: 1, maxItems: 100 }), fields }, ["issueIdsOrKeys"]), answers: { 200: exactly({ issues: many(jiraIssue), issueErrors: many({ type: "object" }) }), 400: jiraRefusal } },
};
