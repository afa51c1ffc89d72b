import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { postedByGithub } from "@/lib/testing/posted";
import type { Ask } from "./contract";
import { hookOf, openTracker } from "./registry";

test("what GitHub posts: each says which issue, how it stands and who did it; a remark is none", () => {
  for (const { name, examples: all } of postedByGithub()) {
    for (const body of all) {
      const events = hookOf("github")?.read(body, { "x-github-event": name }) ?? [];
      if ("pull_request" in body.issue) {
        expect(events).toEqual([]); // a pull request is no issue
        continue;
      }
      const kind = name === "issue_comment" ? "other" : body.action === "deleted" ? "deleted" : body.action === "transferred" ? "moved" : "changed";
      const there = body.issue.state === undefined ? null : { id: String(body.issue.id), isDone: body.issue.state === "closed", updatedAt: expect.any(Date) }; // too little: it is asked for
      expect(events).toMatchObject([{ key: String(body.issue.number), kind, by: expect.any(String), there }]);
    }
  }
});

test("who signs the time of sending cannot leave it out, and nobody can change it", () => {
  const hook = hookOf("servicenow");
  if (!hook) throw new Error("It has webhooks.");
  const body = Buffer.from('{"number":"INC1","sys_id":"a"}');
  const signed = (text: string) => `sha256=${createHmac("sha256", "k").update(text).digest("hex")}`;
  const headers = { "x-docket-timestamp": "1800000000", "x-docket-signature": signed(`1800000000.${body.toString()}`) };
  expect(hook.isSigned({ headers, body }, "k")).toBe(true);
  expect(hook.sentAt?.({ headers, body })).toEqual(new Date(1_800_000_000_000));
  expect(hook.isSigned({ headers: { "x-docket-signature": headers["x-docket-signature"] }, body }, "k")).toBe(false);
  expect(hook.isSigned({ headers: { ...headers, "x-docket-timestamp": "1800000001" }, body }, "k")).toBe(false);
  expect(hook.isSigned({ headers, body }, ""), "no secret signs nothing").toBe(false);
});

test.each(["github", "servicenow"] as const)("more than a page of %s changed within one second: all of it comes", async (kind) => {
  const moment = "2027-01-01T00:00:05Z";
  const asked: string[] = [];
  const total = 450;
  const ask: Ask = ({ address }) => {
    asked.push(address);
    const at = new URL(address).searchParams;
    const [size, from] = kind === "github" ? [100, (Number(at.get("page")) - 1) * 100] : [200, Number(at.get("sysparm_offset"))];
    const numbers = Array.from({ length: Math.max(0, Math.min(size, total - from)) }, (_, step) => from + step + 1);
    const body = kind === "github"
      ? numbers.map((number) => ({ id: number, number, html_url: "https://github.test/1", title: "x", state: "open", updated_at: moment }))
      : { result: numbers.map((number) => ({ sys_id: `s${number}`, number: `INC${number}`, sys_updated_on: moment.replace("T", " ").slice(0, 19) })) };
    return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(body) });
  };
  const settings = kind === "github" ? { repository: "acme/app" } : { address: "https://now.test", user: "docket" };
  const tracker = openTracker(kind, { settings, secret: "k" }, ask);
  const first = await tracker?.changes?.(null);
  if (!first?.more) throw new Error("There is more.");
  const rest = await tracker?.changes?.(first.cursor);
  expect(rest).toMatchObject({ more: false, found: { length: total } });
  expect(asked.length).toBeLessThan(10);
});

test("GitHub says of an issue that it is a duplicate, not of which; of a transferred one where it went, where that was posted", () => {
  const issue = { id: 7, number: 12, html_url: "https://github.com/acme/app/issues/12", title: "x", state: "closed", updated_at: "2027-01-01T00:00:00Z" };
  const read = (body: Record<string, unknown>) => hookOf("github")?.read(body, { "x-github-event": "issues" })[0]?.there;
  expect(read({ action: "closed", issue: { ...issue, state_reason: "duplicate" } })).toMatchObject({ key: "12", mergedInto: "another issue", status: "closed (duplicate)" });
  expect(read({ action: "closed", issue: { ...issue, state_reason: "completed" } })).toMatchObject({ mergedInto: null });
  expect(read({ action: "reopened", issue: { ...issue, state: "open", state_reason: "duplicate" } }), "it is open again").toMatchObject({ mergedInto: null });
  const went = { new_issue: { id: 2, number: 3, html_url: "https://github.com/acme/other/issues/3" }, new_repository: { full_name: "acme/renamed" } };
  expect(read({ action: "transferred", issue, changes: went })).toMatchObject({ isDeleted: true, wentTo: "acme/renamed#3" });
  expect(read({ action: "transferred", issue, changes: { new_issue: went.new_issue } })).toMatchObject({ wentTo: "acme/other#3" });
  expect(read({ action: "transferred", issue, changes: { new_issue: "hidden" } })).toMatchObject({ isDeleted: true, wentTo: null });
});

test.each([["https://jira.example.test/rest/api/2/issue/10001", "https://jira.example.test/browse/SEC-1"], ["https://intra.example.test/jira/rest/api/2/issue/10001", "https://intra.example.test/jira/browse/SEC-1"]])("the address of an issue follows from %s, also behind a path", (self, url) => {
  const body = { webhookEvent: "jira:issue_updated", timestamp: 1_800_000_000_000, issue: { id: "10001", key: "SEC-1", self, fields: { summary: "Login", labels: [] } } };
  expect(hookOf("jira_dc")?.read(body, {})).toMatchObject([{ there: { url } }]);
});
