import type { Page } from "@playwright/test";
import { sarif, weaknesses } from "./reports";
import { expectTabs, go, kpi, row, rows, tab } from "./sight";
import { expect, test } from "./stage";
import { survey } from "./survey";

const field = (page: Page) => page.getByRole("combobox", { name: "Filter and search" });
const offers = (page: Page) => page.getByRole("listbox", { name: "What can stand here" }).getByRole("option");
const chip = (page: Page, text: string) => page.getByRole("button", { name: `Change ${text}`, exact: true });
const found = (page: Page, count: number) => expect(page.getByRole("status").filter({ hasText: `${count} finding` })).toBeVisible();

async function type(page: Page, text: string) {
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(text);
}

test("a filter is typed with completion, by keyboard alone: a field, a value, a live value, a chip changed and taken away", async ({ place, as }) => {
  await place.load(sarif(weaknesses(6)));
  await place.load(sarif([{ rule: "elsewhere", title: "Elsewhere" }], { tool: "Other Scanner", repository: "https://git.example.test/shop/api.git" }));
  const page = await go(await as("analyst"), place.address("alerts"));
  await expect(rows(page)).toHaveCount(7);
  await expect(page.getByRole("searchbox").or(page.getByRole("combobox"))).toHaveCount(1);

  await type(page, "detec");
  await expect(offers(page).first()).toContainText("detector:");
  await page.keyboard.press("Tab");
  await expect(field(page)).toHaveValue("detector:");
  await page.keyboard.type("oth");
  await expect(offers(page)).toHaveText(["other-scanner"]);
  await survey(page, "filter-completion");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await found(page, 1);
  await expect(page).toHaveURL(/q=detector:other-scanner/);

  await page.keyboard.press("/");
  await page.keyboard.press("Backspace");
  await expect(field(page)).toHaveValue("detector:other-scanner");
  await page.keyboard.press("Home");
  await page.keyboard.type("-");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(6);
  await expect(chip(page, "-detector:other-scanner")).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.press("ArrowLeft");
  await expect(chip(page, "-detector:other-scanner")).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(rows(page)).toHaveCount(7);
  await expect(field(page)).toBeFocused();
});

test("a mistake is pointed at, nothing is narrowed by it, and what it means is offered", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  const page = await go(await as("analyst"), place.address("alerts"));
  await type(page, "Weakness severty:low");
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveValue("");
  await page.keyboard.type("Weakness severty:low");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "severty" })).toContainText('There is no field "severty". Did you mean severity? Character 10.');
  await expect(field(page)).toHaveAttribute("aria-invalid", "true");
  await expect(rows(page)).toHaveCount(3);
  await survey(page, "filter-mistake");

  await go(page, place.address("alerts?q=severity:hihg+Weakness"));
  await expect(page.getByRole("alert").filter({ hasText: "hihg" })).toContainText("Did you mean high? Character 10.");
  await expect(chip(page, "Weakness")).toBeVisible();

  await go(page, place.address("alerts?severity=hihg"));
  await expect(page.getByRole("alert", { name: "Left out of the filter" })).toContainText("severity of the address is left out, so more is shown: \"hihg\" is none of");
  await expect(rows(page)).toHaveCount(3);
});

test("negations, alternatives, parentheses and old words count right, and say the same to whoever opens the link", async ({ place, as }) => {
  await place.load(sarif(weaknesses(9)));
  await place.respond("manager", ["Weakness 01", "Weakness 02"], { response: "investigating" });
  await place.respond("manager", ["Weakness 03"], { response: "closed", reason: "false_positive", note: "A test page." });
  const page = await go(await as("analyst"), place.address("alerts?tab=all"));

  await type(page, '-"Weakness 09" -"Weakness 08"');
  await page.keyboard.press("Enter");
  await found(page, 7);
  await type(page, '"Weakness 01" OR ("Weakness 04" -is:kev) OR response:closed');
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(3);
  for (const title of ["Weakness 01", "Weakness 03", "Weakness 04"]) await expect(row(page, title)).toBeVisible();
  await found(page, 3);

  const other = await go(await as("viewer"), page.url());
  await expect(rows(other)).toHaveCount(3);
  await expect(chip(other, '-"Weakness 09"')).toBeVisible();
  await expect(chip(other, '("Weakness 01" OR ("Weakness 04" -is:kev) OR response:closed)')).toBeVisible();

  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(rows(page)).toHaveCount(9);
  await type(page, 'response in ("To Be Closed", "None")');
  await page.keyboard.press("Enter");
  await expect(chip(page, "response:needs_review,closed")).toBeVisible();
  await found(page, 7);

  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: /^Severity/ }).click();
  await page.getByRole("dialog", { name: "Filter by severity" }).getByRole("checkbox").nth(1).check();
  await expect(page).toHaveURL(/q=severity:high\+response:needs_review,closed/);
});

test("examples can be tried from the short help, and Help tells the language", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await as("viewer"), place.address("alerts"));
  await page.getByRole("button", { name: "How to filter" }).click();
  await survey(page, "filter-help", "[popover]:popover-open");
  await page.getByRole("button", { name: /is:overdue assignee:me/ }).click();
  await expect(field(page)).toHaveValue("is:overdue assignee:me");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chip(page, "is:overdue")).toBeVisible();
  await expect(page.getByText("No finding matches")).toBeVisible();
  await go(page, place.address("help#filter"));
  await expect(page.getByRole("heading", { name: "How do I filter the queue?" })).toBeVisible();
});

test("beside a filter each tab says how many of its findings are left, and goes on doing so while they are decided", async ({ place, as }) => {
  await place.load(sarif(weaknesses(6)));
  await place.respond("analyst", ["Weakness 05"], { response: "investigating" });
  const page = await go(await as("analyst"), place.address("alerts?q=-number:1"));
  await expectTabs(page, { "Needs Review": "4 of 5", Investigating: "1 of 1", "Accepted Risk": "0 of 0", All: "5 of 6" });
  await expect(kpi(page, "need review")).toContainText("5");
  await expect(page.getByText("in the whole queue, unfiltered")).toBeVisible();
  await page.keyboard.press("i");
  await expectTabs(page, { "Needs Review": "3 of 4", Investigating: "2 of 2", All: "5 of 6" });
  await tab(page, "Investigating").click();
  await expect(rows(page)).toHaveCount(2);
  await expectTabs(page, { "Needs Review": "3 of 4", Investigating: "2 of 2" });
  await page.getByRole("button", { name: "Clear all" }).click();
  await expectTabs(page, { "Needs Review": 4, Investigating: 2 });
});

test("several values of a menu are ticked one after the other by keyboard: what was offered stays, and so does the focus", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  for (const [tool, name] of [["Other Scanner", "api"], ["Third Scanner", "job"]] as const) await place.load(sarif([{ rule: name, title: `Elsewhere ${name}` }], { tool, repository: `https://git.example.test/shop/${name}.git` }));
  const page = await go(await as("viewer"), place.address("alerts"));
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: /^Detector/ }).focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("dialog", { name: "Filter by detector" });
  await expect(menu.getByRole("listitem")).toHaveText([/acme-code-check ?3/, /other-scanner ?1/, /third-scanner ?1/]);
  const box = (name: RegExp) => menu.getByRole("checkbox", { name });
  await box(/other/).focus();
  await page.keyboard.press("Space");
  await expect(rows(page)).toHaveCount(1);
  await expect(box(/other/)).toBeFocused();
  await expect(menu.getByRole("listitem")).toHaveText([/acme-code-check ?3/, /other-scanner ?1/, /third-scanner ?1/]);
  await page.keyboard.press("Tab");
  await expect(box(/third/)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(rows(page)).toHaveCount(2);
  await box(/third/).press("Space");
  await expect(rows(page)).toHaveCount(1);
  await expect(box(/third/)).toBeFocused();
});
