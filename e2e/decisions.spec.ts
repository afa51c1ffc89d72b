import { hoursAgo, sarif, weaknesses } from "./reports";
import { bulkBar, deaf, dialog, drawer, expectTabs, go, hop, kpi, messages, open, row, rows, tab, timeline } from "./sight";
import { expect, test } from "./stage";

const DAY = 86_400_000;
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

test("a risk is accepted until a day: not in the past, not for ever; it shows when it ends soon, and is renewed", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const page = await go(await as("analyst"), place.address("alerts"));
  await open(page, "Weakness 01");
  await drawer(page).getByRole("button", { name: /^Accept risk…/ }).click();
  const form = dialog(page, "Accept risk");
  const send = form.getByRole("button", { name: /^Accept risk/ });

  await form.getByLabel("Or on a day").fill(dayFromNow(-1));
  await send.click();
  await expect(form.getByText("The day must lie in the future.")).toBeVisible();
  await expect(form.getByText("Say why the team can live with it until then.")).toBeVisible();
  await form.getByLabel("Or on a day").fill("");
  await expect(form.getByText("Choose the day on which the acceptance ends.")).toBeVisible();
  await form.getByLabel("Or on a day").fill(dayFromNow(4000));
  await expect(form.getByText("The policy allows 365 days at most.")).toBeVisible();

  await form.getByLabel("Or on a day").fill(dayFromNow(5));
  await form.getByRole("textbox", { name: "Justification" }).fill("Behind the VPN until the next release.");
  await send.click();
  await expect(messages(page)).toContainText("Risk accepted: 1 finding");
  await expectTabs(page, { "Needs Review": 1, "Accepted Risk": 1 });

  await page.getByRole("button", { name: "1 expiring" }).click();
  await expect(rows(page)).toHaveCount(1);
  await open(page, "Weakness 01");
  await expect(drawer(page)).toContainText("Behind the VPN until the next release.");

  await drawer(page).getByRole("button", { name: /^Renew…/ }).click();
  await expect(form).toContainText("this renews them, the old acceptance stays in the chain");
  await form.getByRole("button", { name: "180 days" }).click();
  await form.getByRole("textbox", { name: "Justification" }).fill("The release moved to spring.");
  await send.click();
  await expect(messages(page)).toContainText("Risk accepted: 1 finding");
  await expect(page.getByRole("button", { name: "1 expiring" })).toBeHidden();

  await expectTabs(page, { "Needs Review": "0 of 1", "Accepted Risk": "0 of 1" });
  await page.getByRole("button", { name: "0 expiring" }).click(); // switched off, it gives back the list that it was chosen over
  await expect(tab(page, "Needs Review")).toHaveAttribute("aria-current", "page");
  await tab(page, "Accepted Risk").click();
  await open(page, "Weakness 01");
  await expect(timeline(page)).toContainText("Behind the VPN until the next release.");
  await expect(timeline(page)).toContainText("The release moved to spring.");
});

test("closing many tells beforehand what it will skip, and afterwards what it skipped and why", async ({ place, as }) => {
  await place.load(sarif(weaknesses(6)));
  await place.respond("manager", ["Weakness 02"], { response: "closed", reason: "patched" });
  const page = await go(await deaf(await as("analyst")), place.address("alerts?tab=all"));
  await expect(rows(page)).toHaveCount(6);
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check({ force: true });
  await expect(bulkBar(page)).toContainText("6 selected");

  await place.respond("manager", ["Weakness 05"], { response: "investigating" }); // unseen by this browser
  await bulkBar(page).getByRole("button", { name: /^Close…/ }).click();
  const form = dialog(page, "Record disposition");
  await expect(form).toContainText("5 will move to Resolved.");
  await form.getByText("1 will be skipped.").click();
  await expect(form.getByRole("listitem").filter({ hasText: "Weakness 02" })).toContainText("already recorded so");
  await form.getByRole("button", { name: "Record 5" }).click();

  await expect(messages(page)).toContainText("Patched: 4 findings, 2 skipped");
  const moved = await place.finding("Weakness 05");
  await expect(messages(page)).toContainText(`F-${moved} · Max Manager: Status Open → In progress`);
  await expect(messages(page)).toContainText(new RegExp(`F-${await place.finding("Weakness 02")}: \\S`));
  await expectTabs(page, { "Needs Review": 0, Investigating: 1, Closed: 5, All: 6 });
  await expect(kpi(page, "closed by people")).toHaveText(/^5/);
});

test("a button of the drawer is about its finding, whatever is ticked in the list", async ({ place, as }) => {
  await place.load(sarif(weaknesses(5)));
  const page = await go(await as("analyst"), place.address("alerts?sort=title"));
  for (const key of ["x", "j", "x"]) await page.keyboard.press(key);
  await open(page, "Weakness 04");
  await page.keyboard.press("w");
  await expect(dialog(page, `Why is F-${await place.finding("Weakness 04")} here?`)).toBeVisible();
  await page.keyboard.press("Escape");
  await drawer(page).getByRole("button", { name: /^Investigate/ }).click();
  await expectTabs(page, { "Needs Review": 4, Investigating: 1 });
  await expect(row(page, "Weakness 04")).toBeHidden();
  await expect(bulkBar(page)).toContainText("2 selected"); // as they were
  await bulkBar(page).getByRole("button", { name: /^Investigate/ }).click();
  await expectTabs(page, { "Needs Review": 2, Investigating: 3 });

  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check({ force: true });
  await bulkBar(page).getByRole("button", { name: /^Repeat: Investigating/ }).click(); // what . does
  await expectTabs(page, { "Needs Review": 0, Investigating: 5 });
  await page.keyboard.press("z");
  await expectTabs(page, { "Needs Review": 2, Investigating: 3 });
  await open(page, "Weakness 03");
  await drawer(page).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: /^Repeat: Investigating/ }).click();
  await expectTabs(page, { "Needs Review": 1, Investigating: 4 });
});

test("what was done is taken back by the message, by z, or under one finding for that one alone, and the log keeps both", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  const page = await go(await as("analyst"), place.address("alerts"));
  await open(page, "Weakness 01");
  await drawer(page).getByRole("button", { name: /^Investigate/ }).click();
  await expectTabs(page, { "Needs Review": 2, Investigating: 1 });
  await messages(page).getByRole("button", { name: "Undo (z)" }).click();
  await expect(messages(page)).toContainText("Taken back: 1 finding");
  await expectTabs(page, { "Needs Review": 3, Investigating: 0 });

  await page.getByRole("button", { name: "Close the drawer" }).click();
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check({ force: true });
  await bulkBar(page).getByRole("button", { name: /^Investigate/ }).click();
  await expectTabs(page, { "Needs Review": 0, Investigating: 3 });
  await tab(page, "All").click();
  await open(page, "Weakness 02");
  await timeline(page).getByRole("button", { name: "Take back" }).click();
  await expectTabs(page, { "Needs Review": 1, Investigating: 2 }); // under one finding it is taken back for that one alone
  await page.keyboard.press("z");
  await expect(messages(page)).toContainText("Taken back: 2 findings");
  await expectTabs(page, { "Needs Review": 3, Investigating: 0 });

  await place.respond("analyst", ["Weakness 01", "Weakness 03"], { response: "investigating" });
  await go(page, place.address(`findings/${await place.finding("Weakness 03")}`));
  await timeline(page).getByRole("button", { name: "Take back" }).click();
  await expect(timeline(page).getByText("took a decision back")).toHaveCount(2);
  await go(page, place.address("alerts?tab=all"));
  await expectTabs(page, { "Needs Review": 2, Investigating: 1 });
  await open(page, "Weakness 01");
  await expect(timeline(page).getByText("took a decision back")).toHaveCount(2);
  await expect(timeline(page).getByText("changed the status")).toHaveCount(3);
});

test("z takes back what was done last, long after its message and after a look elsewhere; on a finding's page what was done to that one alone", async ({ place, as }) => {
  await place.load(sarif(weaknesses(3)));
  const page = await go(await as("analyst"), place.address("alerts?sort=title"));
  const isSaid = async (text: string) => {
    await expect(messages(page)).toContainText(text);
    await messages(page).getByRole("button", { name: "Dismiss" }).last().click();
    await expect(messages(page)).not.toContainText(text);
  };
  await page.keyboard.press("i");
  await isSaid("Investigating: 1 finding");
  await page.keyboard.press("o"); // the cursor went on to the next
  await expect(page.getByRole("heading", { level: 1, name: "Weakness 02" })).toBeVisible();
  await page.keyboard.press("i");
  await isSaid("Investigating: 1 finding");
  await page.keyboard.press("z");
  await isSaid("Taken back: 1 finding");
  await page.keyboard.press("z");
  await isSaid("Nothing more to take back here");

  await page.keyboard.press("Escape");
  await expectTabs(page, { "Needs Review": 2, Investigating: 1 });
  await page.keyboard.press("z");
  await isSaid("Taken back: 1 finding");
  await expectTabs(page, { "Needs Review": 3, Investigating: 0 });
});

test("a decision on what somebody else has moved is refused, says who did what, and can be made again", async ({ place, as }) => {
  await place.load(sarif(weaknesses(2)));
  const [mine, theirs] = [await go(await deaf(await as("analyst")), place.address("alerts")), await go(await as("manager"), place.address("alerts"))];
  await open(mine, "Weakness 01");
  await open(theirs, "Weakness 01");

  await drawer(theirs).getByRole("button", { name: /^Accept risk…/ }).click();
  await dialog(theirs, "Accept risk").getByRole("textbox", { name: "Justification" }).fill("Known and watched.");
  await dialog(theirs, "Accept risk").getByRole("button", { name: /^Accept risk/ }).click();
  await expect(messages(theirs)).toContainText("Risk accepted: 1 finding");

  await drawer(mine).getByRole("button", { name: /^Investigate/ }).click();
  await expect(messages(mine)).toContainText("Nothing was changed");
  await expect(messages(mine)).toContainText("Max Manager: Status Open → Accepted risk");
  await expectTabs(mine, { "Needs Review": 1, Investigating: 0, "Accepted Risk": 1 });

  await tab(mine, "Accepted Risk").click();
  await open(mine, "Weakness 01");
  await drawer(mine).getByRole("button", { name: "More" }).click();
  await mine.getByRole("menuitem", { name: /^Investigate/ }).click();
  await expectTabs(mine, { Investigating: 1, "Accepted Risk": 0 });
});

test("the next scan moves the scanner's axis alone; what was patched and is back is reopened, with the old decision in view", async ({ place, as }) => {
  const [gone, back, kept] = weaknesses(3);
  if (!gone || !back || !kept) throw new Error("three are needed");
  await place.load(sarif([gone, back, kept], { taken: hoursAgo(48) }));
  await place.respond("manager", [back.title], { response: "closed", reason: "patched", note: "Fixed in release 12." });
  const scan = await place.load(sarif([back, kept], { taken: new Date() }));

  const page = await go(await as("analyst"), place.address(`scans/${scan}`));
  await expect(page.getByRole("link", { name: "1 regressed" })).toBeVisible();
  await page.getByRole("link", { name: "1 no longer seen" }).click();
  await page.getByRole("link", { name: "Open in Alerts" }).click();
  await page.waitForURL(/change=unseen/);
  const hollow = row(page, gone.title).getByRole("img", { name: "Not Detected in Latest Scan" });
  await expect(hollow).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  await expect(hollow).toHaveCSS("border-top-style", "solid");
  await expect(row(page, gone.title)).toContainText("Needs Review"); // a fix does not set the response

  await go(page, place.address("alerts"));
  await expectTabs(page, { "Needs Review": 2, Closed: 1, All: 3 }); // Closed: what people closed or scanners no longer see
  await expect(kpi(page, "need review")).toHaveText(/^3/);
  await expect(kpi(page, "closed by people")).toHaveText(/^0/);
  await expect(row(page, back.title)).toContainText("Regressed");
  await expect(row(page, back.title).getByRole("img", { name: "Currently Detected" })).toHaveCSS("background-color", /^lab\([\d.]+ \d\d\.\d+ \d\d\.\d+\)$/); // filled, and amber: between red and yellow
  await open(page, back.title);
  await expect(timeline(page)).toContainText(hop("Resolved", "Reopened"));
  await expect(timeline(page)).toContainText("Fixed in release 12.");
  await expect(timeline(page)).toContainText("Max Manager");
  await expect(drawer(page)).toContainText("Currently Detected");
});
