import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { listedByGithub, shownByGithub } from "./tracker-github";
import { aboutPeople } from "./tracker-people";
import { commentsInJira, commentsOnGithub, notesInServicenow } from "./tracker-remarks";
import { isFound, keyInJira, refusedSearch, SHAPES, type Issue, type Reply, type Vendor } from "./tracker-shapes";

export type { Issue, Vendor } from "./tracker-shapes";

/** What goes wrong with a request, before or after the tracker has done what it asks. `twice`: it is done twice, and then no answer comes. */
export type TrackerTrouble = "silence_after" | "silence_before" | "error_after" | "error_before" | "reset_after" | "reset_before" | "twice" | "limited" | "error_inside" | "html" | "refused";

export type TrackerWish = {
  vendor: Vendor;
  /** The credentials that it takes, as the header carries them. */
  authorization?: string;
  /** For how many milliseconds a new issue is not found by its search. */
  searchLag?: number;
  /** What befalls a request; null: nothing. Asked once for each. */
  trouble?: (asked: { write: boolean; creates: boolean; count: number }) => TrackerTrouble | null;
  /** What ServiceNow calls its records. */
  numbers?: (number: number) => string;
  /** Whom it knows, by e-mail. Null: people may not be looked at. */
  people?: readonly string[] | null;
  /** To whom it gives a new issue by itself. */
  defaultAssignee?: string;
  /** ServiceNow: may its journal be read? Left out: it may. */
  readsJournal?: boolean;
  /** GitHub: the repository has another name now. Every address below the old one points to the new. */
  isRenamed?: boolean;
  now?: () => number;
};

const RETRY_AFTER = 7;

/** A tracker that speaks a vendor's shapes over HTTP, refuses what the vendor refuses, and fails as it is told to. Close it. */
export class StubTracker {
  readonly issues: Issue[] = [];
  /** What it was asked, and what it answered by itself: null where it did not. */
  readonly requests: { method: string; url: string; path: string; body: unknown; answer: Reply | null }[] = [];
  wish: TrackerWish;
  private readonly server: Server;
  private count = 0;

  private constructor(wish: TrackerWish) {
    this.wish = wish;
    this.server = createServer((request, response) => void this.answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error))));
  }

  static async start(wish: TrackerWish, port = 0): Promise<StubTracker> {
    const tracker = new StubTracker(wish);
    await new Promise<void>((resolve) => tracker.server.listen(port, "127.0.0.1", resolve));
    return tracker;
  }

  get address(): string {
    const at = this.server.address();
    return `http://127.0.0.1:${typeof at === "object" ? at?.port : ""}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get now(): number {
    return (this.wish.now ?? Date.now)();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) if (piece instanceof Buffer) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    const [method, path] = [request.method ?? "GET", decodeURIComponent(request.url ?? "/").replaceAll("+", " ")];
    const body: unknown = text === "" ? null : JSON.parse(text);
    const asked: (typeof this.requests)[number] = { method, url: request.url ?? "/", path, body, answer: null };
    this.requests.push(asked);
    const creates = method === "POST" && /\/issue$|\/issues$|\/table\/\w+(\?|$)/.test(path);
    const write = creates || method === "PUT" || method === "PATCH" || (method === "POST" && /comment/.test(path));
    const trouble = this.wish.trouble?.({ write, creates, count: this.count++ }) ?? null;
    if (trouble === "reset_before") return void request.socket.destroy();
    if (trouble === "silence_before") return;
    const instead = early(trouble, this.wish.vendor);
    const reply = instead ?? this.reply(request, method, path, body);
    asked.answer = instead ? null : reply;
    if (trouble === "twice" && creates) this.reply(request, method, path, body);
    if (trouble === "reset_after") return void request.socket.destroy();
    if (trouble === "silence_after" || trouble === "twice") return;
    if (trouble === "error_after") return void response.writeHead(502, { "Content-Type": "text/html" }).end("<html>Bad Gateway</html>");
    const headers = { "Content-Type": "application/json", ...(reply.status === 429 ? { "Retry-After": String(RETRY_AFTER) } : {}), ...(reply.location ? { Location: reply.location } : {}) };
    response.writeHead(reply.status, headers).end(typeof reply.body === "string" ? reply.body : reply.body === null ? "" : JSON.stringify(reply.body));
  }

  private reply(request: IncomingMessage, method: string, path: string, body: unknown): Reply {
    const { vendor, authorization } = this.wish;
    const shape = SHAPES[vendor];
    if (authorization !== undefined && request.headers.authorization !== authorization) return { status: 401, body: shape.refusal("Not signed in.") };
    if (this.wish.isRenamed && path.startsWith("/repos/acme/app")) return pointing(`${this.address}${path.replace("/repos/acme/app", "/repositories/4")}`);
    const about = META[vendor].find(([pattern]) => pattern.test(path));
    if (method === "GET" && about) return about[1];
    const elsewhere = this.issues.find(({ wentTo }) => wentTo === path);
    if (elsewhere) return { status: 200, body: { ...shownByGithub(elsewhere, this.address), id: 990_000 + elsewhere.number, number: 3, html_url: `${this.address}/acme/other/issues/3` } };
    if (vendor === "jira_cloud" && path.endsWith("/issue/bulkfetch")) return this.several(body);
    const key = this.numberIn(path);
    const people = aboutPeople(this.wish.people === undefined ? [] : this.wish.people, { method, path, body }, this.issues.find(({ number }) => number === key), (issue) => shape.shown(issue, this.address));
    if (people) return people;
    if (method === "GET" && /^\/repos\/.*\/issues\?/.test(path)) return { status: 200, body: listedByGithub(this.issues, path, this.address) };
    const notes = notesInServicenow(this.issues, path, this.wish.readsJournal ?? true);
    if (notes) return notes;
    const refused = refusedSearch(vendor, method, path, body);
    if (refused !== null) return { status: shape.refuses, body: shape.refusal(refused) };
    if (/\/search|\?.*sysparm_query/.test(path)) return this.search(path + JSON.stringify(body ?? "").replaceAll('\\"', '"'));
    if (key === undefined && method === "GET") return this.search(path);
    return key === undefined ? this.create(body) : this.one(key, method, path, body);
  }

  /** The issue that an address names: in Jira by its id, by its key, and by the key that it had before it was moved. */
  private numberIn(path: string): number | undefined {
    const [, word = ""] = /(?:issue|issues|table\/\w+)\/([\w-]+)/.exec(path) ?? [];
    const [, digits] = /^(?:SEC-|INC|sys)?(\d+)$/.exec(word) ?? [];
    const number = digits === undefined ? this.issues.find((issue) => issue.key === word)?.number : Number(digits);
    return this.wish.vendor === "jira_cloud" && number !== undefined && /^\d/.test(word) ? number - 10_000 : number;
  }

  /** Jira: up to a hundred by id or key; what it does not find it leaves out. */
  private several(body: unknown): Reply {
    const read = z.strictObject({ issueIdsOrKeys: z.array(z.string()).min(1).max(100), fields: z.array(z.string()) }).safeParse(body);
    if (!read.success) return { status: 400, body: SHAPES.jira_cloud.refusal(z.prettifyError(read.error)) };
    const asked = new Set(read.data.issueIdsOrKeys);
    const found = this.issues.filter((issue) => asked.has(String(10_000 + issue.number)) || asked.has(keyInJira(issue)));
    return { status: 200, body: { issues: found.map((issue) => SHAPES.jira_cloud.shown(issue, this.address)), issueErrors: [] } };
  }

  private create(body: unknown): Reply {
    const shape = SHAPES[this.wish.vendor];
    const made = shape.made(body);
    if (typeof made === "string") return { status: shape.refuses, body: shape.refusal(made) };
    const issue: Issue = { ...made, number: this.issues.length + 1, status: "open", remarks: [], assignee: this.wish.defaultAssignee ?? "", madeAt: this.now, updatedAt: this.now };
    this.issues.push(issue);
    return { status: 201, body: this.wish.vendor === "jira_cloud" ? SHAPES.jira_cloud.created(issue, this.address) : this.wrapped(issue) };
  }

  private wrapped(issue: Issue): unknown {
    const shown = SHAPES[this.wish.vendor].shown(issue, this.address);
    const named = this.wish.numbers?.(issue.number);
    return this.wish.vendor === "servicenow" ? { result: named === undefined ? shown : { ...shown, number: { value: named, display_value: named } } } : shown;
  }

  private one(number: number, method: string, path: string, body: unknown): Reply {
    const shape = SHAPES[this.wish.vendor];
    const issue = this.issues.find((each) => each.number === number);
    if (!issue) return { status: 404, body: shape.refusal("Issue does not exist or you do not have permission to see it.") };
    if (issue.wentTo) return pointing(`${this.address}${issue.wentTo}`);
    if (/comment/.test(path) && method === "GET") return (this.wish.vendor === "github" ? commentsOnGithub : commentsInJira)(issue, path, this.address);
    if (/comment/.test(path)) {
      const said = shape.remark(body);
      if (!said.success) return { status: shape.refuses, body: shape.refusal("The comment is of another form.") };
      issue.remarks.push(said.data);
      this.dateRemarks(issue);
      return { status: 201, body: shape.remarked(issue, this.address) };
    }
    if (method === "GET") return { status: 200, body: this.wrapped(issue) };
    const refused = shape.changed(body, issue);
    if (refused !== null) return { status: shape.refuses, body: shape.refusal(refused) };
    this.dateRemarks(issue);
    issue.updatedAt = Math.max(this.now, issue.updatedAt + 1_000); // no clock over there goes back
    return this.wish.vendor === "jira_cloud" ? { status: 204, body: null } : { status: 200, body: this.wrapped(issue) };
  }

  private dateRemarks(issue: Issue): void {
    issue.saidAt = issue.remarks.map((_, index) => issue.saidAt?.[index] ?? this.now);
  }

  private search(text: string): Reply {
    const lag = this.wish.searchLag ?? 0;
    const found = this.issues.filter((issue) => issue.madeAt + lag <= this.now && isFound(this.wish.vendor, issue, text)).map((issue) => SHAPES[this.wish.vendor].shown(issue, this.address));
    const items = found.map((each) => ({ ...each, score: 1 }));
    return { status: 200, body: { jira_cloud: { issues: found, isLast: true }, github: { total_count: found.length, incomplete_results: false, search_type: "lexical", items }, servicenow: { result: found } }[this.wish.vendor] };
  }
}

function early(trouble: TrackerTrouble | null, vendor: Vendor): Reply | null {
  const { refusal } = SHAPES[vendor];
  if (trouble === "error_before") return { status: 503, body: refusal("Down for maintenance.") };
  if (trouble === "limited") return { status: 429, body: refusal("Too many requests.") };
  if (trouble === "error_inside") return { status: 200, body: refusal("It failed, whatever the status says.") };
  if (trouble === "html") return { status: 200, body: "<!doctype html><title>Sign in</title>" };
  return trouble === "refused" ? { status: 403, body: refusal("You may not.") } : null;
}

/** It stands at another address now. */
const pointing = (location: string): Reply => ({ status: 301, location, body: { message: "Moved Permanently", url: location } });

const granted = Object.fromEntries(["BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ADD_COMMENTS"].map((name) => [name, { havePermission: true }]));
const field = (fieldId: string, required: boolean) => ({ fieldId, name: fieldId, required, hasDefaultValue: false });
/** What each says of itself when it is tested. */
const META: Readonly<Record<Vendor, readonly (readonly [RegExp, Reply])[]>> = {
  jira_cloud: [
    [/\/project\/(?!SEC$)/, { status: 404, body: { errorMessages: ["No project could be found."], errors: {} } }],
    [/\/project\/SEC$/, { status: 200, body: { id: "10000", key: "SEC", name: "Security" } }],
    [/\/myself$/, { status: 200, body: { displayName: "Docket", timeZone: "Europe/Berlin" } }],
    [/\/mypermissions/, { status: 200, body: { permissions: granted } }],
    [/\/issuetypes\/10001/, { status: 200, body: { fields: [field("summary", true), field("labels", false), field("priority", false), field("customfield_10010", true)] } }],
    [/\/issuetypes\?/, { status: 200, body: { issueTypes: [{ id: "10001", name: "Task" }] } }],
  ],
  github: [[/^\/repos\/acme\/app$/, { status: 200, body: { full_name: "acme/app", has_issues: true, archived: false, permissions: { push: true } } }]],
  servicenow: [[/sys_dictionary/, { status: 200, body: { result: [{ element: "short_description" }, { element: "u_service" }] } }]],
};
