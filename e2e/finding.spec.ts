import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { changePolicy } from "@/lib/commands/policies/change";
import { operatorActor } from "@/lib/gate/actor";
import { sarif, textReport, weaknesses } from "./reports";
import { dialog, drawer, expectTabs, go, messages, open, row, tab, timeline } from "./sight";
import { expect, test, valueOf, type Place } from "./stage";

const HOSTILE = "const a = '<script>alert(1)</script><img src=x onerror=alert(2)>'; // \u202e}nimda\u2066";
const observation = (page: Page) => drawer(page).getByRole("region", { name: "Observation" });

const EXCHANGE = textReport("nuclei.jsonl", JSON.stringify({
  "template-id": "open-redirect", info: { name: "Open redirect", severity: "medium" }, type: "http", host: "https://shop.example.test", "matched-at": "https://shop.example.test/go?to=//evil.test",
  request: "GET /go?to=//evil.test HTTP/1.1\r\nHost: shop.example.test\r\nUser-Agent: check\r\n\r\n", response: "HTTP/1.1 302 Found\r\nLocation: //evil.test\r\nContent-Type: text/html\r\n\r\n<h1>Moved</h1><script>alert(3)</script>",
  timestamp: new Date(Date.now() - 3_600_000).toISOString(),
}));

test("what a scanner saw stays text: hostile code shows what it hides, marks its line, and is downloaded as it was sent", async ({ place, as }) => {
  await place.load(sarif([{ rule: "inject", title: "Injected script", score: 8, snippet: HOSTILE }]));
  const page = await go(await as("analyst"), place.address("alerts"));
  await open(page, "Injected script");

  const seen = observation(page);
  await expect(seen.getByRole("button", { name: "Code" })).toHaveAttribute("aria-pressed", "true");
  await expect(seen.locator("[aria-current=location]")).toContainText("12");
  await expect(seen.locator("[aria-current=location]")).toContainText("<script>alert(1)</script>");
  await expect(seen.getByRole("img", { name: /right-to-left override U\+202E/ })).toBeVisible();
  await expect(seen.locator("script, img[src]")).toHaveCount(0);
  await seen.getByRole("button", { name: "Plain" }).click();
  await expect(seen).toContainText("src/app.ts:12");

  const [download] = await Promise.all([page.waitForEvent("download"), seen.getByRole("link", { name: "Download the observation" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^F-\d+-observation\.txt$/);
  expect(await readFile(await download.path(), "utf8")).toContain(HOSTILE);
  const answer = await page.request.get(await seen.getByRole("link", { name: "Download the observation" }).getAttribute("href") ?? "");
  expect([answer.headers()["content-type"], answer.headers()["x-content-type-options"], answer.headers()["content-disposition"]]).toEqual(["text/plain; charset=utf-8", "nosniff", expect.stringContaining("attachment")]);

  await page.evaluate(() => Reflect.deleteProperty(Navigator.prototype, "clipboard")); // as on http:// from another machine
  await seen.getByRole("button", { name: "copy" }).click();
  const field = page.getByRole("combobox", { name: "Filter and search" });
  await field.focus();
  await page.keyboard.press("Control+v");
  await expect(field).toHaveValue(/<script>alert\(1\)/);
});

test("a document that proves a fix is attached in the dialog and downloaded from the finding as it was sent", async ({ place, as }) => {
  await place.load(sarif(weaknesses(1)));
  const page = await go(await as("analyst"), place.address(`findings/${await place.finding("Weakness 01")}`));
  const region = page.getByRole("region", { name: "Evidence of the fix" });
  await region.getByRole("button", { name: "Add…" }).click();
  const asked = dialog(page, "Add evidence");
  await asked.getByRole("button", { name: "Manual retest" }).click();
  await asked.getByLabel("Attach a file").setInputFiles({ name: "retest of März.txt", mimeType: "text/plain", buffer: Buffer.from(HOSTILE) });
  await expect(asked).toContainText("retest of März.txt, ");
  await page.keyboard.press("Control+Enter");
  await expect(asked).toBeHidden();
  for (const place of [region, timeline(page)]) {
    const [download] = await Promise.all([page.waitForEvent("download"), place.getByRole("link", { name: "retest of März.txt" }).click()]);
    expect(download.suggestedFilename()).toMatch(/^retest.*\.txt$/); // as a file may be called anywhere
    expect(await readFile(await download.path(), "utf8")).toBe(HOSTILE);
  }
});

test("request and response stand apart, and nothing of a body is drawn", async ({ place, as }) => {
  await place.load(EXCHANGE);
  const page = await go(await as("viewer"), place.address("alerts"));
  await open(page, "Open redirect");
  const seen = observation(page);
  await expect(seen.getByRole("region", { name: "Request" })).toContainText("GET /go?to=//evil.test HTTP/1.1");
  await expect(seen.getByRole("region", { name: "Response" })).toContainText("Location: //evil.test");
  await expect(seen.getByRole("region", { name: "Response" })).toContainText("<script>alert(3)</script>");
  await expect(drawer(page).getByRole("region", { name: "Why it ranks here" })).toContainText("nobody has calibrated it");
});

test("why a row is here is one key away, and who touched it last leads to the entry", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  await place.respond("manager", ["Weakness 02"], { response: "investigating" });
  const page = await go(await as("analyst"), place.address("alerts?tab=investigating"));
  await row(page, /Weakness 02/).hover();
  await page.keyboard.press("j");
  await page.keyboard.press("w");
  const why = dialog(page, /^Why is F-\d+ here\?$/);
  await expect(why).toContainText("It stands under Investigating because the response is Investigating and it is currently detected.");
  await expect(why).toContainText("moved it last: Open to In progress");
  await page.keyboard.press("Escape");
  await expect(why).toBeHidden();

  await row(page, /Weakness 02/).hover();
  await row(page, /Weakness 02/).getByRole("button", { name: /^Why is this here/ }).click();
  await why.getByRole("link", { name: "Status changed" }).click();
  await page.waitForURL(/findings\/\d+\?entry=e\d+/);
  await expect(timeline(page).locator("[aria-current=true]")).toContainText("changed the status");
  await timeline(page).getByRole("combobox", { name: "Show of the timeline" }).selectOption("Detection");
  await expect(timeline(page)).toContainText("found it for the first time");
  await expect(timeline(page)).not.toContainText("changed the status");
});

async function fourEyes(place: Place) {
  valueOf(await changePolicy(operatorActor(randomUUID()), { environment: place.number, acceptance: { approval_required: true } }));
}

async function ask(page: Page, title: string) {
  await open(page, title);
  await drawer(page).getByRole("button", { name: /^Accept risk…/ }).click();
  const form = dialog(page, "Accept risk");
  await expect(form).toContainText("until somebody else approves");
  await form.getByRole("textbox", { name: /^Justification/ }).fill("Only reachable from the lab.");
  await form.getByRole("button", { name: /^Ask for approval/ }).click();
  await expect(messages(page)).toContainText("Approval asked for: 1 finding");
}

test("a risk that an analyst accepts waits for a manager, who approves one and refuses another; neither can answer their own", async ({ place, as }) => {
  await fourEyes(place);
  await place.load(sarif(weaknesses(3)));
  const ann = await go(await as("analyst"), place.address("alerts"));
  await ask(ann, "Weakness 01");
  await ask(ann, "Weakness 03");
  await expectTabs(ann, { "Needs Review": 3, "Accepted Risk": 0 });
  await expect(row(ann, /Weakness 01/)).toContainText("Requested");
  await open(ann, "Weakness 01");
  await expect(drawer(ann).getByRole("region", { name: "Acceptance requested" })).toContainText("Somebody else approves or refuses it.");

  const max = await go(await as("manager"), place.address("alerts"));
  await max.getByRole("button", { name: "2 acceptance requested" }).click();
  await expect(row(max, /Weakness/)).toHaveCount(2);
  await open(max, "Weakness 01");
  await drawer(max).getByRole("region", { name: "Acceptance requested" }).getByRole("button", { name: "Approve" }).click();
  await expectTabs(max, { "Accepted Risk": "0 of 1" }); // it is requested no more, which is what the list is narrowed to

  await open(max, "Weakness 03");
  await drawer(max).getByRole("region", { name: "Acceptance requested" }).getByRole("button", { name: "Refuse…" }).click();
  await dialog(max, "Refuse the acceptance").getByRole("textbox", { name: /^Note/ }).fill("It faces the internet.");
  await dialog(max, "Refuse the acceptance").getByRole("button", { name: /^Refuse/ }).click();
  await expect(messages(max)).toContainText("Acceptance refused: 1 finding");

  await go(ann, place.address(`findings/${await place.finding("Weakness 03")}`));
  await expect(timeline(ann)).toContainText("refused the acceptance");
  await expect(timeline(ann)).toContainText("It faces the internet.");
  await go(ann, place.address("alerts?tab=accepted_risk"));
  await expect(tab(ann, "Accepted Risk")).toHaveText("Accepted Risk 1");
});

test("the response is set from the row, whatever tab it stands in", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await as("analyst"), place.address("alerts"));
  await row(page, /Weakness 01/).hover();
  await row(page, /Weakness 01/).getByRole("button", { name: /^Investigate/ }).click();
  await expectTabs(page, { "Needs Review": 1, Investigating: 1 });
  await tab(page, "Investigating").click();
  await row(page, /Weakness 01/).hover();
  await row(page, /Weakness 01/).getByRole("button", { name: /^Needs Review/ }).click();
  await expectTabs(page, { "Needs Review": 2, Investigating: 0 });
});
