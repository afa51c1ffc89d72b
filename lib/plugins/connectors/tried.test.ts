import { expect, test } from "vitest";
import type { TrackerAnswer } from "./contract";
import { hookOf, openTracker } from "./registry";

// What the button "Test" says is true: what would fail with the first ticket does not pass it.

const answers = (reply: (address: string) => Partial<TrackerAnswer>) => ({ address }: { address: string }): Promise<TrackerAnswer> =>
  Promise.resolve({ status: 200, headers: {}, text: "", ...reply(decodeURIComponent(address)) });

const custom = (status: number) => openTracker("custom", { settings: { address: "https://desk.example.test/api" }, secret: "" }, answers(() => ({ status })));

test.each([301, 302, 307])("a custom destination that points elsewhere (%i) is not fine: its sign-in page would", async (status) => {
  await expect(custom(status)?.test()).rejects.toThrow(/status 30\d/);
});

test.each([[404, false], [410, false], [405, true], [200, true], [400, true]])("a custom destination that answers %i is reached: %s", async (status, ok) => {
  const checks = (await custom(status)?.test()) ?? [];
  expect(checks.find(({ name }) => name === "reachable")).toMatchObject({ ok, fix: ok ? null : expect.stringContaining("405") });
});

const servicenow = (settings: Record<string, unknown>, reply: (address: string) => Partial<TrackerAnswer>) =>
  openTracker("servicenow", { settings: { address: "https://acme.service-now.com", user: "docket", ...settings }, secret: "s3cret" }, answers(reply));
const fields = async (tracker: ReturnType<typeof servicenow>) => (await tracker?.test())?.find(({ name }) => name === "fields");
const list = (...result: unknown[]) => ({ text: JSON.stringify({ result }) });

test("a ServiceNow whose dictionary is a page of HTML is tried all the same", async () => {
  expect(await fields(servicenow({}, (address) => (address.includes("sys_dictionary") ? { text: "<html>Sign in</html>" } : list())))).toMatchObject({ ok: true, detail: expect.stringContaining("may not be read") });
});

test("a field for the severity and a group that ServiceNow does not have are named: it would drop them without a word", async () => {
  const reply = (address: string) => (address.includes("element=u_severity") ? list({ element: "u_severity" }) : address.includes("sys_user_group") ? (address.includes("Network") ? list({ sys_id: "1" }) : list()) : list());
  expect(await fields(servicenow({ severityField: "u_severity", group: "Network" }, reply))).toMatchObject({ ok: true });
  expect(await fields(servicenow({ severityField: "u_sverity" }, reply))).toMatchObject({ ok: false, detail: "incident has no field u_sverity." });
  expect(await fields(servicenow({ group: "Netwrok" }, reply))).toMatchObject({ ok: false, detail: "There is no assignment group Netwrok." });
});

test("a webhook of a whole organisation tells of our repository alone: every other has the same numbers", () => {
  const told = (full_name: string) => hookOf("github")?.read({ action: "closed", issue: { number: 7 }, repository: { full_name } }, { "x-github-event": "issues" }, { repository: "acme/app" });
  expect(told("Acme/App")).toMatchObject([{ key: "7" }]);
  expect(told("acme/other")).toEqual([]);
});
