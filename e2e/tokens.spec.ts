import { dialog, go, messages } from "./sight";
import { expect, test } from "./stage";
import { survey } from "./survey";

test("a token is made for whoever makes it, shown once, calls the interface as them, and ends with a reason that the log keeps", async ({ place, as }) => {
  const page = await go(await as("admin"), place.address("settings/tokens"));
  await expect(page.getByText("No tokens yet")).toBeVisible();
  await page.getByRole("button", { name: "Make a token" }).click();
  const making = dialog(page, "Make a token");
  await making.getByRole("button", { name: "Make", exact: true }).click();
  await expect(making.getByRole("alert")).toContainText("Name it.");
  await making.getByLabel("Name").fill("nightly upload");
  await making.getByLabel("Role").selectOption({ label: "Manager" });
  await expect(making.getByLabel("Person").getByRole("option")).toHaveCount(2); // nobody, or whoever makes it
  await making.getByLabel("Person").selectOption({ value: "admin@demo.test" });
  for (const scope of ["Decide", "Import", "Tickets", "Manage", "Read"]) await making.getByRole("checkbox", { name: new RegExp(`^${scope}`) }).uncheck();
  await making.getByRole("button", { name: "Make", exact: true }).click();
  await expect(making.getByRole("alert")).toHaveText("Choose one at least.");
  await making.getByRole("checkbox", { name: /^Read/ }).check();
  await making.getByLabel("Addresses").fill("127.0.0.0/8, the office");
  await making.getByRole("button", { name: "Make", exact: true }).click();
  await expect(making.getByRole("alert")).toContainText("“the” is no address");
  await making.getByLabel("Addresses").fill("127.0.0.0/8, ::1");
  await expect(making.getByRole("alert")).toHaveCount(0); // another text is another answer
  await survey(page, "tokens-make");
  await making.getByRole("button", { name: "Make", exact: true }).click();
  const token = (await dialog(page, "Your new token").getByLabel("Token").textContent()) ?? "";
  expect(token).toMatch(/^dkt_/);
  await page.keyboard.press("Escape");
  await expect(dialog(page, "Your new token").getByRole("alert")).toContainText("It cannot be shown again.");
  await dialog(page, "Your new token").getByRole("button", { name: "Done" }).click();

  const line = page.getByRole("row", { name: /nightly upload/ });
  await expect(line).toContainText("Manager"); // what both may
  await expect(line).toContainText("read");
  await expect(line).toContainText("127.0.0.0/8, ::1");
  await expect(line).toContainText("admin@demo.test");
  await expect(line).toContainText("never");
  await expect(page.getByText(token)).toHaveCount(0);
  const ask = () => page.request.get(`/api/v1/environments/${place.number}/findings`, { headers: { authorization: `Bearer ${token}` } });
  expect((await ask()).status()).toBe(200);
  const tags = await page.request.post(`/api/v1/environments/${place.number}/findings/1/tags`, { headers: { authorization: `Bearer ${token}` }, data: { add: ["x"] } });
  expect([tags.status(), await tags.text()]).toEqual([403, expect.stringContaining("made for read")]);
  await go(page, place.address("settings/tokens"));
  await expect(line).not.toContainText("never");
  await survey(page, "tokens");

  await page.getByRole("button", { name: "Revoke nightly upload" }).click();
  await dialog(page, "Revoke nightly upload").getByLabel("Reason").fill("The pipeline moved.");
  await dialog(page, "Revoke nightly upload").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(messages(page)).toContainText("Revoked: nightly upload");
  await expect(line).toContainText("Revoked");
  expect((await ask()).status()).toBe(401);
  await go(page, place.address("audit"));
  await page.locator("details").filter({ hasText: "The pipeline moved." }).locator("summary").first().click();
  await expect(page.getByText("The pipeline moved.")).toBeVisible();
});

test("who may not manage tokens is told who may", async ({ place, as }) => {
  const page = await as("analyst");
  await page.goto(place.address("settings/tokens"));
  await expect(page.getByText("Admins of this environment manage them.")).toBeVisible();
});

test("a token that names addresses is refused elsewhere, whatever address the call claims, and the log says from where it came", async ({ place, as }) => {
  const page = await go(await as("admin"), place.address("settings/tokens"));
  await page.getByRole("button", { name: "Make a token" }).click();
  const making = dialog(page, "Make a token");
  await making.getByLabel("Name").fill("office only");
  await making.getByLabel("Addresses").fill("203.0.113.0/24\n2001:db8::/32");
  await making.getByRole("button", { name: "Make", exact: true }).click();
  const token = (await dialog(page, "Your new token").getByLabel("Token").textContent()) ?? "";
  await dialog(page, "Your new token").getByRole("button", { name: "Done" }).click();
  for (const claimed of ["", "203.0.113.7", "203.0.113.7, 203.0.113.8"]) {
    const answer = await page.request.get(`/api/v1/environments/${place.number}/findings`, { headers: { authorization: `Bearer ${token}`, ...(claimed ? { "x-forwarded-for": claimed } : {}) } });
    expect([answer.status(), await answer.text()]).toEqual([403, expect.stringMatching(/This token is not taken from (127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)\./)]);
  }
  await go(page, place.address("settings/tokens"));
  await expect(page.getByRole("row", { name: /office only/ })).toContainText("never");
  await go(page, place.address("audit"));
  await expect(page.getByRole("main")).toContainText("Token refused elsewhere");
});
