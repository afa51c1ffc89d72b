import { sarif, weaknesses } from "./reports";
import { awake, dialog, drawer, expectTabs, go, grid, messages, row, timeline } from "./sight";
import { expect, hire, test } from "./stage";

test("from sign-in to decided findings without a mouse", async ({ place, stranger }) => {
  await place.load(sarif(weaknesses(8)));
  const me = await hire(place, "analyst");
  const page = await go(await stranger(), place.address("alerts"));
  const press = async (...keys: string[]) => { for (const key of keys) await page.keyboard.press(key); };
  const cursorOn = (title: string) => expect.poll(async () => page.locator(`#${await grid(page).getAttribute("aria-activedescendant")}`).textContent()).toContain(title);

  await press("Tab");
  await page.keyboard.type(me.email);
  await press("Tab");
  await page.keyboard.type(me.password);
  await press("Enter");
  await page.waitForURL(/\/alerts$/);
  await awake(page);

  await press("j", "j", "k");
  await cursorOn("Weakness 02");
  await press("Enter");
  await expect(drawer(page).getByRole("heading", { name: "Weakness 02" })).toBeVisible();
  await press("Escape");
  await expect(drawer(page)).toBeHidden();

  await press("i"); // investigate; the cursor goes on to the next
  await expectTabs(page, { "Needs Review": 7, Investigating: 1 });
  await cursorOn("Weakness 03");
  await press("x", "j", "x");
  await expect(page.getByRole("toolbar", { name: "2 selected" })).toBeVisible();
  await press("e");
  await expect(dialog(page, "Record disposition")).toBeVisible();
  await press("5", "Tab");
  await page.keyboard.type("Never called with what a visitor sends.");
  await press("Control+Enter");
  await expect(messages(page)).toContainText("False positive: 2 findings");
  await expectTabs(page, { "Needs Review": 5, Closed: 2 });

  await press("z");
  await expectTabs(page, { "Needs Review": 7, Closed: 0 });
  await press("Escape");
  await press("r");
  await expect(dialog(page, "Accept risk").getByRole("button", { name: "90 days" })).toBeFocused();
  await press("Tab", "Tab");
  await dialog(page, "Accept risk").getByRole("textbox", { name: "Justification" }).focus();
  await page.keyboard.type("Behind the VPN.");
  await press("Control+Enter");
  await expect(dialog(page, "Accept risk")).toBeHidden();
  await expectTabs(page, { "Needs Review": 6, "Accepted Risk": 1 });

  await press("m");
  await expect(messages(page)).toContainText("Assigned to Robin Brief: 1 finding");
  await press("a");
  await expect(dialog(page, "Assign").getByRole("combobox", { name: "Person" })).toBeFocused();
  await page.keyboard.type("max man");
  await press("Enter");
  await expect(messages(page)).toContainText("Assigned to Max Manager: 1 finding");

  await press("2");
  await expect(row(page, "Weakness 02")).toBeVisible();
  await press("u");
  await expectTabs(page, { "Needs Review": 7, Investigating: 0 });
  await press("3", "4", "5");
  await page.waitForURL(/tab=all/);

  await press("/");
  await expect(page.getByRole("combobox", { name: "Filter and search" })).toBeFocused();
  await page.keyboard.type("Weakness 07");
  await press("Enter");
  await expect(row(page, "Weakness 07")).toBeVisible();
  await expect(row(page, "Weakness 01")).toBeHidden();
  await press("Escape", "?");
  await expect(dialog(page, "Keyboard shortcuts")).toBeVisible();
  await press("Escape");
  await expect(dialog(page, "Keyboard shortcuts")).toBeHidden();
  await press("o");
  await page.waitForURL(/\/findings\/\d+$/);
  await expect(timeline(page)).toBeVisible();
  const address = page.url();
  await press("Escape");
  await page.waitForURL(/q=Weakness/); // back to the list that it was opened from

  await page.goto("about:blank"); // as from a mail
  await go(page, address);
  await press("Escape");
  await page.waitForURL(/\/alerts\?tab=all&at=\d+$/);
  await expect(row(page, "Weakness 07")).toHaveAttribute("id", (await grid(page).getAttribute("aria-activedescendant")) ?? "");
});

test("who dictates switches the single letters off; everything stays within reach", async ({ place, stranger }) => {
  await place.load(sarif(weaknesses(3)));
  const me = await hire(place, "analyst"); // kept with the account
  const page = await go(await stranger(), place.address("alerts"));
  await page.getByLabel("E-mail").fill(me.email);
  await page.getByLabel("Password").fill(me.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/alerts$/);
  await awake(page);
  await page.getByRole("button", { name: "Shortcuts" }).click();
  await dialog(page, "Keyboard shortcuts").getByRole("checkbox", { name: /^Single letters act as commands/ }).uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog(page, "Keyboard shortcuts")).toBeHidden();
  await expect(page.getByRole("button", { name: "Shortcuts" })).toBeFocused();
  await grid(page).focus();

  for (const key of ["i", "x", "e", "j", "?", "2"]) await page.keyboard.press(key);
  await page.keyboard.press("Enter"); // this one still answers, and comes after the letters
  await expect(drawer(page).getByRole("heading", { name: "Weakness 01" })).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectTabs(page, { "Needs Review": 3, Investigating: 0 });

  await go(page, place.address("alerts"));
  await page.keyboard.press("i");
  await page.keyboard.press("Enter");
  await expect(drawer(page)).toBeVisible();
  await expectTabs(page, { "Needs Review": 3 }); // kept with the account
});
